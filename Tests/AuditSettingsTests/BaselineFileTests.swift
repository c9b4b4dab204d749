import AuditSettings
import BuildProfiles
import Foundation
import TestSupport
import Testing
import WheelTags

@testable import WheelAudit

@Suite struct BaselineFileTests {
  private static func fixtures() throws -> [WheelReport] {
    let auditor = Auditor(Facts())
    return try Fixture.wheels().map { auditor.audit(path: $0) }
  }

  @Test func `a file brings back what was found`() throws {
    let (reports, folder) = (try Self.fixtures(), try TemporaryFolder())
    let baseline = Baseline(reports)
    #expect(!baseline.known.entries.isEmpty)
    let text = try baseline.text()
    let read = try Baseline(path: try folder.write(Array(text.utf8), to: "known.json"))
    #expect(read.known.entries.map(\.key) == baseline.known.entries.map(\.key))
    #expect(read.known.entries.map(\.severity) == baseline.known.entries.map(\.severity))
    #expect(try read.text() == text)
    for report in reports {
      for finding in report.findings { #expect(read.known.has(finding, in: report) == (finding.severity != .note)) }
    }
    #expect(read.gone(from: reports).isEmpty)
  }

  @Test func `the order of the wheels does not matter, and the file ends its last line`() throws {
    let reports = try Self.fixtures()
    let text = try Baseline(reports).text()
    #expect(try Baseline(reports.reversed()).text() == text)
    #expect(try Baseline(reports + reports).text() == text)
    #expect(text.hasSuffix("}\n") && !text.hasSuffix("\n\n"))
  }

  @Test func `a baseline of nothing is one`() throws {
    let folder = try TemporaryFolder()
    let text = try Baseline(KnownFindings()).text()
    #expect(try Baseline(path: folder.write(Array(text.utf8), to: "known.json")).known.entries.isEmpty)
  }

  /// A file as it may have been written by hand, or by another build.
  private static let old = """
    {
      "findings" : [
        {
          "library" : "libm.so.6",
          "object" : "demo/a.so",
          "rule" : "symbol-version",
          "severity" : "error",
          "symbol" : "exp",
          "tag" : "manylinux_2_17_x86_64",
          "version" : "GLIBC_2.29",
          "wheel" : "demo-cp39-abi3-manylinux_2_17_x86_64"
        },
        {
          "rule" : "tag-mismatch",
          "severity" : "warning",
          "wheel" : "other-py3-none-linux_x86_64"
        }
      ],
      "schemaVersion" : 2
    }

    """

  @Test func `a file that was written before is read, and written the same`() throws {
    let folder = try TemporaryFolder()
    let baseline = try Baseline(path: try folder.write(Array(Self.old.utf8), to: "known.json"))
    #expect(
      baseline.known.entries.map(\.key.description) == [
        "demo-cp39-abi3-manylinux_2_17_x86_64: demo/a.so: symbol-version exp@GLIBC_2.29",
        "other-py3-none-linux_x86_64: tag-mismatch",
      ])
    #expect(try baseline.text() == Self.old)
    let finding = Finding(
      .symbolVersion, .error, "in words", object: "demo/a.so", library: "libm.so.6", symbol: "exp",
      version: "GLIBC_2.29", tag: PlatformTag("manylinux_2_17_x86_64"))
    let report = WheelReport(
      name: WheelName(path: "demo-2.0-cp39-abi3-manylinux_2_17_x86_64.whl"), status: .violations, audit: nil,
      findings: [finding],
      ignoredRules: [])
    #expect(baseline.known.has(finding, in: report))
  }

  private static let noBaseline = "it is no baseline file; write one with --write-baseline"
  private static func otherVersion(_ version: Int) -> String {
    "it is a baseline of version \(version), and 2 is known; write it anew with --write-baseline"
  }
  private static let bad: [(text: String, problem: String)] = [
    ("", noBaseline),
    ("{", noBaseline),
    ("[]", noBaseline),
    ("null", noBaseline),
    ("{}", noBaseline),
    ("nonsense", noBaseline),
    ("{\"schemaVersion\": 2}", noBaseline),
    ("{\"findings\": []}", noBaseline),
    ("{\"schemaVersion\": \"2\", \"findings\": []}", noBaseline),
    ("{\"schemaVersion\": 2, \"findings\": {}}", noBaseline),
    ("{\"schemaVersion\": 2, \"findings\": [{\"rule\": \"pure-tag\"}]}", noBaseline),
    ("{\"schemaVersion\": 2, \"findings\": [{\"wheel\": \"a\", \"rule\": 1}]}", noBaseline),
    ("{\"schemaVersion\": 2, \"findings\": []", noBaseline),
    ("{\"schemaVersion\": 2, \"findings\": [{\"wheel\": \"a\", \"rule\": \"pure-tag\"}]}", noBaseline),
    (
      "{\"schemaVersion\": 2, \"findings\": [{\"wheel\": \"a\", \"rule\": \"pure-tag\", \"severity\": \"bad\"}]}",
      noBaseline
    ),
    ("{\"schemaVersion\": 1, \"findings\": []}", otherVersion(1)),
    ("{\"schemaVersion\": 0, \"findings\": []}", otherVersion(0)),
    // The entries of another version may look otherwise.
    ("{\"schemaVersion\": 3, \"findings\": [{\"id\": 1}]}", otherVersion(3)),
    ("{\"schemaVersion\": 3}", otherVersion(3)),
  ]

  @Test(arguments: bad) func `what is no baseline is refused`(text: String, problem: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array(text.utf8), to: "known.json")
    let error = #expect(throws: SettingsError.self) { try Baseline(path: path) }
    #expect(error?.description == "\(path): \(problem)")
  }

  @Test func `bytes that are no text are refused`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([0xff, 0xfe, 0x00, 0x80], to: "known.json")
    let error = #expect(throws: SettingsError.self) { try Baseline(path: path) }
    #expect(error?.problem == Self.noBaseline)
  }

  @Test(arguments: ["missing.json", ""]) func `a baseline that cannot be read is refused`(name: String) throws {
    let folder = try TemporaryFolder()
    let path = name.isEmpty ? folder.url.path : folder.url.appending(path: name).path
    let error = #expect(throws: SettingsError.self) { try Baseline(path: path) }
    #expect(error?.description == "\(path): the baseline cannot be read; write one with --write-baseline")
  }

  @Test func `a report in JSON is no baseline`() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "report.json").path
    _ = try Command.run(["show", "--format", "json", "-o", path, try Fixture.wheel("overclaim")])
    let error = #expect(throws: SettingsError.self) { try Baseline(path: path) }
    #expect(error?.problem.contains("baseline") == true)
  }
}
