import Foundation
import WheelAudit

@testable import AuditReports

/// The page of a rule, `docs/rules/ID.md`, and the tables that lead to it.
enum RulePage {
  static let mark = "<!-- Made by 'make generate' from Sources/WheelAudit/Rules: change it there. -->\n"

  /// What the rule says of itself, in the words of the HTML report, and an example before and after.
  static func text(_ rule: Rule) throws -> String {
    let definition = rule.definition
    let sections = [
      ("What is the case", sentences(definition.what)), ("Why it matters", sentences(definition.why)),
      ("What can be done", sentences(definition.remedy)),
      ("An example", try RuleExample.text(of: rule).trimmingCharacters(in: .newlines)),
      ("Where it stands", lines(Specification.linked(definition.source))),
    ]
    return mark + "\n# `\(rule.rawValue)`: \(definition.title)\n\n"
      + "\(severity(rule)), since version \(definition.since).\(group(rule))\n"
      + sections.map { title, text in "\n## \(title)\n\n\(text)\n" }.joined()
  }

  /// All rules in their order.
  static let index =
    mark + """

      # Rules

      `truewheel explain RULE` prints what these pages say, and `truewheel explain --all` lists the rules. How to ignore a rule,
      with a reason: [settings](../settings.md).

      \(table(in: ""))
      """

  /// A row for each rule; the pages lie in a folder.
  static func table(in folder: String) -> String {
    let rows = Rule.allCases.map { rule in
      "| [`\(rule.rawValue)`](\(folder)\(rule.rawValue).md) | \(rule.definition.severity.rawValue)"
        + "\(rule.definition.group.map { ", `\($0.rawValue)`" } ?? "") | \(markdownCell(rule.definition.summary)) |\n"
    }
    return "| rule | at worst | what |\n| --- | --- | --- |\n" + rows.joined()
  }

  private static func group(_ rule: Rule) -> String {
    rule.definition.group.map { " It counts with `--extend-select \($0.rawValue)`." } ?? ""
  }

  private static func severity(_ rule: Rule) -> String {
    switch rule.definition.severity {
    case .error: "An error at worst"
    case .warning: "A warning at worst"
    case .note: "A note"
    }
  }

  private static func sentences(_ text: String) -> String { lines(markdownSentence(text)) }

  /// A paragraph in lines of the width of this project's documents.
  static func lines(_ paragraph: String) -> String {
    wrapped(paragraph, to: 120).map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
  }
}
