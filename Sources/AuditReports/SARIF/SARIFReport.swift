public import WheelAudit

/// The report for code scanning services and editors: SARIF 2.1.0 (OASIS).
public struct SARIFReport: Sendable {
  public init() {}

  public func render(_ report: AuditReport) throws -> String {
    try json(SARIFLog(report))
  }
}

/// A log of one run.
private struct SARIFLog: Encodable {
  let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
  let version = "2.1.0"
  let runs: [Run]

  enum CodingKeys: String, CodingKey {
    case version, runs
    case schema = "$schema"
  }

  init(_ report: AuditReport) {
    runs = [Run(report)]
  }

  struct Run: Encodable {
    let tool: Tool
    let invocations: [Invocation]
    let results: [SARIFResult]
    let columnKind = "utf16CodeUnits"

    init(_ report: AuditReport) {
      tool = Tool(driver: Driver(version: report.toolVersion))
      invocations = [Invocation(executionSuccessful: report.count(.unreadable) == 0)]
      results = report.placedFindings.map(SARIFResult.init)
    }
  }

  struct Tool: Encodable {
    let driver: Driver
  }

  struct Driver: Encodable {
    let name = "truewheel"
    let version: String
    let rules = SARIFRule.catalogue
  }

  struct Invocation: Encodable {
    /// False when a wheel could not be read: then the absence of results says nothing of it.
    let executionSuccessful: Bool
  }
}
