/// How often a rule found something in a run.
public struct RuleCount: Sendable, Hashable {
  public let rule: Rule
  /// The worst severity that it came with.
  public let severity: Finding.Severity
  /// The number of findings.
  public let findings: Int
  /// The number of wheels that have such a finding; for a rule on releases the number of releases.
  public let subjects: Int
}

extension AuditReport {
  /// The rules that found something in any wheel or release, the most frequent first.
  public var statistics: [RuleCount] {
    var counts: [Rule: RuleCount] = [:]
    func add(_ found: [(Rule, Finding.Severity)]) {
      for (rule, group) in Dictionary(grouping: found, by: \.0) {
        let worst = group.map(\.1).min { $0.rank < $1.rank } ?? .note
        let known = counts[rule]
        counts[rule] = RuleCount(
          rule: rule, severity: known.map { $0.severity.rank < worst.rank ? $0.severity : worst } ?? worst,
          findings: (known?.findings ?? 0) + group.count, subjects: (known?.subjects ?? 0) + 1)
      }
    }
    for wheel in wheels { add(wheel.findings.map { ($0.rule, $0.severity) }) }
    for release in releases { add(release.findings.map { ($0.rule, $0.severity) }) }
    return counts.values.sorted { ($1.findings, $0.rule.rawValue) < ($0.findings, $1.rule.rawValue) }
  }
}

extension Finding.Severity {
  /// Zero for the worst.
  fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
}
