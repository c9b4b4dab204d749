public import WheelAudit

/// The report for programs, version 1: `docs/report.schema.json` says what each key means.
public struct JSONReport: Sendable {
  public static let schemaVersion = 1

  public init() {}

  public func render(_ report: AuditReport) throws -> String {
    try json(Document(report))
  }
}

private struct Document: Encodable {
  let schemaVersion = JSONReport.schemaVersion
  let tool: ToolEntry
  let wheels: [WheelEntry]
  let releases: [ReleaseEntry]
  let summary: Summary

  struct ReleaseEntry: Encodable {
    let name: String
    let version: String
    let wheels: [String]
    let findings: [ReleaseFindingEntry]
    let warnings: [String]

    init(_ release: Release) {
      name = release.name
      version = release.version
      wheels = release.wheels.map(\.path)
      findings = release.findings.map(ReleaseFindingEntry.init)
      warnings = release.findings.map(\.message)
    }
  }

  struct Summary: Encodable {
    let wheels: Int
    let clean: Int
    let violations: Int
    let unreadable: Int
    let skipped: Int
  }

  init(_ report: AuditReport) {
    tool = ToolEntry(version: report.toolVersion, data: report.dataVersion)
    wheels = report.wheels.map { WheelEntry($0) }
    releases = report.releases.map(ReleaseEntry.init)
    summary = Summary(
      wheels: report.wheels.count, clean: report.count(.clean), violations: report.count(.violations),
      unreadable: report.count(.unreadable), skipped: report.count(.skipped))
  }
}

/// The program that wrote a report: `#/$defs/tool` of `docs/report.schema.json`.
struct ToolEntry: Encodable {
  let name = "truewheel"
  let version: String
  let data: String
}
