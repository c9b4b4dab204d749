import TestSupport
import Testing
import WheelAudit

/// What of a wheel is audited: what an installer would unpack, whatever it is called.
@Suite struct AuditedMembersTests {
  private static let claim = "manylinux_2_17_x86_64"

  @Test(arguments: [
    "demo/modern.abi3.so", "demo/modern.py", "demo/modern", "demo/data.bin", "modern.so.1.2.3",
    "demo-1.0.data/platlib/demo/modern.so", "demo-1.0.data/purelib/demo/modern.so", "demo-1.0.data/scripts/modern",
    "demo-1.0.data/data/lib/modern.so", "demo-1.0.dist-info/modern.txt",
  ])
  func `an object is audited wherever it lies and whatever it is called`(path: String) throws {
    let report = try audit(Self.claim, [path: "modern.abi3.so"])
    #expect(report.audit?.objects.map(\.path) == [path])
    #expect(
      report.said(.symbolVersion) == ["error symbol-version \(path) libc.so.6 pthread_create@GLIBC_2.34 \(Self.claim)"])
    #expect(report.status == .violations)
  }

  @Test(arguments: ["", "demo/__init__.py,,\n"])
  func `an object is audited though RECORD does not list it`(record: String) throws {
    let report = try audit(Self.claim, ["demo/modern.abi3.so": "modern.abi3.so"]) {
      $0.add("demo-1.0.dist-info/RECORD", Array(record.utf8))
    }
    #expect(report.status == .violations)
  }

  @Test func `a program is audited like a library`() throws {
    let report = try audit(Self.claim, ["demo-1.0.data/scripts/tool": "tool"])
    #expect(report.requirements(.symbolVersion) == ["symbolVersion libc.so.6 GLIBC_2.34 __libc_start_main ≥ 2.34"])
    #expect(report.claims == ["-\(Self.claim)"])
  }

  @Test(arguments: ["relocatable.o", "archive.a"])
  func `what nothing loads is noted and not judged`(object: String) throws {
    let report = try audit(
      "manylinux_2_5_x86_64", ["demo/baseline.abi3.so": "baseline.abi3.so", "demo/\(object)": object])
    #expect(report.said == ["note unjudged-object demo/\(object)"])
    #expect(report.status == .clean)
    #expect(report.audit?.objects.map(\.path) == ["demo/baseline.abi3.so"])
  }

  @Test(arguments: ["relocatable.o", "archive.a"])
  func `a wheel in which nothing was judged is no success`(object: String) throws {
    let report = try audit(Self.claim, ["demo/\(object)": object])
    #expect(report.status == .skipped)
    #expect(report.audit == nil)
    #expect(report.said == ["note unjudged-object demo/\(object)"])
  }

  @Test func `a wheel without objects is skipped`() throws {
    let report = Auditor(.init()).audit(path: try Fixture.wheel("pure"))
    #expect(report.status == .skipped)
    #expect(report.audit == nil)
    #expect(report.findings.isEmpty)
  }

  /// The ELF header of 64-bit files takes 64 bytes (gABI, "ELF Header"); each count below cuts something else off.
  @Test(arguments: [63, 64, 120, 300])
  func `a truncated object makes the wheel unreadable and is named`(count: Int) throws {
    let whole = try Fixture.object("modern.abi3.so")
    let report = try audit(Self.claim, ["demo/baseline.abi3.so": "baseline.abi3.so"]) {
      $0.add("demo/broken.so", Array(whole.prefix(count)))
    }
    #expect(report.status == .unreadable)
    #expect(report.audit == nil)
    #expect(report.said == ["error unreadable demo/broken.so"])
    #expect(report.findings.first?.message.contains("demo/broken.so") == true)
  }

  @Test func `what merely resembles ELF is no object`() throws {
    let report = try audit(Self.claim) {
      $0.add("demo/a", Array("ELF".utf8) + [UInt8](repeating: 0, count: 100))
      $0.add("demo/b", [0x7f] + Array("ELG".utf8) + [UInt8](repeating: 0, count: 100))
    }
    #expect(report.status == .skipped)
  }

  @Test(arguments: ["no wheel at all.txt", "demo-1.0.whl"])
  func `a name of another form makes the wheel unreadable`(name: String) throws {
    let report = try audit(Self.claim, ["demo/baseline.abi3.so": "baseline.abi3.so"]) { $0.name = name }
    #expect(report.said == ["error unreadable"])
    #expect(report.status == .unreadable)
  }

  /// A pattern that the shell found nothing for arrives as it is.
  @Test(arguments: ["/nonexistent/demo-1.0-py3-none-any.whl", "/nonexistent/*.whl"])
  func `a file that does not exist is unreadable, whatever it is called`(path: String) {
    let report = Auditor(.init()).audit(path: path)
    #expect(report.status == .unreadable)
    #expect(report.findings.first?.message.contains("no such file") == true)
  }

  @Test func `the order of members does not show`() throws {
    let first = try audit(Self.claim, ["a.so": "modern.abi3.so", "b.so": "several_versions.abi3.so"])
    let second = try audit(Self.claim, ["b.so": "several_versions.abi3.so", "a.so": "modern.abi3.so"])
    #expect(first.findings == second.findings)
    #expect(first.audit?.requirements == second.audit?.requirements)
  }
}
