import TestSupport
import Testing

@testable import WheelAudit

/// Where installers put the members of a wheel (binary distribution format, "Installing a wheel"; tried with pip).
@Suite struct PlaceTests {
  private func audit(_ paths: [String]) throws -> WheelReport {
    try WheelAuditTests.audit("manylinux_2_17_x86_64", ["demo/a.abi3.so": "baseline.abi3.so"]) { wheel in
      for path in paths { wheel.add(path, path.hasSuffix("/") ? [] : [0]) }
    }
  }

  @Test(arguments: [
    ["demo/b.txt", "demo/./b.txt"], ["demo/b.txt", "demo//b.txt"], ["demo/b.txt", "demo/c/../b.txt"],
    ["demo/b.txt", "demo-1.0.data/platlib/demo/b.txt"], ["demo/b.txt", "demo-1.0.data/purelib/demo/b.txt"],
    ["demo-1.0.data/scripts/b", "demo-1.0.data/data/bin/b"], ["demo/a.abi3.so/b.txt"], ["../b.txt"], ["/b.txt"],
    ["demo/../../b.txt"], ["demo-1.0.data/b.txt"], ["demo-1.0.data/elsewhere/b.txt"], ["other-1.0.data/platlib/b.txt"],
  ])
  func `a member of which it depends on the installer where it lies makes the wheel unreadable`(
    paths: [String]
  ) throws {
    let report = try audit(paths)
    #expect(report.status == .unreadable)
    #expect(report.findings.map(\.object) == [paths.last])
  }

  @Test(arguments: [
    ["demo/b.txt", "demo/B.txt"], ["demo/b.txt", "demo-1.0.data/data/demo/b.txt"],
    ["demo-1.0.data/scripts/b", "demo-1.0.data/platlib/bin/b"], ["demo/", "demo/c/", "demo/c/b.txt"],
    ["demo/.hidden", "demo/..b"],
  ])
  func `members at places of their own are read`(paths: [String]) throws {
    #expect(try audit(paths).status == .clean)
  }

  /// Each row: a member, its root, and its folder below that.
  @Test(arguments: [
    ("demo/b.so", InstalledPlace.Root.packages, "demo"), ("demo-1.0.data/platlib/demo/b.so", .packages, "demo"),
    ("demo-1.0.data/scripts/b.so", .prefix, "bin"), ("demo-1.0.data/data/lib/b.so", .prefix, "lib"),
    ("demo-1.0.data/headers/x/b.so", .headers, "x"), ("demo/./c/../b.so", .packages, "demo"),
  ])
  func `scripts are installed beside what is data`(member: String, root: InstalledPlace.Root, folder: String) {
    let place = InstalledPlace(member: member)
    #expect((place.root, place.folder, place.name) == (root, folder, "b.so"))
  }

  /// Each row: the first bytes of a file called like a library, and what it is.
  @Test(
    arguments: [
      ([], PlainFile.Kind.empty), ([0xcf, 0xfa, 0xed, 0xfe, 7, 0], .machO), ([0xca, 0xfe, 0xba, 0xbe, 0], .machO),
      (Array("MZ\u{0}\u{1}".utf8), .windows), (Array("!<arch>\n".utf8), .staticLibrary),
      (Array("/* GNU ld script */\nGROUP ( libc.so.6 )".utf8), .linkerScript),
      (Array("INPUT(-lz)".utf8), .linkerScript),
      (Array("version https://git-lfs.github.com/spec/v1\n".utf8), .largeFilePointer), (Array("libz.so.1".utf8), .link),
      (Array("../lib/z\n".utf8), .link), (Array("some text of many words".utf8), .other),
    ] as [([UInt8], PlainFile.Kind)])
  func `a file that is not ELF is known by its first bytes`(bytes: [UInt8], kind: PlainFile.Kind) {
    #expect(PlainFile.Kind(beginning: bytes, size: UInt64(bytes.count), mode: nil) == kind)
  }

  /// A symbolic link that the archive calls one, whatever its text.
  @Test func `the mode of a member may say that it is a link`() {
    #expect(PlainFile.Kind(beginning: [0x41, 0x20], size: 2, mode: 0o120777) == .link)
  }

  @Test(arguments: [4, 48, 51]) func `what begins like ELF and is too short for it is unreadable`(size: Int) throws {
    let report = try WheelAuditTests.audit("manylinux_2_17_x86_64", ["demo/a.abi3.so": "baseline.abi3.so"]) {
      $0.add("demo/data.bin", Array(([0x7f, 0x45, 0x4c, 0x46] + [UInt8](repeating: 1, count: 60)).prefix(size)))
    }
    #expect(report.status == .unreadable)
    #expect(report.findings.map(\.object) == ["demo/data.bin"])
  }
}
