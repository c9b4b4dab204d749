public import WheelAudit

/// The report for a GitHub Actions log: a workflow command for each finding, which GitHub shows as an annotation.
///
/// `::error file=…,title=…::…`, escaped as the runner unescapes it.
public struct GitHubReport: Sendable {
  public init() {}

  public func render(_ report: AuditReport) -> String {
    report.placedFindings.map { command($0) + "\n" }.joined()
  }

  private func command(_ finding: PlacedFinding) -> String {
    let title = "\(finding.rule.definition.title) (\(finding.rule.rawValue))"
    let help = finding.help.map { "\nWhat to do: \(printable($0))" } ?? ""
    let properties = "file=\(property(printable(finding.path))),title=\(property(title))"
    return "::\(name(finding.severity)) \(properties)::\(data(finding.shownMessage + help))"
  }

  private func name(_ severity: Finding.Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }

  /// Data goes to the end of the line.
  private func data(_ text: String) -> String {
    escaping(["%", "\r", "\n"], in: text)
  }

  /// A property ends at a comma or a colon.
  private func property(_ text: String) -> String {
    escaping(["%", "\r", "\n", ":", ","], in: text)
  }

  /// The text with these scalars as `%XX`; all of them are ASCII.
  private func escaping(_ scalars: Set<Unicode.Scalar>, in text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalars.contains(scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "%" + String(repeating: "0", count: 2 - digits.count) + digits
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
