/// Findings that are known and accepted, each as it was when it was: what a baseline has.
///
/// One that has become worse is not known any more, so a warning that is an error now fails a gate again. That warnings
/// are to break claims makes none of them worse.
public struct KnownFindings: Sendable {
  /// How bad each is; where several findings have one key, how bad the worst of them is.
  private var severities: [FindingKey: Finding.Severity] = [:]

  /// - Parameter entries: findings, and how bad each was.
  public init(_ entries: some Sequence<(FindingKey, Finding.Severity)> = []) {
    for (key, severity) in entries { add(key, severity) }
  }

  /// Adds what was found on a wheel, without what no baseline holds: notes fail no gate, and no gate lets a wheel pass
  /// that could not be audited.
  public mutating func take(_ report: WheelReport) {
    for finding in report.findings where finding.severity != .note && finding.rule != .unreadable {
      add(FindingKey(acrossBuilds: finding, in: report), finding.judgedSeverity)
    }
  }

  /// Adds what a release shows.
  public mutating func take(_ release: Release) {
    for finding in release.findings { add(FindingKey(acrossBuilds: finding), finding.severity) }
  }

  private mutating func add(_ key: FindingKey, _ severity: Finding.Severity) {
    severities[key] = min(severities[key] ?? severity, severity)
  }

  /// What there is, sorted by key.
  public var entries: [(key: FindingKey, severity: Finding.Severity)] {
    severities.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  public func has(_ key: FindingKey) -> Bool { severities[key] != nil }

  /// True for a finding that is known, and was no milder when it was accepted.
  public func has(_ finding: Finding, in report: WheelReport) -> Bool {
    guard finding.rule != .unreadable, let known = severities[FindingKey(acrossBuilds: finding, in: report)] else {
      return false
    }
    return known <= finding.judgedSeverity
  }

  /// True for what a release shows and is known.
  public func has(_ finding: ReleaseFinding) -> Bool {
    severities[FindingKey(acrossBuilds: finding)].map { $0 <= finding.severity } ?? false
  }
}

extension Finding {
  /// How bad it is by itself.
  fileprivate var judgedSeverity: Severity { isRaised ? .warning : severity }
}
