/// Rules that count only for those who ask for them together.
///
/// What no rule asks for is not looked at either.
public enum RuleGroup: String, Hashable, Sendable, CaseIterable {
  /// What PyPI refuses an upload for, and what it should be told of.
  case pypi

  /// What it is about, for a table of all groups; without an end mark.
  public var summary: String {
    switch self {
    case .pypi: "what PyPI refuses an upload for, whether RECORD is true, and what other systems make of the names"
    }
  }

  /// Its rules, in their order.
  public var rules: [Rule] { Rule.allCases.filter { $0.definition.group == self } }
}

extension Rule {
  /// The rules that a word of a user's stands for: the one of that name, or those of the group; nil for any other word.
  public static func rules(named word: String) -> [Rule]? {
    Rule(rawValue: word).map { [$0] } ?? RuleGroup(rawValue: word)?.rules
  }

  /// What users may name where groups are taken too.
  public static var selectableNames: [String] { RuleGroup.allCases.map(\.rawValue) + allCases.map(\.rawValue) }
}
