import TestSupport
import Testing
import WheelArchive

/// The central directory and the records at the end that lead to it.
@Suite struct DirectoryTests {
  private static let members = [Zip.Member("a.txt", Array("first".utf8)), Zip.Member("b.txt", [7, 8, 9])]
  private static let good = Zip(members).bytes
  private static let large = Zip64(checksum: Zip.checksum(Array("not large at all".utf8))).bytes

  private static func refusal(_ bytes: [UInt8], _ changes: [(place: Int, byte: UInt8)]) throws -> ArchiveError {
    var bytes = bytes
    for (place, byte) in changes { bytes[bytes.count + place] = byte }
    return try #require(throws: ArchiveError.self) { try WheelArchive.opened(bytes) }
  }

  /// Fields of the end record (APPNOTE.TXT 4.3.16), from the end of the file.
  @Test(arguments: [
    ("this disk", -18, 1), ("disk of the directory", -16, 1), ("entries on this disk", -14, 1),
    ("entries on this disk, all ones", -14, 0xff), ("entries", -12, 1), ("entries", -12, 3),
    ("size of the directory", -10, 1), ("size of the directory", -8, 1), ("offset of the directory", -6, 1),
    ("offset of the directory", -3, 0xff),
  ]) func `an end record that can be read in another way is refused`(what: String, place: Int, byte: UInt8) throws {
    let error = try Self.refusal(Self.good, [(place, byte)])
    #expect(error.problem == .ambiguous && error.operation == .open)
  }

  /// Fields of the record for large archives and of its locator (APPNOTE.TXT 4.3.14 and 4.3.15), and of the end record
  /// behind them, which may say all or nothing.
  @Test(arguments: [
    ("signature", -98, 0), ("length of the record", -94, 45), ("this disk", -82, 1), ("disk of the directory", -78, 1),
    ("entries on this disk", -74, 2), ("entries", -66, 2), ("size of the directory", -58, 1),
    ("offset of the directory", -50, 1), ("disk of the record", -38, 1), ("place of the record", -34, 1),
    ("number of disks", -26, 2), ("entries in the end record", -12, 2), ("offset in the end record", -6, 7),
  ]) func `a record for large archives that can be read in another way is refused`(
    what: String, place: Int, byte: UInt8
  ) throws {
    let error = try Self.refusal(Self.large, [(place, byte)])
    #expect(error.problem == .ambiguous && error.operation == .open)
  }

  @Test func `an end record may say what that for large archives says`() throws {
    var bytes = Self.large
    bytes.replaceSubrange((bytes.count - 14)..<(bytes.count - 10), with: [1, 0, 1, 0])
    #expect(try WheelArchive.opened(bytes).members.map(\.name) == ["large.txt"])
  }

  /// One directory where the end record says, another one right before it: readers go by the one or by the other.
  @Test func `two directories are refused`() throws {
    let entry = 46 + 5
    let directory = Self.good.dropLast(22).suffix(2 * entry)
    var bytes = Self.good.dropLast(22) + directory + Self.good.suffix(22)
    #expect(try Self.refusal(Array(bytes), []).problem == .ambiguous)
    // With the offset of the second one: then the first lies behind the last member.
    withUnsafeBytes(of: UInt32(bytes.count - 22 - 2 * entry).littleEndian) {
      bytes.replaceSubrange((bytes.count - 6)..<(bytes.count - 2), with: $0)
    }
    #expect(try Self.refusal(Array(bytes), []).problem == .notContiguous)
  }

  /// The last entry (APPNOTE.TXT 4.3.12), which is 51 bytes long and ends before the end record.
  @Test(arguments: [
    ("signature", -73, 0), ("shorter name", -45, 4), ("longer name", -45, 6), ("extra field", -43, 1),
    ("comment", -41, 1), ("size", -49, 0xff),
  ]) func `an entry that is not whole is refused`(what: String, place: Int, byte: UInt8) throws {
    let large: [(Int, UInt8)] = what == "size" ? [(-48, 0xff), (-47, 0xff), (-46, 0xff)] : []
    let error = try Self.refusal(Self.good, [(place, byte)] + large)
    #expect([.damagedDirectory, .ambiguous].contains(error.problem))
  }

  @Test(
    arguments: [
      ("field that is too long", [9, 9, 5, 0, 1]), ("two fields of large numbers", [1, 0, 0, 0, 1, 0, 0, 0]),
    ] as [(String, [UInt8])]) func `an extra field that is read in more than one way is refused`(
      what: String, extra: [UInt8]
    ) throws
  {
    var (inDirectory, local) = (Self.members[0], Self.members[0])
    inDirectory.extra = extra
    local.localExtra = extra
    #expect(try Self.refusal(Zip([inDirectory]).bytes, []).problem == .damagedDirectory)
    #expect(try Self.refusal(Zip([local]).bytes, []).problem == .contradictoryHeaders)
  }

