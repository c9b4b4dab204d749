public import BuildProfiles
public import WheelAudit
import WheelTags

/// Explains what reports talk about: rules, platform tags, symbols, symbol versions, libraries, what loaders refuse,
/// and the messages of loaders.
public struct Explainer: Sendable {
  let facts: Facts
  let profiles: ProfileTable
  /// The day for which to say what distributions are supported.
  let date: CalendarDate
  let width: Int

  public init(_ facts: Facts, date: CalendarDate, width: Int = 100) throws(TableError) {
    self.facts = facts
    self.profiles = try facts.profiles(.glibc)
    self.date = date
    self.width = width
  }

  /// What is known of a subject; nil when it is nothing that reports talk about.
  public func explanation(of subject: String) throws(TableError) -> String? {
    if let rule = Rule(rawValue: subject) { return explanation(of: rule) }
    if let group = RuleGroup(rawValue: subject) { return explanation(of: group) }
    // A message has several words.
    if subject.utf8.contains(UInt8(ascii: " ")), let text = try explanation(ofMessagesIn: subject) { return text }
    return try lines(on: subject).map(text)
  }

  private func lines(on subject: String) throws(TableError) -> [String]? {
    if let lines = try tag(subject) { return lines }
    if let lines = try library(subject) ?? version(subject) ?? loading(subject) { return lines }
    if let lines = try symbol(subject) { return lines }
    if let lines = restricted(subject) { return lines }
    if let lines = try mangled(subject) { return lines }
    return try versioned(subject)
  }

  /// Every rule, in a line each.
  public func rules() -> String { text(columns(Rule.allCases.map(row), indent: 0)) }

  private func row(_ rule: Rule) -> [String] {
    let definition = rule.definition
    let group = definition.group.map { " (with \($0.rawValue))" } ?? ""
    return [rule.rawValue, definition.severity.rawValue, definition.summary + group]
  }

  /// What a group is about, and its rules.
  func explanation(of group: RuleGroup) -> String {
    let use =
      "Counts with --extend-select \(group.rawValue), or extend-select = [\"\(group.rawValue)\"] in the settings."
    let rows = group.rules.map { [$0.rawValue, $0.definition.severity.rawValue, $0.definition.summary] }
    return text(["\(group.rawValue): \(group.summary)", "", "  \(use)", ""] + columns(rows, indent: 2))
  }

  /// Everything about a rule.
  public func explanation(of rule: Rule) -> String {
    let definition = rule.definition
    let group = definition.group.map { [["counts", "with --extend-select \($0.rawValue)"]] } ?? []
    let rows =
      group + [
        ["what", definition.what], ["why", definition.why], ["what to do", definition.remedy],
        ["source", definition.source], ["since", definition.since], ["page", rule.url],
      ]
    return text(
      ["\(rule.rawValue): \(definition.title) (\(definition.severity.rawValue))", ""] + columns(rows, indent: 2))
  }

  func text(_ lines: [String]) -> String {
    lines.flatMap { wrapped($0, to: width) }.map { $0 + "\n" }.joined()
  }

  /// `manylinux_2_28 (glibc 2.28)`.
  func manylinux(_ version: LibcVersion) -> String { "manylinux_\(version.tagForm)" }

  /// The architectures with published profiles, in groups of which the same can be said.
  func byArchitecture<Fact: Hashable, Failure: Error>(
    _ fact: (Architecture) throws(Failure) -> Fact?
  ) throws(Failure) -> [(architectures: String, fact: Fact)] {
    var groups: [(architectures: [Architecture], fact: Fact)] = []
    for architecture in profiles.architectures {
      guard let fact = try fact(architecture) else { continue }
      if let index = groups.firstIndex(where: { $0.fact == fact }) {
        groups[index].architectures.append(architecture)
      } else {
        groups.append(([architecture], fact))
      }
    }
    return groups.map { ($0.architectures.map(\.rawValue).joined(separator: ", "), $0.fact) }
  }
}
