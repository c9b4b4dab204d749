/// Findings of one rule that are mended in the same way.
public struct FindingGroup: Sendable {
  /// What they have in common.
  public struct Kind: Hashable, Sendable {
    public let rule: Rule
    public let severity: Finding.Severity
    /// What can be done about each; nil where there is nothing to do.
    public let remedy: String?
    /// What can be done instead; nil where there is no such thing.
    public let alternative: String?
    /// True when the baseline of the run has them.
    public let isKnown: Bool

    /// All that can be done, in at most two clauses; nil where there is nothing to do.
    public var help: String? {
      let parts = [remedy, alternative].compactMap { $0 }
      return parts.isEmpty ? nil : parts.joined(separator: "; or ")
    }
  }

  /// What is said, once, of all objects of which it is said.
  public struct Message: Sendable {
    public let text: String
    /// The symbol that it is about, as objects name it; nil for other messages.
    public let symbol: String?
    public fileprivate(set) var objects: [String]
  }

  public let kind: Kind
  public private(set) var messages: [Message] = []
  /// The symbols or libraries that they are about, each once, in order of the findings.
  public private(set) var subjects: [String] = []
  /// Lines to paste to do what the remedy says; empty where it says all.
  public private(set) var block: [String] = []
  private var places: [String: Int] = [:]
  private var told: Set<String> = []

  private init(_ kind: Kind) {
    self.kind = kind
  }

  private mutating func add(_ finding: Finding) {
    if let subject = finding.symbol ?? finding.library, told.insert("s\(subject)").inserted { subjects.append(subject) }
    if let paste = finding.paste, told.insert("p\(paste)").inserted { block.append(paste) }
    let objects = finding.object.map { [$0] } ?? []
    guard let place = places[finding.message] else {
      places[finding.message] = messages.count
      messages.append(Message(text: finding.message, symbol: finding.symbol, objects: objects))
      return
    }
    // One thing may break several claims.
    if let object = objects.first, messages[place].objects.last != object { messages[place].objects.append(object) }
  }

  /// Options are given together, and with a reason that they share once.
  private mutating func joinOptions() {
    let beginning = "--exclude '"
    guard block.count > 1, block.allSatisfy({ $0.hasPrefix(beginning) && $0.hasSuffix("'") }) else { return }
    var patterns: [String: [Substring]] = [:]
    var reasons: [String] = []
    for option in block {
      let value = option.dropFirst(beginning.count).dropLast()
      let pattern = value.prefix { $0 != "=" }
      let reason = String(value[pattern.endIndex...])
      if patterns[reason] == nil { reasons.append(reason) }
      patterns[reason, default: []].append(pattern)
    }
    block = [
      reasons.map { "\(beginning)\((patterns[$0] ?? []).joined(separator: ","))\($0)'" }.joined(separator: " ")
    ]
  }

  /// The worst first, in the order of the findings otherwise.
  static func groups(of findings: [Finding]) -> [FindingGroup] {
    var groups: [FindingGroup] = []
    var places: [Kind: Int] = [:]
    for severity in Finding.Severity.allCases.sorted() {
      for finding in findings where finding.severity == severity {
        let kind = Kind(
          rule: finding.rule, severity: severity, remedy: finding.remedy, alternative: finding.alternative,
          isKnown: finding.isKnown)
        let place = places[kind] ?? groups.count
        if place == groups.count {
          places[kind] = place
          groups.append(FindingGroup(kind))
        }
        groups[place].add(finding)
      }
    }
    for place in groups.indices { groups[place].joinOptions() }
    return groups
  }
}

extension WheelReport {
  /// The findings by what can be done about them, the worst first.
  public var findingGroups: [FindingGroup] { FindingGroup.groups(of: findings) }
}
