public import WheelAudit

/// The report for GitLab's Code Quality widget: a JSON array with an entry for each finding.
///
/// What the baseline has is left out, since an entry cannot say that it is known.
///
/// The keys are those of the "Code Quality report format"; a wheel has no lines, so everything is in its first.
public struct GitLabReport: Sendable {
  public init() {}

  public func render(_ report: AuditReport) throws -> String {
    try json(report.placedFindings.filter { !$0.isKnown }.map(Entry.init))
  }

  private struct Entry: Encodable {
    struct Location: Encodable {
      struct Lines: Encodable {
        let begin = 1
      }

      let path: String
      let lines = Lines()
    }

    let description: String
    let checkName: String
    let fingerprint: String
    let severity: String
    let location: Location

    enum CodingKeys: String, CodingKey {
      case description, fingerprint, severity, location
      case checkName = "check_name"
    }

    init(_ finding: PlacedFinding) {
      description = finding.message + (finding.help.map { ". What to do: \(printable($0))" } ?? "")
      checkName = finding.rule.rawValue
      fingerprint = finding.key.fingerprint
      severity = Self.level(finding.severity)
      location = Location(path: printable(finding.path))
    }

    private static func level(_ severity: Finding.Severity) -> String {
      switch severity {
      case .error: "critical"
      case .warning: "major"
      case .note: "info"
      }
    }
  }
}
