import ELFReading
import TestSupport
import Testing
import WheelAudit
import WheelTags

/// Which libc an object is tied to, and what a tag says of it.
@Suite struct LibcTests {
  private static let manylinux = "manylinux_2_34_x86_64"
  private static let musllinux = "musllinux_1_2_x86_64"

  /// The loader in PT_INTERP decides; without one, the libraries needed.
  private static let ties: [(interpreter: String?, needed: [String], version: String?, libc: Libc?)] = [
    ("/lib64/ld-linux-x86-64.so.2", [], nil, .glibc), ("/lib/ld-musl-x86_64.so.1", [], nil, .musl),
    ("/lib/ld-musl-x86_64.so.1", ["libc.so.6"], "GLIBC_2.4", .musl),
    ("/lib64/ld-linux-x86-64.so.2", ["libc.so"], nil, .glibc),
    (nil, ["libm.so.6", "libc.so.6"], "GLIBC_2.4", .glibc), (nil, ["libm.so.6", "libc.so.6"], nil, nil),
    (nil, ["libstdc++.so.6", "libc.so.6"], "GLIBCXX_3.4", nil),
    (nil, ["ld-linux-aarch64.so.1"], nil, .glibc), (nil, ["ld64.so.2"], nil, .glibc),
    (nil, ["libc.musl-x86_64.so.1"], nil, .musl), (nil, ["libc.so"], nil, .musl),
    (nil, ["ld-musl-aarch64.so.1"], nil, .musl), (nil, ["libz.so.1"], nil, nil), (nil, [], nil, nil),
  ]

  @Test(arguments: ties) func `an object's libc is told by its loader, else by what it needs`(
    interpreter: String?, needed: [String], version: String?, libc: Libc?
  ) {
    var file = ELFObject.sharedObject
    file.interpreter = interpreter
    file.needed = needed
    file.versionNeeds = [version].compactMap { $0 }.map {
      VersionNeed(library: needed.last ?? "", version: $0, isWeak: false)
    }
    #expect(WheelObject(path: "a.so", file: file).libc == libc)
  }

  @Test(arguments: ["musl_arch.abi3.so", "musl_plain.abi3.so", "tool-musl"])
  func `a musl object breaks a manylinux tag`(object: String) throws {
    let report = try audit(Self.manylinux, ["demo/a": object])
    #expect(report.said(.mixedLibc) == ["error mixed-libc demo/a \(Self.manylinux)"])
    #expect(report.claims == ["-\(Self.manylinux)"])
  }

  @Test(arguments: ["baseline.abi3.so", "tool-old"])
  func `a glibc object breaks a musllinux tag`(object: String) throws {
    let report = try audit(Self.musllinux, ["demo/a": object])
    #expect(report.said(.mixedLibc) == ["error mixed-libc demo/a \(Self.musllinux)"])
    #expect(report.claims == ["-\(Self.musllinux)"])
  }

  @Test(arguments: [("baseline.abi3.so", [true, false]), ("musl_arch.abi3.so", [false, true])])
  func `each tag is judged by itself`(object: String, kept: [Bool]) throws {
    let report = try audit("\(Self.manylinux).\(Self.musllinux)", ["demo/a.so": object])
    #expect(report.audit?.claims.map(\.isSatisfied) == kept)
    #expect(report.status == .violations)
  }

  @Test func `objects of both libcs break every tag, and none is left`() throws {
    let report = try audit(
      "\(Self.manylinux).\(Self.musllinux)", ["demo/a.so": "baseline.abi3.so", "demo/b.so": "musl_arch.abi3.so"])
    #expect(
      report.said(.mixedLibc) == [
        "error mixed-libc demo/a.so \(Self.musllinux)", "error mixed-libc demo/b.so \(Self.manylinux)",
      ])
    #expect(report.claims == ["-\(Self.manylinux)", "-\(Self.musllinux)"])
    #expect(report.minimalTag == "linux_x86_64")
  }

  @Test(arguments: ["tool-static", "tool-static-pie"])
  func `a static program satisfies both`(object: String) throws {
    let report = try audit("\(Self.manylinux).\(Self.musllinux)", ["demo-1.0.data/scripts/tool": object])
    #expect(report.claims == ["+\(Self.manylinux)", "+\(Self.musllinux)"])
    #expect(report.status == .clean)
    #expect(report.libcFloor == nil)
  }

  @Test func `an object that names glibc's libraries without versions is for both`() throws {
    let report = try audit("\(Self.manylinux).\(Self.musllinux)", ["demo/any_libc.abi3.so": "any_libc.abi3.so"])
    #expect(report.claims == ["+\(Self.manylinux)", "+\(Self.musllinux)"])
    let alone = try audit(Self.musllinux, ["demo/any_libc.abi3.so": "any_libc.abi3.so"])
    #expect(alone.audit?.libc == .musl && alone.said.isEmpty)
  }

  @Test func `the symbols of musl are asked for though the tags speak of glibc`() throws {
    let report = try audit("linux_x86_64", ["demo/a.so": "musl_reallocarray.abi3.so"])
    #expect(report.audit?.libc == .musl)
    #expect(report.minimalTag == Self.musllinux)
  }

  /// An object that names no libc loads with each, if each has what it asks for.
  @Test(arguments: [
    ("manylinux_2_17_x86_64.musllinux_1_2_x86_64", ["+manylinux_2_17_x86_64", "-musllinux_1_2_x86_64"]),
    ("musllinux_1_2_x86_64.manylinux_2_17_x86_64", ["-musllinux_1_2_x86_64", "+manylinux_2_17_x86_64"]),
    ("musllinux_1_2_x86_64", ["-musllinux_1_2_x86_64"]), ("manylinux_2_17_x86_64", ["+manylinux_2_17_x86_64"]),
  ])
  func `an object that is tied to no libc is judged under that of each tag`(platform: String, claims: [String]) throws {
    let report = try audit(platform, ["demo/untied.abi3.so": "untied.abi3.so"])
    #expect(report.claims == claims)
    let broken = claims.filter { $0.hasPrefix("-") }.map { $0.dropFirst() }
    #expect(
      report.findings.filter { $0.severity == .error }.map(\.line)
        == broken.map { "error glibc-symbol demo/untied.abi3.so libc.so backtrace_symbols \($0)" })
  }
}
