public import WheelAudit

/// The report for code scanning services and editors: SARIF 2.1.0 (OASIS).
public struct SARIFReport: Sendable {
  private let limits: SARIFLimits

  public init() { self.init(SARIFLimits()) }

  init(_ limits: SARIFLimits) {
    self.limits = limits
  }

  public func render(_ report: AuditReport) throws -> String {
    try json(SARIFLog(report, limits))
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

  init(_ report: AuditReport, _ limits: SARIFLimits) {
    runs = [Run(report, limits)]
  }

  struct Run: Encodable {
    let tool: Tool
    let invocations: [Invocation]
    let results: [SARIFResult]
    let columnKind = "utf16CodeUnits"

    init(_ report: AuditReport, _ limits: SARIFLimits) {
      let (findings, omissions) = limits.cut(report.placedFindings)
      tool = Tool(driver: Driver(version: report.toolVersion))
      invocations = [
        Invocation(
          executionSuccessful: report.count(.unreadable) == 0,
          toolExecutionNotifications: omissions.isEmpty ? nil : omissions.map(Notification.init))
      ]
      results = findings.map { SARIFResult($0, locations: limits.locations, isCompared: report.hasBaseline) }
    }
  }

  struct Tool: Encodable {
    let driver: Driver
  }

  struct Driver: Encodable {
    let name = "truewheel"
    let version: String
    let informationUri = Documentation.home
    let rules = SARIFRule.catalogue
  }

  struct Invocation: Encodable {
    /// False when a wheel could not be read: then the absence of results says nothing of it.
    let executionSuccessful: Bool
    /// What of the results is not in the log.
    let toolExecutionNotifications: [Notification]?
  }

  /// SARIF 2.1.0, 3.58.
  struct Notification: Encodable {
    let level = "warning"
    let message: SARIFText

    init(_ words: String) {
      message = SARIFText(words)
    }
  }
}
