import TestSupport
import Testing
import WheelArchive

/// Archives whose parts do not fit together, or only in the eyes of some readers.
@Suite struct ArchiveStructureTests {
  private static let good = [Zip.Member("a.txt", Array("first".utf8)), Zip.Member("b.txt", Array("second".utf8))]

  private static func refusal(_ bytes: [UInt8]) throws -> ArchiveError {
    let error = try #require(throws: ArchiveError.self) { try WheelArchive.opened(bytes) }
    #expect(error.operation == .open || error.operation == .list)
    return error
  }

  @Test(arguments: [
    "../../etc/evil.so", "/abs/evil.so", "C:\\evil.so", "a//b.so", "./a.so", "-rf.so", "caf\u{e9}.so", "a\nb.so",
    "a b.so",
    "\u{202e}os.a", "demo-1.0.data/../evil.so", "folder/",
  ])
  func `a member of any name is listed under it`(name: String) throws {
    let archive = try WheelArchive.opened([Zip.Member(name, Array("contents".utf8))] + Self.good)
    #expect(archive.members.map(\.name) == [name, "a.txt", "b.txt"])
    #expect(try archive.contents(of: name) == Array("contents".utf8))
  }

  @Test func `a name without the flag for UTF-8 is in code page 437`() throws {
    var member = Zip.Member(name: [0x61, 0xff, 0x2e, 0x73, 0x6f], [1, 2, 3])
    // Bit 11 says that the name is UTF-8 (APPNOTE.TXT 4.4.4), and of this one that would be a lie.
    _ = try Self.refusal(Zip([member]).bytes)
    member.flags = 0
    let archive = try WheelArchive.opened([member])
    #expect(archive.members.map(\.name) == ["a\u{a0}.so"])
    #expect(try archive.contents(of: "a\u{a0}.so") == [1, 2, 3])
  }

  /// Python cuts a name at NUL, which could make a folder of a file or two members of one; others refuse it.
  ///
  /// NUL stands here as 0: test runners cannot print it.
  @Test(arguments: ["mod.so0.txt", "mod.so0/", "folder/0.so", "0mod.so", "0"])
  func `a name with NUL is refused`(name: String) throws {
    let name = name.replacing("0", with: "\0")
    let error = try Self.refusal(Zip([Zip.Member("a", [1]), Zip.Member(name, Array("contents".utf8))]).bytes)
    #expect(error.problem == .nulInName && error.member == name)
  }

  @Test(arguments: ["", "\n", "a"])
  func `a name as short as can be is a name`(name: String) throws {
    let archive = try WheelArchive.opened([Zip.Member(name, [7])])
    #expect(archive.members.map(\.name) == [name])
    #expect(try archive.contents(of: name) == [7])
  }

  /// Which of the two an installer leaves on disk depends on the installer.
  @Test func `two members of the same name are refused`() throws {
    let twice = [Zip.Member("mod.so", [1]), Zip.Member("mod.so", [2])]
    let error = try Self.refusal(Zip(twice).bytes)
    #expect(error.problem == .duplicateNames && error.member == "mod.so")
  }

  /// Readers that go through the file from its start see the one name, those that go by the directory the other.
  @Test(arguments: ["x.so", "b.so\0", "B.so", "b.s", "b.so/", ""])
  func `a local header that names another file is refused`(localName: String) throws {
    var member = Zip.Member("b.so", [1, 2, 3])
    member.localName = Array(localName.utf8)
    #expect(try Self.refusal(Zip([Zip.Member("a", [1]), member]).bytes).problem == .contradictoryHeaders)
  }

  /// Members that share their data: the same header, or one header inside the data of another.
  @Test func `two entries for one local header are refused`() throws {
    var second = Zip.Member("b.txt", Array("first".utf8))
    second.offset = 0
    _ = try Self.refusal(Zip([Zip.Member("a.txt", Array("first".utf8)), second]).bytes)
  }

  @Test(arguments: [0, 1, 3, 200, 65_535] as [UInt16])
  func `a directory with another number of entries than declared is refused`(count: UInt16) throws {
    var zip = Zip(Self.good)
    zip.declaredCount = count
    _ = try Self.refusal(zip.bytes)
  }

  @Test(arguments: [1, 22, 1000, 65_535])
  func `a comment changes nothing`(count: Int) throws {
    var zip = Zip(Self.good)
    zip.comment = [UInt8](repeating: 0x50, count: count)
    let archive = try WheelArchive.opened(zip.bytes)
    #expect(archive.members.map(\.name) == ["a.txt", "b.txt"])
    #expect(try archive.contents(of: "b.txt") == Array("second".utf8))
  }

  @Test(arguments: [1, 21, 22, 100, 70_000])
  func `data behind the end of the archive is refused`(count: Int) throws {
    _ = try Self.refusal(Zip(Self.good).bytes + [UInt8](repeating: 0, count: count))
  }

  @Test(arguments: [1, 100, 70_000])
  func `data before the archive is refused when the offsets do not allow for it`(count: Int) throws {
    _ = try Self.refusal([UInt8](repeating: 0, count: count) + Zip(Self.good).bytes)
  }

  /// One file that is two archives: the second one lies in the comment of the first, and each is sound by itself.
  private static func nested(size: Int) -> [UInt8] {
    var first = Zip([Zip.Member("seen.py", [UInt8](repeating: 1, count: 500))])
    var second = Zip.Member("hidden.so", [UInt8](repeating: 2, count: size))
    // Offsets count from the beginning of the file.
    let start = UInt32(first.bytes.count)
    second.offset = start
    first.comment = Zip([second]).bytes
    // Where the directory of the second begins stands 6 bytes before its end.
    let directory = start + UInt32(30 + second.name.count + size)
    let field = first.comment.count - 6
    withUnsafeBytes(of: directory.littleEndian) { first.comment.replaceSubrange(field..<field + 4, with: $0) }
    return first.bytes
  }

  /// Python takes the last archive; libzip takes the one that covers more of the file.
  @Test(arguments: [50, 5000]) func `an archive in the comment of another is refused`(size: Int) throws {
    #expect(try Self.refusal(Self.nested(size: size)).problem == .ambiguous)
  }

  /// An installer that reads the file from its start installs what the directory does not list.
  @Test func `a member that the directory does not list is refused`() throws {
    let hidden = Zip.Member("hidden.so", [1, 2, 3])
    var members = Self.good
    members[0].data += Zip([hidden]).bytes[..<(30 + hidden.name.count + hidden.data.count)]
    #expect(try Self.refusal(Zip(members).bytes).problem == .notContiguous)
  }

  @Test(arguments: [1, 12, 16, 24, 30, 1000], [0, 1])
  func `bytes behind a member that nothing explains are refused`(count: Int, member: Int) throws {
    var members = Self.good
    members[member].data += [UInt8](repeating: 0, count: count)
    #expect(try Self.refusal(Zip(members).bytes).problem == .notContiguous)
  }

  @Test func `a comment that looks like an end record is refused`() throws {
    var zip = Zip(Self.good)
    zip.comment = Zip([]).bytes
    #expect(try Self.refusal(zip.bytes).problem == .ambiguous)
  }
}
