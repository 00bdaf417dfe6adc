import JSON
import Outside
import Search
import Words

extension ConfigurationReader {
  /// The sets of `evaluation.sets`, each a change of the run's own domain. Mistakes are collected.
  mutating func readSets(of run: RunConfiguration) -> [EvaluationSet] {
    guard let sets else { return [] }
    guard case .array(let elements) = sets.value else {
      mistakes.append(.init(sets.position, "\"sets\" must be a list of objects, found \(sets.summary)"))
      return []
    }
    var found: [EvaluationSet] = []
    for element in elements {
      var reader = SetReader(run, given: Set(given.keys), failed: failed, at: element.position)
      let set = reader.set(in: element, unlike: found.map(\.name))
      mistakes += reader.mistakes
      if let set { found.append(set) }
    }
    return found
  }
}

/// Reads one evaluation set.
private struct SetReader {
  private(set) var mistakes: [ConfigurationMistake] = []
  private var configuration: RunConfiguration
  /// Keys that the run itself gives. A key that follows from others in the run does so in a set too.
  private let givenToRun: Set<String>
  private var failed: Set<String>
  private var split = Split.test
  private var positions: [String: TextPosition] = [:]
  private let start: TextPosition

  init(_ run: RunConfiguration, given: Set<String>, failed: Set<String>, at start: TextPosition) {
    configuration = run
    givenToRun = given
    self.failed = failed
    self.start = start
  }

  private var fields: [ConfigurationField] {
    ConfigurationTable.domain(of: configuration.domain.kind).filter(\.mayVaryBySet)
  }

  mutating func set(in node: JSONNode, unlike others: [String]) -> EvaluationSet? {
    guard case .object(let members) = node.value else {
      mistakes.append(.init(start, "a set must be an object, found \(node.summary)"))
      return nil
    }
    var name: String?
    for member in members {
      if member.key == "name" {
        name = self.name(member.value, unlike: others)
      } else if member.key == "split" {
        readSplit(member.value)
      } else if member.key == "exercises" {
        read(member, as: EvaluationSet.exercisesField)
      } else {
        read(member, as: fields.first { $0.key == member.key })
      }
    }
    if !members.contains(where: { $0.key == "name" }) {
      mistakes.append(.init(start, "the key \"name\" of this set is missing; \(Self.nameRule)"))
    }
    for field in fields where positions[field.name] == nil && !givenToRun.contains(field.name) {
      guard case .derived(_, _, let value) = field.defaultRule else { continue }
      field.write(&configuration, .integer(value(configuration)))
    }
    let trial = DomainTrial(of: configuration, evaluatedOn: split)
    for check in ConfigurationCheck.ofSet(configuration.domain.kind)
    where failed.isDisjoint(with: check.keys) {
      guard let problem = check.problem(configuration, trial) else { continue }
      let position = ([problem.key].compactMap(\.self) + check.keys).compactMap { positions[$0] }.first
      // Problems of the run's own keys are reported at the run.
      if let position { mistakes.append(.init(position, problem.text)) }
    }
    return name.map {
      EvaluationSet(
        name: $0, exercises: configuration.evaluation.exercises, split: split, domain: configuration.domain)
    }
  }

  private static let nameRule =
    "allowed: small letters, digits and hyphens, at most \(EvaluationSet.longestName), other than "
    + EvaluationSet.reservedNames.joined(separator: ", ")

  private mutating func name(_ node: JSONNode, unlike others: [String]) -> String? {
    guard case .string(let text) = node.value, EvaluationSet.isName(text) else {
      mistakes.append(.init(node.position, "\"name\" is \(node.summary); \(Self.nameRule)"))
      return nil
    }
    guard !others.contains(text) else {
      mistakes.append(.init(node.position, "there is a set \"\(text)\" already; choose another name"))
      return nil
    }
    return text
  }

  private mutating func readSplit(_ node: JSONNode) {
    let splits = EvaluationSet.splits
    guard case .string(let text) = node.value, let split = splits.first(where: { $0.rawValue == text }) else {
      let allowed = splits.map(\.rawValue).joined(separator: ", ")
      mistakes.append(.init(node.position, "\"split\" is \(node.summary); allowed: \(allowed)"))
      return
    }
    self.split = split
  }

  private mutating func read(_ member: JSONNode.Member, as field: ConfigurationField?) {
    guard let field else {
      mistakes.append(.init(member.position, unknownKey(member.key)))
      return
    }
    positions[field.name] = member.value.position
    do throws(ValueRefusal) {
      field.write(&configuration, try field.kind.value(of: member.value, aliases: field.aliases))
    } catch {
      mistakes.append(error.mistake(in: member.value, of: field.key))
      failed.insert(field.name)
    }
  }

  private func unknownKey(_ key: String) -> String {
    if key == "kind" || configuration.domain.kind.has(key) {
      return "\"\(key)\" cannot differ between sets: they are written in the words of the run; remove it"
    }
    let known = ["name", "exercises", "split"] + fields.map(\.key)
    let hint = key.nearest(among: known).map { " (did you mean \"\($0)\"?)" } ?? ""
    return "unknown key \(String(key.prefix(60)).jsonQuoted) in a set\(hint)"
  }
}
