import Configuration
import Determinism
import Learning
import Search
import Store
import Words

/// The lessons a round trains on, in a fixed order.
struct TrainingSet: Sendable {
  /// Prompt and response as the store has them.
  struct Text: Sendable {
    let prompt: String
    let trace: String
    let answer: String
  }

  let lessons: [Lesson]
  /// How many of them are kept traces; the others are the reference's own.
  let kept: Int
  /// SHA-256 over the texts, one `prompt | response` a line.
  let digest: String

  /// `hasLabels`: each prompt teaches its labels too (method `hint`). `isVaried` enters the digest alone.
  init(_ texts: [Text], kept: Int, domain: any Domain, hasLabels: Bool = false, isVaried: Bool = false) throws
  {
    var hash = SHA256()
    if hasLabels { hash.update("hinted\n".utf8) }
    if isVaried { hash.update("varied in each epoch\n".utf8) }
    lessons = try texts.map { text in
      let prompt = try domain.writing(of: text.prompt)
      let response = try domain.writing(of: text.trace) + domain.writing(of: text.answer)
      hash.update("\(text.prompt) | \(domain.joined(text.trace, text.answer))\n".utf8)
      return Lesson(
        prompt: prompt, response: response,
        labels: hasLabels ? domain.variations?.hints(for: prompt) : nil)
    }
    digest = SHA256.hexadecimal(hash.finalize())
    self.kept = kept
  }
}

extension Domain {
  /// A stored trace and answer as the text of the response: words are joined by a space, free text as it is.
  package func joined(_ trace: String, _ answer: String) -> String {
    vocabulary == nil || trace.isEmpty ? trace + answer : "\(trace) \(answer)"
  }

  /// The writing of a stored response.
  package func response(_ trace: String?, _ answer: String) throws(SearchError) -> Writing {
    try writing(of: trace ?? "") + writing(of: answer)
  }
}
