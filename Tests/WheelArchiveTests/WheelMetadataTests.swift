import TestSupport
import Testing
import WheelArchive
import WheelTags

@Suite struct WheelMetadataTests {
  /// Each expectation is what Python's `email.parser.Parser().parsestr(text).get_all("Tag")` says.
  @Test(arguments: [
    ("Wheel-Version: 1.0\nTag: py3-none-any\n", ["py3-none-any"]),
    ("Tag: a\nTag: b\nTag: a\n", ["a", "b", "a"]),
    ("TAG:a\ntag: \t b  \n", ["a", "b"]),
    ("Wheel-Version: 1.0\r\nTag: a\r\nTag: b\r\n", ["a", "b"]),
    ("Wheel-Version: 1.0\rTag: a\r", ["a"]),
    ("Tag: a", ["a"]),
    // An indented line belongs to the field before it.
    ("Generator: x\n Tag: a\nTag: b\n", ["b"]),
    ("Tag: cp39-abi3-\n linux_x86_64\n", ["cp39-abi3- linux_x86_64"]),
    (" Tag: a\nTag: b\n", ["b"]),
    ("Tag: a\n b\r\n\tc\rTag: d\n", ["a b\tc", "d"]),
    // The fields end at an empty line, and at one that is no field.
    ("Wheel-Version: 1.0\n\nTag: a\n", []),
    ("Wheel-Version: 1.0\r\n\r\nTag: a\r\n", []),
    ("Tag: a\nnonsense\nTag: b\n", ["a"]),
    ("Tag: a\nTag : b\nTag: c\n", ["a"]),
    // Only CR and LF end a line.
    ("Generator: x\u{2028}Tag: a\nTag: b\n", ["b"]),
    ("Generator:\u{301}\nTag: a\n", ["a"]),
    ("", []), ("\n", []), (":", []), ("Tag", []), ("Tag:", [""]),
  ])
  func `tags are read as installers read them`(text: String, tags: [String]) {
    #expect(WheelMetadata(text).tags == tags)
  }

  @Test(arguments: [
    ("Root-Is-Purelib: true\n", true), ("Root-Is-Purelib: True\n", true), ("ROOT-IS-PURELIB:TRUE\r\n", true),
    ("Root-Is-Purelib:\n true\n", true), ("Root-Is-Purelib: false\n", false), ("Root-Is-Purelib: yes\n", false),
    ("Root-Is-Purelib: 1\n", false), ("Root-Is-Purelib:\n", false), ("", false),
    ("Root-Is-Purelib: true\nRoot-Is-Purelib: false\n", true),
    ("Root-Is-Purelib: false\nRoot-Is-Purelib: true\n", false),
    ("Generator: x\n\nRoot-Is-Purelib: true\n", false),
  ])
  func `the root is purelib when the first field that says so says true`(text: String, expected: Bool) {
    #expect(WheelMetadata(text).rootIsPurelib == expected)
  }
}

@Suite struct DistInfoTests {
  private static func info(_ archive: WheelArchive) throws -> DistInfo {
    archive.distInfo(of: try WheelFilename("demo_pkg-1.0-py3-none-any.whl"))
  }

  /// Each WHEEL file has its own folder as its tag.
  private static func archive(_ folders: [String]) throws -> WheelArchive {
    let members = folders.map { Zip.Member("\($0)/WHEEL", Array("Tag: \($0)\n".utf8)) }
    let other = Zip.Member("demo_pkg/__init__.py", [])
    return try .opened([other] + members)
  }

  @Test(arguments: [
    (["demo_pkg-1.0.dist-info"], "demo_pkg-1.0.dist-info"),
    // Names are normalised differently by different tools.
    (["Demo.Pkg-1.0.dist-info"], "Demo.Pkg-1.0.dist-info"),
    // The folder that is called after the wheel counts, wherever it stands.
    (["aaa-1.0.dist-info", "demo_pkg-1.0.dist-info"], "demo_pkg-1.0.dist-info"),
    (["demo_pkg-1.0.dist-info", "zzz-1.0.dist-info"], "demo_pkg-1.0.dist-info"),
    (["demo_pkg-2.0.dist-info", "demo-pkg-1.0.dist-info"], "demo-pkg-1.0.dist-info"),
    // Without one the order of the members does not matter.
    (["zzz-1.0.dist-info", "aaa-1.0.dist-info"], "aaa-1.0.dist-info"),
    (["demo_pkg/vendored-1.0.dist-info"], nil),
    (["demo_pkg-1.0.dist-info/licenses"], nil),
    (["demo_pkg-1.0.data"], nil),
    ([], nil),
  ])
  func `the metadata is that of the folder called after the wheel`(folders: [String], chosen: String?) throws {
    let archive = try Self.archive(folders)
    #expect(try archive.metadata(try Self.info(archive), with: Inflater())?.tags == chosen.map { [$0] })
    #expect(try Self.info(archive).file("WHEEL")?.name == chosen.map { "\($0)/WHEEL" })
  }

  @Test func `a wheel under a name that is none still has its metadata`() throws {
    let archive = try Self.archive(["demo_pkg-1.0.dist-info"])
    #expect(try archive.metadata(archive.distInfo(of: nil), with: Inflater())?.tags == ["demo_pkg-1.0.dist-info"])
  }

  @Test func `text that is not UTF-8 is read with replacements`() throws {
    let text = Array("Generator: ".utf8) + [0xff] + Array("\nTag: a\n".utf8)
    let archive = try WheelArchive.opened([Zip.Member("demo_pkg-1.0.dist-info/WHEEL", text)])
    #expect(try archive.metadata(try Self.info(archive), with: Inflater())?.tags == ["a"])
  }
}
