import Determinism
import Testing
import Words

@testable import Search

struct SymmetryTests {
  /// In the cell grammar every token that names a cell has an image, so every response has one.
  @Test(arguments: [(5, 5), (6, 4), (3, 5)]) func aTurnedOrMirroredResponseHasTheSameVerdict(
    width: Int, height: Int
  ) throws {
    let domain = try MazeDomain(MazeSettings(width: width, height: height, grammar: .cell))
    let turned = try MazeDomain(MazeSettings(width: height, height: width, grammar: .cell))
    var mutation = Mutation(domain, key: 1)
    var kinds: Set<String> = []
    for exercise in domain.exercises(seed: 9, count: 40) {
      let maze = OpenMaze(try domain.language.maze(from: exercise.prompt))
      for base in mutation.responses(to: exercise, maze) {
        let response = mutation.damaged(base)
        let judgement = domain.judge(response, isTerminated: true, to: exercise.prompt)
        kinds.insert("\(judgement.answer.isCorrect) \(judgement.trace.isSound) \(judgement.trace.isLegal)")
        for symmetry in symmetries(width, height) {
          let target = symmetry.isTransposed ? turned : domain
          let image = target.judge(
            mapped(response, symmetry, domain, target), isTerminated: true,
            to: mapped(exercise.prompt, symmetry, domain, target))
          #expect(image.answer.isCorrect == judgement.answer.isCorrect)
          #expect(image.answer.isOptimal == judgement.answer.isOptimal)
          #expect(image.answer.fault?.kind == judgement.answer.fault?.kind)
          #expect(image.answer.fault?.position == judgement.answer.fault?.position)
          #expect(image.trace.isSound == judgement.trace.isSound)
          #expect(image.trace.isLegal == judgement.trace.isLegal)
          #expect(image.trace.fault?.kind == judgement.trace.fault?.kind)
          #expect(image.trace.fault?.position == judgement.trace.fault?.position)
        }
      }
    }
    #expect(kinds.count >= 5)
  }

  private func mapped(
    _ tokens: [Token], _ symmetry: Symmetry, _ domain: MazeDomain, _ target: MazeDomain
  ) -> [Token] {
    tokens.map { token in
      let parts = domain.words.word(token).split(separator: "@")
      guard parts.count == 2 else {
        return target.words.token(domain.words.word(token)) ?? token
      }
      let numbers = parts[1].split(separator: ",").compactMap { Int($0) }
      let cell = symmetry.map(Cell(x: numbers[0], y: numbers[1]))
      return target.words.token("\(parts[0])@\(cell.x),\(cell.y)") ?? -1
    }
  }
}
