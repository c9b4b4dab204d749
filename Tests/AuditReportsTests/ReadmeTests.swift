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
    var options = Auditor.Options()
    options.date = CalendarDate("2026-08-31")
    let wheel = Auditor(Facts(), options: options).audit(path: try Fixture.wheel("overclaim"))
    let report = TextReport(TextStyle(isColored: false, detail: .problems))
      .render(AuditReport(toolVersion: "0", wheels: [wheel]))
    #expect(String(shown) == report)
  }

  @Test func `the README has every format that the command has, and no other`() throws {
    let table = try #require(text.firstMatch(of: /(?s)\| `--format` \|.*?\n\n/)).0
    let listed = table.matches(of: /\n\| `([a-z]+)` \|/).map { String($0.1) }
    let help = try Command.run(["check", "--help"]).output.replacing(/\s+/, with: " ")
    let values = try #require(help.firstMatch(of: /The form of the report\. \(values: ([a-z, ]+);/)).1
    #expect(listed == values.split(separator: ", ").map(String.init))
    for format in listed {
      let result = try Command.run(["check", "--format", format, try Fixture.wheel("overclaim")])
      #expect(result.status == 1 && result.output.contains("GLIBC_2.34"), "\(format)")
    }
  }
}
