public import WheelAudit

/// The report for editors and `grep`: one line for each finding, in the form in which compilers complain.
///
/// `wheel:object: error[rule]: what`; without an object there is none, and a wheel without findings has no line.
public struct ConciseReport: Sendable {
  public init() {}

  public func render(_ report: AuditReport) -> String {
    report.wheels.flatMap { wheel in wheel.findings.map { line($0, wheel) } }.map { $0 + "\n" }.joined()
  }

  private func line(_ finding: Finding, _ wheel: WheelReport) -> String {
    let place = [wheel.path, finding.object].compactMap { $0 }.map { printable($0) }.joined(separator: ":")
    return "\(place): \(finding.severity.rawValue)[\(finding.rule.rawValue)]: \(printable(finding.message))"
  }
}
