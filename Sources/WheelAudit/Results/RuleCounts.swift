/// How often a rule found something in a run.
public struct RuleCount: Sendable, Hashable {
  public let rule: Rule
  /// The worst severity that it came with.
  public fileprivate(set) var severity: Finding.Severity
  /// The number of findings.
  public fileprivate(set) var findings = 0
  /// The number of wheels that have such a finding; for a rule on releases the number of releases.
  public fileprivate(set) var subjects = 0
}

/// How often each rule found something in a run, counted as the run goes on.
public struct RuleCounts: Sendable {
  private var counts: [Rule: RuleCount] = [:]

  public init() {}

  public mutating func take(_ wheel: WheelReport) { add(wheel.findings.lazy.map { ($0.rule, $0.severity) }) }

  public mutating func take(_ release: Release) { add(release.findings.lazy.map { ($0.rule, $0.severity) }) }

  private mutating func add(_ found: some Sequence<(Rule, Finding.Severity)>) {
    var rules: Set<Rule> = []
    for (rule, severity) in found {
      var count = counts[rule] ?? RuleCount(rule: rule, severity: severity)
      count.findings += 1
      if severity.rank < count.severity.rank { count.severity = severity }
      if rules.insert(rule).inserted { count.subjects += 1 }
      counts[rule] = count
    }
  }

  /// The rules that found something in any wheel or release, the most frequent first.
  public var all: [RuleCount] {
    counts.values.sorted { ($1.findings, $0.rule.rawValue) < ($0.findings, $1.rule.rawValue) }
  }
}

extension AuditReport {
  /// How often each rule found something.
  public var ruleCounts: RuleCounts {
    var counts = RuleCounts()
    for wheel in wheels { counts.take(wheel) }
    for release in releases { counts.take(release) }
    return counts
  }
}

extension Finding.Severity {
  /// Zero for the worst.
  fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
}
