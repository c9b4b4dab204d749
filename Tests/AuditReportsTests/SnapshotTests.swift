import AuditReports
import BuildProfiles
import Foundation
import Testing
import WheelAudit

@Suite struct SnapshotTests {
  /// A whole report, and the file that holds it.
  struct Case: Sendable, CustomTestStringConvertible {
    let file: String
    let render: @Sendable () throws -> String

    var testDescription: String { file }
  }

  private static let everything = TextStyle(isColored: false, detail: .everything)

  /// A wheel of each status.
  private static func ofEachStatus() throws -> AuditReport {
    Sample.report(
      try Sample.fixtures("overclaim", "musl", "pure") + Sample.oddWheels.filter { $0.status == .unreadable })
  }

  /// One for each form of a report.
  static let cases = [
    Case(file: "show-verbose.txt") {
      TextReport(everything).render(Sample.report(try Sample.fixtures("overclaim", "honest", "musl", "pure")))
    },
    Case(file: "report.json") {
      try JSONReport().render(Sample.report(try Sample.fixtures("overclaim", "musl", "pure")))
    },
    Case(file: "concise.txt") { ConciseReport().render(try ofEachStatus()) },
    Case(file: "junit.xml") { JUnitReport().render(try ofEachStatus()) },
    Case(file: "github.txt") { GitHubReport().render(try ofEachStatus()) },
    Case(file: "gitlab.json") { try GitLabReport().render(try ofEachStatus()) },
    Case(file: "markdown.md") { MarkdownReport().render(try ofEachStatus()) },
    Case(file: "auditwheel.json") { try Sample.fixtures("overclaim").map(AuditwheelReport().render).joined() },
    Case(file: "tree.txt") {
      try Sample.fixtures("overclaim", "honest").map { wheel in
        TreeReport(everything).render(wheel.file, wheel.audit?.objects ?? [])
      }.joined()
    },
    Case(file: "profiles.txt") { try ProfilesReport(Facts().profiles(.glibc)).list() },
  ]

  @Test(arguments: cases) func `a report reads as it did`(_ snapshot: Case) throws {
    try Snapshot.expect(try snapshot.render(), snapshot.file)
  }

  @Test func `every snapshot belongs to a report`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Snapshot.folder.path)
    #expect(Set(files).subtracting(Self.cases.map(\.file)) == [])
  }
}
