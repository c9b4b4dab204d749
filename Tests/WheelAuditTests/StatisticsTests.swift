import BuildProfiles
import TestSupport
import Testing
import WheelTags

@testable import WheelAudit

/// How often rules found something.
@Suite struct StatisticsTests {
  private func report(_ findings: [[(Rule, Finding.Severity)]]) -> AuditReport {
    let wheels = findings.enumerated().map { number, findings in
      WheelReport(
        name: WheelName(path: "demo\(number)-1.0-py3-none-any.whl"), status: .clean, audit: nil,
        findings: findings.map { Finding($0.0, $0.1, "x") }, ignoredRules: [])
    }
    return AuditReport(toolVersion: "1", wheels: wheels)
  }

  @Test func `findings, wheels and the worst severity are counted by rule, the most frequent first`() {
    let counts = report([
      [(.tagMismatch, .warning), (.symbolVersion, .error), (.symbolVersion, .error)],
      [],
      [(.symbolVersion, .note), (.pureTag, .error)],
      [(.tagMismatch, .error)],
    ]).ruleCounts.all
    #expect(
      counts == [
        RuleCount(rule: .symbolVersion, severity: .error, findings: 3, subjects: 2),
        RuleCount(rule: .tagMismatch, severity: .error, findings: 2, subjects: 2),
        RuleCount(rule: .pureTag, severity: .error, findings: 1, subjects: 1),
      ])
  }

  @Test func `where nothing was found there is nothing to count`() {
    #expect(report([[], []]).ruleCounts.all.isEmpty)
    #expect(report([]).ruleCounts.all.isEmpty)
  }
}
