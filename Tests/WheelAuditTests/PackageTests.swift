import BuildProfiles
import TestSupport
import Testing

@testable import WheelAudit

/// What installers refuse a wheel for; what pip, uv and installer do with each is in Tests/Conformance/pypi.tsv.
@Suite struct PackageTests {
  private static let info = "demo-1.0.dist-info"

  @Test(arguments: ["any", "manylinux_2_17_x86_64", "win_amd64"])
  func `a wheel that is as it says has no finding, whether or not there is an object in it`(platform: String) throws {
    let report = try audit(platform) { $0.add("demo/__init__.py", []) }
    #expect(report.said.isEmpty && report.status == .skipped)
  }

  @Test(arguments: ["any", "manylinux_2_17_x86_64", "win_amd64"])
  func `a wheel without RECORD cannot be installed`(platform: String) throws {
    let report = try audit(platform) { $0.hasRecord = false }
    #expect(report.said == ["error record-missing"])
    #expect(report.status == .violations && report.audit == nil)
    #expect(report.outcome.description == "cannot be installed (no ELF objects)")
  }

  /// A tag is about systems: what is wrong with the package is told beside its claims.
  @Test func `a wheel with objects keeps its claims and cannot be installed`() throws {
    let report = try audit("manylinux_2_17_x86_64", ["demo/a.so": "baseline.abi3.so"]) { $0.hasRecord = false }
    #expect(report.said == ["error record-missing"])
    #expect(report.claims == ["+manylinux_2_17_x86_64"] && report.status == .violations)
    #expect(report.outcome.description == "keeps its claim, but cannot be installed")
    let broken = try audit("manylinux_2_17_x86_64", ["demo/a.abi3.so": "modern.abi3.so"]) { $0.hasRecord = false }
    #expect(broken.outcome.description == "breaks its claim, and cannot be installed")
    #expect(broken.claims == ["-manylinux_2_17_x86_64"])
  }

  @Test func `a rule that is ignored breaks nothing and is told`() throws {
    let report = try audit("any", options: .init(ignore: [.recordMissing])) { $0.hasRecord = false }
    #expect(report.findings.isEmpty && report.ignoredRules == [.recordMissing] && report.status == .skipped)
  }

  @Test(arguments: [
    ("demo/gone.py,,\n", ["warning record-mismatch demo/gone.py"]),
    ("demo/gone.py,\n", ["error record-missing \(info)/RECORD", "warning record-mismatch demo/gone.py"]),
    ("\n", ["error record-missing \(info)/RECORD"]),
    ("../../evil.py,,\n", ["warning record-mismatch ../../evil.py"]), ("\(info)/RECORD,,\n", []),
  ])
  func `RECORD is compared with the archive`(more: String, said: [String]) throws {
    let report = try audit("any") { $0.record = { $0 + more } }
    #expect(report.said == said)
  }

  @Test func `warnings of RECORD are raised like others`() throws {
    let report = try audit("any", options: .init(isStrict: true)) { $0.record = { $0 + "demo/gone.py,,\n" } }
    #expect(report.status == .violations)
    #expect(report.outcome.description == "has warnings that are not allowed (no ELF objects)")
  }

  @Test func `of many names the first are told, and how many more there are`() throws {
    let report = try audit("any") { $0.record = { $0 + (0..<60).map { "demo/gone\($0).py,,\n" }.joined() } }
    #expect(report.said.count == 51)
    #expect(report.findings.contains { $0.object == nil && $0.message.hasSuffix("10 more") })
  }

  private typealias Change = @Sendable (inout WheelBuilder) -> Void

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let says: String
    let change: @Sendable (inout WheelBuilder) -> Void

    var testDescription: String { name }
  }

  @Test(arguments: [
    Case(name: "no folder", says: "no .dist-info folder") { $0.hasMetadata = false },
    Case(name: "two folders", says: "more than one .dist-info folder") { $0.add("other-1.0.dist-info/METADATA", []) },
    Case(name: "a file like a folder", says: "more than one .dist-info folder") { $0.add("other.dist-info", []) },
    Case(name: "another project", says: "does not begin with the name of the project") { wheel in
      wheel.hasMetadata = false
      for file in ["WHEEL", "METADATA", "RECORD"] { wheel.add("other-1.0.dist-info/\(file)", []) }
    },
    Case(name: "another format", says: "installers know version 1 only") { $0.wheelVersion = "2.0" },
    Case(name: "format 10", says: "installers know version 1 only") { $0.wheelVersion = "10.0" },
    Case(name: "no number", says: "is no number") { $0.wheelVersion = "1.x" },
    Case(name: "no format", says: "does not state Wheel-Version") { $0.add("\(info)/WHEEL", Array("Tag: a\n".utf8)) },
    Case(name: "another name", says: "that of other") {
      $0.add("\(info)/METADATA", Array("Metadata-Version: 2.4\nName: other\nVersion: 1.0\n".utf8))
    },
    Case(name: "another version", says: "that of version 1.0.1") {
      $0.add("\(info)/METADATA", Array("Metadata-Version: 2.4\nName: demo\nVersion: 1.0.1\n".utf8))
    },
    Case(name: "no fields", says: "states no Name") { $0.add("\(info)/METADATA", []) },
    Case(name: "a version that is none", says: "is none (PEP 440)") { $0.name = "demo-one-py3-none-any.whl" },
    Case(name: "a name that is none", says: "single underscores") { $0.name = "demo__one-1.0-py3-none-any.whl" },
    Case(name: "a script outside", says: "with a path") {
      $0.add("\(info)/entry_points.txt", Array("[console_scripts]\n../demo = demo:run\n".utf8))
    },
    Case(name: "entry points that are none", says: "line 1") {
      $0.add("\(info)/entry_points.txt", Array("demo\n".utf8))
    },
  ])
  func `what installers refuse is an error`(wheel: Case) throws {
    let report = try audit("any", configure: wheel.change)
    #expect(report.status == .violations)
    #expect(
      report.findings.contains { $0.rule == .notInstallable && $0.message.contains(wheel.says) }, "\(report.findings)")
  }

  @Test(arguments: [
    Case(name: "1.9", says: "") { $0.wheelVersion = "1.9" },
    Case(name: "another spelling of the name", says: "") {
      $0.name = "Demo.One-1.0-py3-none-any.whl"
      $0.add("Demo.One-1.0.dist-info/METADATA", Array("Metadata-Version: 2.4\nName: demo-one\nVersion: 1.0.0\n".utf8))
    },
    Case(name: "entry points", says: "") {
      $0.add("\(info)/entry_points.txt", Array("[console_scripts]\ndemo = demo:run\n".utf8))
    },
    Case(name: "vendored metadata", says: "") { $0.add("demo/_vendor/other-1.0.dist-info/METADATA", []) },
  ])
  func `what installers take is none`(wheel: Case) throws {
    let report = try audit("any", configure: wheel.change)
    #expect(!report.findings.contains { $0.severity == .error }, "\(report.findings)")
  }
}
