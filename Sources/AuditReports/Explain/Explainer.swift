public import BuildProfiles
public import WheelAudit
import WheelTags

/// Explains what reports talk about: rules, platform tags, symbols, symbol versions and libraries.
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
    return try lines(on: subject).map(text)
  }

  private func lines(on subject: String) throws(TableError) -> [String]? {
    if let lines = try tag(subject) { return lines }
    if let lines = library(subject) ?? version(subject) { return lines }
    return try symbol(subject) ?? mangled(subject)
  }

  /// Everything about a rule.
  public func explanation(of rule: Rule) -> String {
    let definition = rule.definition
    let rows = [
      ["what", definition.what], ["why", definition.why], ["what to do", definition.remedy],
      ["source", definition.source], ["since", definition.since], ["page", rule.url],
    ]
    return text(
      ["\(rule.rawValue): \(definition.title) (\(definition.severity.rawValue))", ""] + columns(rows, indent: 2))
  }

  private func text(_ lines: [String]) -> String {
    lines.flatMap { wrapped($0, to: width) }.map { $0 + "\n" }.joined()
  }

  /// A library, by its soname.
  private func library(_ subject: String) -> [String]? {
    guard subject.contains(".so") else { return nil }
    let name = printable(subject)
    guard let floor = profiles.libraries[subject] else {
      if profiles.isLoader(subject) {
        return ["\(name): the dynamic loader of glibc, which every manylinux profile provides"]
      }
      return [
        "\(name): no manylinux profile provides this library",
        "", "  A wheel that needs it must bring it along, or say with --exclude who else provides it.",
      ]
    }
    guard let version = floor.version else { return ["\(name): no manylinux profile provides this library"] }
    let withheld = (profiles.restricted[subject] ?? [:]).keys.sorted()
    let rest =
      withheld.isEmpty ? [] : ["", "  Symbols of it that some profiles withhold: \(withheld.joined(separator: ", "))"]
    return ["\(name): provided since \(manylinux(version))"] + rest
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