  @Test(arguments: [[], [0], [0, 0, 0], [9, 9, 0, 0], [9, 9, 1, 0, 7, 0, 0]] as [[UInt8]])
  func `an extra field of a kind that says nothing of the member changes nothing`(extra: [UInt8]) throws {
    var member = Self.members[0]
    (member.extra, member.localExtra) = (extra, extra)
    #expect(try WheelArchive.opened([member]).contents(of: "a.txt") == Array("first".utf8))
  }

  /// Python refuses the whole archive for the one, and to read the member for the other.
  @Test func `a member that needs more than installers can is refused`() throws {
    let newer = try Self.refusal(Self.good, [(-67, 64)])
    #expect(newer.problem == .unsupportedFeature("version 6.4 of the zip format") && newer.member == "b.txt")
    var patch = Self.members[1]
    patch.flags |= 1 << 5
    let error = try #require(throws: ArchiveError.self) { try WheelArchive.opened([patch]) }
    #expect(error.problem == .unsupportedFeature("patched data") && error.member == "b.txt")
  }

  /// Members are listed in the order of the directory, wherever they lie.
  @Test func `a directory in another order than the members lists them in its own`() throws {
    let entries = [Self.good.dropLast(22 + 51).suffix(51), Self.good.dropLast(22).suffix(51)]
    let bytes = Self.good.dropLast(22 + 102) + entries[1] + entries[0] + Self.good.suffix(22)
    let archive = try WheelArchive.opened(Array(bytes))
    #expect(archive.members.map(\.name) == ["b.txt", "a.txt"])
    #expect(try archive.contents(of: "a.txt") == Array("first".utf8))
    #expect(try archive.contents(of: "b.txt") == [7, 8, 9])
  }

  /// With sizes on both sides of what one read takes of headers that lie close together.
  @Test(arguments: [0, 10, 3000, 4000, 4090, 5000, 20_000]) func `members of any size are found`(size: Int) throws {
    let members = (0..<20).map { Zip.Member("m\($0)", [UInt8](repeating: UInt8($0), count: size + $0)) }
    let archive = try WheelArchive.opened(members)
    for member in members {
      #expect(try archive.contents(of: String(decoding: member.name, as: UTF8.self)) == member.data)
    }
  }
}

/// Names that some readers take for one.
@Suite struct DuplicateNameTests {
  private static func member(_ name: [UInt8], isFlagged: Bool) -> Zip.Member {
    var member = Zip.Member(name: name, [1])
    if !isFlagged { member.flags = 0 }
    return member
  }

  /// Without the flag Python reads a name in code page 437, where 0x82 is "é" and "é" in UTF-8 is "├⌐".
  @Test(
    arguments: [
      ([0x82], false, Array("é".utf8), true, true), (Array("é".utf8), false, Array("é".utf8), true, true),
      (Array("é".utf8), false, Array("├⌐".utf8), true, true), ([0xff], false, [0xff], false, true),
      (Array("a".utf8), false, Array("a".utf8), true, true), ([0x82], false, [0x83], false, false),
      (Array("é".utf8), true, Array("├⌐".utf8), true, false), (Array("a".utf8), false, Array("A".utf8), false, false),
      ([0x80], false, [0xff], false, false),
    ] as [([UInt8], Bool, [UInt8], Bool, Bool)])
  func `members that one reader or another keeps under one name are refused`(
    one: [UInt8], isOneFlagged: Bool, other: [UInt8], isOtherFlagged: Bool, areSame: Bool
  ) throws {
    let members = [Self.member(one, isFlagged: isOneFlagged), Self.member(other, isFlagged: isOtherFlagged)]
    if areSame {
      let error = try #require(throws: ArchiveError.self) { try WheelArchive.opened(members) }
      #expect(error.problem == .duplicateNames)
    } else {
      #expect(try WheelArchive.opened(members).members.count == 2)
    }
  }

  /// Of names beyond ASCII the flag decides what they are, so that both headers must have it or neither.
  @Test(arguments: [("é.so", false), ("e.so", true)]) func `a local header must not disagree on what a name is in`(
    name: String, isSound: Bool
  ) throws {
    var bytes = Zip([Zip.Member(name, [1])]).bytes
    bytes[7] ^= 1 << 3
    if isSound {
      #expect(try WheelArchive.opened(bytes).members.map(\.name) == [name])
    } else {
      let error = try #require(throws: ArchiveError.self) { try WheelArchive.opened(bytes) }
      #expect(error.problem == .contradictoryHeaders)
    }
  }
}
