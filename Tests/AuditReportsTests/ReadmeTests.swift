import AuditReports
import BuildProfiles
import Foundation
import TestSupport
import Testing
import WheelAudit

@Suite struct ReadmeTests {
  private let text: String

  init() throws {
    text = try String(contentsOf: Fixture.project.appending(path: "README.md"), encoding: .utf8)
  }

  /// The report stands between two marks, as a code block.
  @Test func `the README shows a report as it is printed`() throws {
    let shown = try #require(text.firstMatch(of: /(?s)<!-- report -->\n```\n(.*?)```\n<!-- \/report -->/)).1
    let wheel = Auditor(ProfileTable()).audit(path: try Fixture.wheel("overclaim"))
    let report = TextReport(TextStyle(isColored: false, detail: .problems))
      .render(AuditReport(toolVersion: "0", wheels: [wheel]))
    #expect(String(shown) == report)
  }

  @Test(arguments: Rule.allCases)
  func `the README explains every rule`(rule: Rule) {
    #expect(text.contains("`\(rule.rawValue)`"))
  }
}
