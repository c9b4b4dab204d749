import AuditReports
import BuildProfiles
import Foundation
import Testing
import WheelAudit
import WheelTags

@Suite struct SnapshotTests {
  /// A whole report, and the file that holds it.
  struct Case: Sendable, CustomTestStringConvertible {
    let file: String
    let render: @Sendable () throws -> String

    var testDescription: String { file }
  }

  /// Objects with one fault each.
  private static let faulty = [
    "expat.abi3.so", "external.abi3.so", "executable_stack.abi3.so", "future_version.abi3.so", "isa_v3.abi3.so",
    "links_libpython.abi3.so", "musl_plain.abi3.so", "private_version.abi3.so", "pyfpe.abi3.so",
    "relr_marked.abi3.so", "relocatable.o", "several_versions.abi3.so", "weak_version.abi3.so", "withheld.abi3.so",
    "withheld_never.abi3.so",
  ]

  private static let hostile = "<\"100%\"\n\u{202e}\u{9b}31m\u{fffd}>"

  private static func text(_ detail: TextStyle.Detail, _ wheels: [WheelReport], isColored: Bool = false) -> String {
    TextReport(TextStyle(isColored: isColored, detail: detail)).render(Sample.report(wheels))
  }

  private static func tree(_ beginning: String, isColored: Bool = false) throws -> String {
    try Sample.fixtures(beginning).map { wheel in
      TreeReport(TextStyle(isColored: isColored, detail: .full)).render(wheel.file, wheel.audit?.objects ?? [])
    }.joined()
  }

  /// A wheel of each status.
  private static func ofEachStatus() throws -> AuditReport {
    Sample.report(
      try Sample.fixtures("overclaim", "musl", "pure") + Sample.oddWheels.filter { $0.status == .unreadable })
  }

  private static func profile(_ minor: Int) throws -> BuildProfile {
    try #require(Facts().profiles(.glibc).profiles.first { $0.version == LibcVersion(2, minor) })
  }

  static let cases = [
    Case(file: "check.txt") { text(.problems, try Sample.allFixtures()) },
    Case(file: "check-one.txt") { text(.problems, try Sample.fixtures("honest")) },
    Case(file: "check-faulty.txt") { text(.problems, try Sample.wheels(of: faulty)) },
    Case(file: "check-odd.txt") { text(.problems, Sample.oddWheels) },
    Case(file: "check-hostile.txt") { text(.problems, [Sample.wheel(named: hostile)]) },
    Case(file: "show.txt") { text(.full, try Sample.fixtures("overclaim", "honest", "musl", "pure")) },
    Case(file: "show-colored.txt") { text(.full, try Sample.fixtures("overclaim", "musl", "pure"), isColored: true) },
    Case(file: "show-verbose.txt") { text(.everything, try Sample.fixtures("overclaim", "honest", "musl", "pure")) },
    Case(file: "report.json") {
      try JSONReport().render(Sample.report(try Sample.fixtures("overclaim", "musl", "pure")))
    },
    Case(file: "report-hostile.json") {
      try JSONReport().render(Sample.report([Sample.wheel(named: hostile)]))
    },
    Case(file: "concise.txt") { ConciseReport().render(try ofEachStatus()) },
    Case(file: "junit.xml") { JUnitReport().render(try ofEachStatus()) },
    Case(file: "github.txt") { GitHubReport().render(try ofEachStatus()) },
    Case(file: "gitlab.json") { try GitLabReport().render(try ofEachStatus()) },
    Case(file: "markdown.md") { MarkdownReport().render(try ofEachStatus()) },
    Case(file: "auditwheel.json") { try Sample.fixtures("overclaim").map(AuditwheelReport().render).joined() },
    Case(file: "tree.txt") { try tree("overclaim") + tree("honest") },
    Case(file: "tree-colored.txt") { try tree("overclaim", isColored: true) },
    Case(file: "profiles.txt") { try ProfilesReport(Facts().profiles(.glibc)).list() },
    Case(file: "profiles-show.txt") { try ProfilesReport(Facts().profiles(.glibc)).show(try profile(17), .x86_64) },
    Case(file: "profiles-diff.txt") {
      try ProfilesReport(Facts().profiles(.glibc)).diff(try profile(28), try profile(34), .aarch64)
    },
  ]

  @Test(arguments: cases) func `a report reads as it did`(_ snapshot: Case) throws {
    try Snapshot.expect(try snapshot.render(), snapshot.file)
  }

  @Test func `every snapshot belongs to a report`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Snapshot.folder.path)
    #expect(Set(files).subtracting(Self.cases.map(\.file)) == [])
  }
}
