import BuildProfiles
import TestSupport
import Testing
import WheelAudit

@Suite struct AuditorTests {
  @Test func `a wheel that claims too much breaks its claim`() throws {
    let report = Auditor(ProfileTable()).audit(path: try Fixture.wheel("overclaim"))
    #expect(report.status == .violations)
  }
}
