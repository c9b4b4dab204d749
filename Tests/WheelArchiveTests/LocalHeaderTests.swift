import TestSupport
import Testing
import WheelArchive

/// Local headers, which some readers go by, beside the directory, which others go by.
@Suite struct LocalHeaderTests {
  private static let members = [Zip.Member("a.txt", Array("first".utf8)).deflated, Zip.Member("b.txt", [7, 8, 9])]

  /// The archive with other bytes at a place of its first local header.
  private static func archive(_ flags: UInt16 = 0, _ changes: [(place: Int, bytes: [UInt8])]) -> [UInt8] {
    var members = members
    members[0].flags |= flags
    if flags & 1 << 3 != 0 { members[0].addDescriptor(signed: true, width: 4) }
    var bytes = Zip(members).bytes
    for (place, new) in changes { bytes.replaceSubrange(place..<(place + new.count), with: new) }
    return bytes
  }

  /// Places in a local header (APPNOTE.TXT 4.3.7).
  private static let wrong: [(what: String, place: Int, bytes: [UInt8])] = [
    ("signature", 0, [0]), ("encrypted", 6, [1, 8]), ("sizes behind the data", 6, [8, 8]), ("stored", 8, [0]),
    ("checksum", 14, [1, 2, 3, 4]), ("checksum of 0", 14, [0, 0, 0, 0]), ("compressed size", 18, [1]),
    ("compressed size of 0", 18, [0, 0, 0, 0]), ("size", 22, [4]), ("size of 0", 22, [0, 0, 0, 0]),
    ("large compressed size, and no field for it", 18, [0xff, 0xff, 0xff, 0xff]),
    ("large size, and no field for it", 22, [0xff, 0xff, 0xff, 0xff]),
    ("shorter name", 26, [4, 0]), ("longer name", 26, [6, 0]), ("name", 30, [0x62]), ("end of the name", 34, [0x62]),
  ]

  @Test(arguments: wrong) func `a local header that contradicts the directory is refused with its member`(
    what: String, place: Int, bytes: [UInt8]
  ) throws {
    let error = try #require(throws: ArchiveError.self) { try WheelArchive.opened(Self.archive(0, [(place, bytes)])) }
    #expect(error.problem == .contradictoryHeaders && error.operation == .list && error.member == "a.txt")
  }

  /// Bit 3: what stands behind the data is 0 in the local header, all of it or, from Info-ZIP, all but the size.
  @Test(arguments: [[14, 18, 22], [14, 18], [14], []])
  func `what stands behind the data need not be known before it`(zeros: [Int]) throws {
    let archive = try WheelArchive.opened(Self.archive(1 << 3, zeros.map { ($0, [0, 0, 0, 0]) }))
    #expect(try archive.contents(of: "a.txt") == Array("first".utf8))
    #expect(try archive.contents(of: "b.txt") == [7, 8, 9])
  }

  @Test(arguments: [14, 18, 22]) func `what is said before the data must be right all the same`(place: Int) throws {
    let error = try #require(throws: ArchiveError.self) {
      try WheelArchive.opened(Self.archive(1 << 3, [(place, [1, 2, 3, 0])]))
    }
    #expect(error.problem == .contradictoryHeaders)
  }

  /// Of the large numbers in the extra field of the local header: the size, then the compressed size.
  @Test(arguments: [43, 51]) func `large sizes must be those of the directory`(place: Int) throws {
    var bytes = Zip64(checksum: Zip.checksum(Array("not large at all".utf8))).bytes
    #expect(bytes[place] == 16)
    bytes[place] = 15
    let error = try #require(throws: ArchiveError.self) { try WheelArchive.opened(bytes) }
    #expect(error.problem == .contradictoryHeaders && error.member == "large.txt")
  }

  /// Info-ZIP's field 0x7075 (APPNOTE.TXT 4.6.9): a version, the CRC-32 of the name in the header, and another name.
  private static func archive(nameInExtra: String, local: Bool) -> [UInt8] {
    var member = Zip.Member("a.txt", [1, 2, 3])
    let checksum = withUnsafeBytes(of: Zip.checksum(member.name).littleEndian) { Array($0) }
    let field = [0x75, 0x70, UInt8(5 + nameInExtra.utf8.count), 0, 1] + checksum + nameInExtra.utf8
    if local { member.localExtra = field } else { member.extra = field }
    return Zip([Zip.Member("first.txt", []), member]).bytes
  }

  @Test(arguments: [true, false]) func `an extra field must not give a member another name`(local: Bool) throws {
    let archive = try WheelArchive.opened(Self.archive(nameInExtra: "a.txt", local: local))
    #expect(archive.members.map(\.name) == ["first.txt", "a.txt"])
    for other in ["b.txt", "a.tx", "a.txt2", ""] {
      let error = try #require(throws: ArchiveError.self) {
        try WheelArchive.opened(Self.archive(nameInExtra: other, local: local))
      }
      #expect(error.problem == .contradictoryHeaders && error.member == "a.txt")
    }
  }
}
