import TestSupport
import Testing
import WheelArchive

@Suite struct ArchiveReadingTests {
  @Test(arguments: [false, true])
  func `stored and deflated members give their contents`(isDeflated: Bool) throws {
    let folder = try TemporaryFolder()
    let text = Array(String(repeating: "true wheels run straight. ", count: 1000).utf8)
    let member = Zip.Member("a/b.txt", text)
    let path = try folder.write(Zip([isDeflated ? member.deflated : member]).bytes, to: "a.whl")
    let archive = try WheelArchive(path: path)
    #expect(archive.members.map(\.name) == ["a/b.txt"])
    #expect(try archive.contents(archive.members[0]) == text)
  }
}
