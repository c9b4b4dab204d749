public import WheelTags

/// Findings of one rule with one remedy.
public struct FindingGroup: Sendable {
  /// What they have in common.
  public struct Kind: Hashable, Sendable {
    public let rule: Rule
    public let severity: Finding.Severity
    public let tag: PlatformTag?
    public let help: String?
  }

  /// What is said, once, of all objects of which it is said.
  public struct Message: Sendable {
    public let text: String
    /// The symbol that it is about, as the object names it; nil where it is about none.
    public let symbol: String?
    public fileprivate(set) var objects: [String]
  }

  public let kind: Kind
  public private(set) var messages: [Message] = []
  private var places: [String: Int] = [:]

  private init(_ kind: Kind) {
    self.kind = kind
  }

  private mutating func add(_ finding: Finding) {
    let objects = finding.object.map { [$0] } ?? []
    if let place = places[finding.message] {
      messages[place].objects += objects
    } else {
      places[finding.message] = messages.count
      messages.append(Message(text: finding.message, symbol: finding.symbol, objects: objects))
    }
  }

  /// The worst first, in the order of the findings otherwise.
  static func groups(of findings: [Finding]) -> [FindingGroup] {
    var groups: [FindingGroup] = []
    var places: [Kind: Int] = [:]
    for severity in Finding.Severity.allCases.sorted() {
      for finding in findings where finding.severity == severity {
        let kind = Kind(rule: finding.rule, severity: severity, tag: finding.tag, help: finding.help)
        let place = places[kind] ?? groups.count
        if place == groups.count {
          places[kind] = place
          groups.append(FindingGroup(kind))
        }
        groups[place].add(finding)
      }
    }
    return groups
  }
}

extension WheelReport {
  /// The findings by what can be done about them, the worst first.
  public var findingGroups: [FindingGroup] { FindingGroup.groups(of: findings) }
}
