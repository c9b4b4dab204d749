public import WheelAudit

/// The report for programs that read as it comes: one wheel in each line, in the order of the arguments.
///
/// A line has the keys of a wheel in the JSON report: `#/$defs/wheel` of `docs/report.schema.json`.
public struct JSONLinesReport: Sendable {
  public init() {}

  public func render(_ report: AuditReport) throws -> String {
    try report.wheels.map(line).joined()
  }

  /// The line of one wheel, with its end.
  public func line(_ wheel: WheelReport) throws -> String {
    try jsonLine(WheelEntry(wheel))
  }
}
