public import WheelAudit

/// The report for editors and `grep`: one line for each finding, in the form in which compilers complain.
///
/// `wheel:object: error[rule]: what`; without an object there is none, and a wheel without findings has no line. What only
/// a release shows stands at the first wheel that it is about.
public struct ConciseReport: StreamedReport {
  public typealias Failure = Never

  public init() {}

  public func take(_ wheel: WheelReport) -> String {
    // What breaks several claims is said once.
    wheel.findings.map { finding in
      line([wheel.path, finding.object], finding.severity, finding.rule, finding.shownMessage, finding.isKnown)
    }.firstOccurrences().joined()
  }

  public func take(_ release: Release) -> String {
    release.findings.map { line([$0.wheels.first], $0.severity, $0.rule, $0.message, $0.isKnown) }.joined()
  }

  public func end() -> String { "" }

  private func line(
    _ place: [String?], _ severity: Finding.Severity, _ rule: Rule, _ message: String, _ isKnown: Bool
  ) -> String {
    let place = place.compactMap { $0 }.map { printable($0) }.joined(separator: ":")
    let mark = isKnown ? " (in the baseline)" : ""
    return "\(place): \(severity.rawValue)[\(rule.rawValue)]: \(printable(message))\(mark)\n"
  }
}
