import TestSupport
import Testing
import WheelArchive

@Suite struct WheelMetadataTests {
  @Test(arguments: ["\n", "\r\n"])
  func `tags and the root are read from the lines of WHEEL`(newline: String) {
    let lines = [
      "Wheel-Version: 1.0", "Root-Is-Purelib: true", "Tag: cp39-abi3-linux_x86_64", "tag:cp310-abi3-linux_x86_64  ",
      "no colon", "",
    ]
    let metadata = WheelMetadata(lines.joined(separator: newline))
    #expect(metadata.rootIsPurelib)
    #expect(metadata.tags == ["cp39-abi3-linux_x86_64", "cp310-abi3-linux_x86_64"])
  }

  @Test(arguments: [("true", true), ("True", true), ("TRUE ", true), ("false", false), ("yes", false), ("", false)])
  func `the root is purelib only where it says true`(value: String, isPurelib: Bool) {
    #expect(WheelMetadata("Root-Is-Purelib: \(value)\n").rootIsPurelib == isPurelib)
  }

  @Test func `an archive with two metadata folders is refused, since nothing says which one counts`() throws {
    let folder = try TemporaryFolder()
    let zip = Zip(["a-1.dist-info/WHEEL", "b-1.dist-info/WHEEL"].map { Zip.Member($0, []) })
    let archive = try WheelArchive(path: folder.write(zip.bytes, to: "a.whl"))
    let error = #expect(throws: ArchiveError.self) { try archive.metadata() }
    #expect(error?.problem == .severalMetadataFolders)
    #expect(error?.member == "b-1.dist-info/WHEEL")
  }

  @Test func `an archive without WHEEL has no metadata`() throws {
    let folder = try TemporaryFolder()
    let zip = Zip([Zip.Member("a/b.dist-info/WHEEL", Array("Tag: deep".utf8)), Zip.Member("WHEEL", [])])
    #expect(try WheelArchive(path: folder.write(zip.bytes, to: "a.whl")).metadata() == nil)
  }
}
