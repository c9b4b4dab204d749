import ArgumentParser
import AuditReports
import AuditSettings
import WheelAudit
import WheelTags

/// The parts of an argument that stands for several values, separated by commas; blanks around them belong to none.
///
/// - Throws: `ValidationError` when there is none.
func listed(_ argument: String, option: String) throws -> [String] {
  let words = argument.split(separator: ",").map { String($0.trimmingBlanks) }.filter { !$0.isEmpty }
  guard !words.isEmpty else { throw ValidationError("\(option) needs a value, or several separated by commas.") }
  return words
}

extension Rule {
  /// Reads the rules that an argument names, themselves or by a group.
  static func list(_ argument: String, option: String) throws -> [Rule] {
    try listed(argument, option: option).flatMap { name in
      if let rules = rules(named: name) { return rules }
      let near = nearest(to: name, among: selectableNames).map { " Did you mean '\($0)'?" }
      throw ValidationError(
        "'\(printable(name.prefix(80)))' is no rule.\(near ?? " 'truewheel explain --all' lists every rule.")")
    }
  }
}

extension Target {
  /// Reads the platform tags that an argument names.
  static func list(_ argument: String) throws -> [Target] {
    try listed(argument, option: "--target").map { text in
      guard let target = Target(text) else {
        throw ValidationError("'\(printable(text))' is no platform tag. Tags look like \(Target.examples).")
      }
      return target
    }
  }
}

extension Exclusion {
  /// Reads `PATTERN,…` or `PATTERN,…=REASON`.
  ///
  /// A reason may have commas of its own: it is all that stands behind the first equals sign, and holds for each of the
  /// patterns before that. Within brackets a comma is one of the characters that a pattern names.
  static func list(_ argument: String) throws -> [Exclusion] {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let patterns = Self.patterns(parts.first ?? "")
    guard !patterns.isEmpty else {
      throw ValidationError("--exclude needs a pattern of names, such as 'libcuda.so.*'.")
    }
    let reason = parts.count == 1 ? "on the command line" : String(parts[1].trimmingBlanks)
    guard !reason.isEmpty else {
      throw ValidationError("--exclude '\(printable(argument))' needs a reason behind the =, or no =.")
    }
    return patterns.map { Exclusion(pattern: $0, reason: reason) }
  }

  private static func patterns(_ text: String) -> [String] {
    var patterns: [String] = []
    var current = ""
    var isInBrackets = false
    for character in text {
      switch character {
      case "[": isInBrackets = true
      case "]": isInBrackets = false
      case "," where !isInBrackets:
        patterns.append(current)
        current = ""
        continue
      default: break
      }
      current.append(character)
    }
    return (patterns + [current]).map { String($0.trimmingBlanks) }.filter { !$0.isEmpty }
  }
}

extension LimitValue {
  /// Reads `LIMIT=VALUE,…`.
  static func list(_ argument: String) throws -> [LimitValue] {
    try listed(argument, option: "--limit").map { text in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else {
        throw ValidationError(
          "--limit takes a limit and its value, such as member-size=1GiB, not '\(printable(text))'.")
      }
      do throws(LimitValue.Problem) {
        return try LimitValue(parts[0], parts[1])
      } catch {
        throw ValidationError(printable(error.sentence))
      }
    }
  }
}

extension Seconds {
  /// Reads an argument.
  static func argument(_ text: String) throws -> Seconds {
    guard let seconds = Seconds(text) else { throw ValidationError("--timeout takes \(form).") }
    return seconds
  }
}

extension StringProtocol {
  /// Without blanks at both ends.
  fileprivate var trimmingBlanks: SubSequence {
    let start = firstIndex { !$0.isWhitespace } ?? endIndex
    let end = lastIndex { !$0.isWhitespace }.map(index(after:)) ?? start
    return self[start..<Swift.max(start, end)]
  }
}
