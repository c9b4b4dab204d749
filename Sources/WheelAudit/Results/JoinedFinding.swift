import WheelTags

/// Findings of one rule on one library, told together: a row of a table, or one annotation.
///
/// What is about no library is told together where it is said in the same words, or about symbols; notes of one rule
/// always are. What is the same for two claims is told of the first.
public struct JoinedFinding: Sendable {
  public let rule: Rule
  public let severity: Finding.Severity
  /// True when the baseline of the run has all of them.
  public let isKnown: Bool
  /// At least one, in the order of the report.
  public private(set) var findings: [Finding]

  private struct Kind: Hashable {
    let rule: Rule
    let severity: Finding.Severity
    let library: String?
    let words: String?
    let tag: PlatformTag?
    let isKnown: Bool

    init(_ finding: Finding) {
      (rule, severity, tag, isKnown) = (finding.rule, finding.severity, finding.tag, finding.isKnown)
      library = severity == .note ? nil : finding.library
      words = severity == .note || finding.library != nil || finding.symbol != nil ? nil : finding.message
    }
  }

  /// What is said of an object, whatever claim it is said for.
  private struct Statement: Hashable {
    let rule: Rule
    let severity: Finding.Severity
    let object: String?
    let message: String
  }

  private init(_ first: Finding) {
    (rule, severity, isKnown) = (first.rule, first.severity, first.isKnown)
    findings = [first]
  }

  /// What to tell first: the one with the newest version.
  public var first: Finding? {
    findings.enumerated().max { left, right in
      let (one, other) = (left.element.versionNumbers, right.element.versionNumbers)
      return one == other ? left.offset > right.offset : one.lexicographicallyPrecedes(other)
    }?.element
  }

  /// The libraries that they are about, each once: one, if any, unless they are notes.
  public var libraries: [String] { names(\.library) }

  /// The objects that they are about, each once.
  public var objects: [String] { names(\.object) }

  private func names(_ name: KeyPath<Finding, String?>) -> [String] {
    var seen: Set<String> = []
    return findings.compactMap { $0[keyPath: name] }.filter { seen.insert($0).inserted }
  }

  /// They by what can be done about them.
  public var groups: [FindingGroup] { FindingGroup.groups(of: findings) }

  /// How many different things are said.
  public var messageCount: Int { Set(findings.lazy.map(\.message)).count }

  /// Joins findings, in the order of the first of each kind.
  static func joined(_ findings: [Finding]) -> [JoinedFinding] {
    var joined: [JoinedFinding] = []
    var places: [Kind: Int] = [:]
    var said: Set<Statement> = []
    for finding in findings {
      let statement = Statement(
        rule: finding.rule, severity: finding.severity, object: finding.object, message: finding.message)
      guard said.insert(statement).inserted else { continue }
      if let place = places[Kind(finding)] {
        joined[place].findings.append(finding)
      } else {
        places[Kind(finding)] = joined.count
        joined.append(JoinedFinding(finding))
      }
    }
    return joined
  }
}

extension Finding {
  /// The numbers in the version: 2 and 34 of `GLIBC_2.34`.
  fileprivate var versionNumbers: [Int] {
    (version ?? "").split { !("0"..."9").contains($0) }.compactMap { Int($0) }
  }
}

extension WheelReport {
  /// The findings told together, one for each rule and library, the worst first.
  public var joinedFindings: [JoinedFinding] { JoinedFinding.joined(findings) }
}
