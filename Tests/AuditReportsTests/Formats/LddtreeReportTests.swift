import AuditReports
import BuildProfiles
import TestSupport
import Testing
import WheelAudit
import WheelTags

@Suite struct LddtreeReportTests {
  /// What each object loads is listed for each anew, so a wheel could ask for the square of what it holds.
  @Test func `more than can be listed is refused`() throws {
    let path = try Fixture.wheel("overclaim")
    let (isWheel, objects) = try Auditor(Facts()).linkedObjects(WheelName(path: path)).get()
    let listing = LddtreeReport.Listing(file: path, isWheel: isWheel, objects: objects)
    // The library needs one, the module three, one of which needs one.
    let needed = objects.map(\.needed.count).reduce(0, +)
    #expect(isWheel && needed == 4)
    #expect(throws: Never.self) { try LddtreeReport(limit: 20).render([listing]) }
    let refusal = #expect(throws: LddtreeReport.TooLarge.self) { try LddtreeReport(limit: 4).render([listing]) }
    #expect(refusal?.file == path)
  }
}
