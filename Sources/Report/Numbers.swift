import ExpertIteration

// Numbers as the page writes them.

func decimal(_ value: Double?, _ decimals: Int = 1) -> String? { value?.formatted(decimals: decimals) }

/// `12,345`.
func grouped(_ number: Int) -> String {
  let digits = Array(String(number.magnitude))
  var text = number < 0 ? "-" : ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
    text.append(digit)
  }
  return text
}

/// `02:14`, `1:02:14`.
func clock(_ seconds: Int) -> String {
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
  let (minutes, rest) = seconds.quotientAndRemainder(dividingBy: 60)
  return minutes < 60 ? "\(two(minutes)):\(two(rest))" : "\(minutes / 60):\(two(minutes % 60)):\(two(rest))"
}

func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

extension Verdict {
  /// `optimal answer, sound trace, no run of A*`.
  func sentence(in terms: DomainTerms) -> String {
    let answer =
      isOptimal ? "\(terms.optimal) answer" : isCorrect ? "right answer, not optimal" : "wrong answer"
    return answer + ", "
      + (isLegal ? "legal trace" : isSound ? "sound trace, \(terms.illegal)" : "untrue trace")
  }
}

/// `1 task`, `2 tasks`.
func counted(_ number: Int, _ noun: String) -> String {
  "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
}
