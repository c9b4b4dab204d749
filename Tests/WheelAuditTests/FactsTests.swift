import TestSupport
import Testing
import WheelAudit
import WheelTags

@testable import BuildProfiles

/// The facts that are handed in are those that judge, all of them.
@Suite struct FactsTests {
  private func audit(
    _ wheel: String, target: String? = nil, _ change: (inout Facts.Texts) -> Void
  ) throws -> WheelReport {
    var texts = Facts.Texts()
    change(&texts)
    return Auditor(Facts(texts), options: Auditor.Options(targets: target.map { [$0] } ?? []))
      .audit(path: try Fixture.wheel(wheel))
  }

  @Test func `a damaged table that a wheel is judged by leaves it unaudited, and is named`() throws {
    let report = try audit("honest") { $0.manylinuxProfiles = TableText("profiles.txt", "library 2.5") }
    #expect(report.status == .unreadable)
    #expect(report.findings.first?.message.contains("profiles.txt is damaged in line 1") == true)
  }

  @Test(arguments: [("honest", WheelReport.Status.clean), ("overclaim", .unreadable)])
  func `a damaged table of remedies is no matter to a wheel that needs none`(
    wheel: String, status: WheelReport.Status
  ) throws {
    #expect(try audit(wheel) { $0.remedies = TableText("remedies.txt", "remedy") }.status == status)
  }

  @Test(arguments: [("1.2", true), ("1.9", false)])
  func `a tag for the other libc is judged by the table that was handed in`(newest: String, isImplausible: Bool) throws
  {
    let report = try audit("honest", target: "musllinux_1_9_x86_64") { texts in
      texts.musllinuxProfiles = TableText(
        "musllinux.txt", "profile \(newest) aliases= architectures=x86_64\nrelative-relocations 1.2.4")
    }
    #expect(report.findings.contains { $0.rule == .implausibleTag } == isImplausible)
  }
}
