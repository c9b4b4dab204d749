public import WheelAudit

/// The report for programs that read as it comes: one wheel in each line, in the order of the arguments.
///
/// A line has the keys of a wheel in the JSON report, and those that say what it is the audit of and what it rests on, so
/// that it is known later whether another audit would come to the same: `#/$defs/line` of `docs/report.schema.json`.
public struct JSONLinesReport: StreamedReport {
  public typealias Failure = any Error

  private let basis: AuditBasis

  public init(_ basis: AuditBasis) {
    self.basis = basis
  }

  public func take(_ wheel: WheelReport) throws -> String {
    try jsonLine(WheelEntry(wheel, basis))
  }

  /// Lines know no releases.
  public func take(_ release: Release) -> String { "" }

  public func end() -> String { "" }
}
