public import WheelAudit

/// A report that is written as a run goes on, and that keeps nothing of the wheels in it.
public protocol StreamedReport<Failure>: Sendable {
  associatedtype Failure: Error

  /// What is to be written of the next wheel.
  mutating func take(_ wheel: WheelReport) throws(Failure) -> String
  /// What is to be written of a release, some of whose wheels may be long past.
  mutating func take(_ release: Release) throws(Failure) -> String
  /// What is left to be written at the end.
  mutating func end() throws(Failure) -> String
}

extension StreamedReport {
  /// The report on a run that is over.
  public func render(_ report: AuditReport) throws(Failure) -> String {
    var (stream, text) = (self, "")
    for wheel in report.wheels { text += try stream.take(wheel) }
    for release in report.releases { text += try stream.take(release) }
    return try text + stream.end()
  }
}
