import TestSupport
import Testing
import WheelArchive

/// Members whose headers do not tell the truth; central directory and local header always agree.
@Suite struct DamagedMemberTests {
  private static let text = Array(String(repeating: "true wheels run straight. ", count: 100).utf8)
  private static let stored = Zip.Member("m", text)
  private static let deflated = stored.deflated

  private static func changed(_ member: Zip.Member, _ change: (inout Zip.Member) -> Void) -> Zip.Member {
    var member = member
    change(&member)
    return member
  }

  private static let small = Zip.Member("m", Array(text[..<26])).deflated

  /// RFC 1951 reserves block type 3.
  private static let reservedBlock = changed(deflated) { $0.data[0] |= 0b110 }

  private static let cases: [(String, Zip.Member, ArchiveError.Problem)] = [
    (
      "stored, wrong checksum", changed(stored) { $0.checksum = 0xdead },
      .checksumMismatch(declared: 0xdead, actual: stored.checksum)
    ),
    (
      "deflated, wrong checksum", changed(deflated) { $0.checksum = 0xdead },
      .checksumMismatch(declared: 0xdead, actual: stored.checksum)
    ),
    (
      "deflated, declared larger", changed(deflated) { $0.size = 5000 },
      .shorterThanDeclared(declared: 5000, actual: 2600)
    ),
    ("deflated, declared smaller", changed(deflated) { $0.size = 2599 }, .longerThanDeclared(declared: 2599)),
    ("deflated, declared empty", changed(deflated) { $0.size = 0 }, .longerThanDeclared(declared: 0)),
    ("deflate without its end", truncated(deflated, to: deflated.data.count - 1), .truncatedData),
    ("deflate with one byte", truncated(deflated, to: 1), .truncatedData),
    ("deflate without a byte", truncated(deflated, to: 0), .truncatedData),
    ("reserved block type", reservedBlock, .corruptData),
    ("encrypted, stored", changed(stored) { $0.flags |= 1 }, .encrypted),
    ("encrypted, deflated", changed(deflated) { $0.flags |= 1 }, .encrypted),
    // APPNOTE.TXT 4.4.5
    ("deflate64", changed(stored) { $0.method = 9 }, .unsupportedCompression(9)),
    ("bzip2", changed(stored) { $0.method = 12 }, .unsupportedCompression(12)),
    ("lzma", changed(stored) { $0.method = 14 }, .unsupportedCompression(14)),
    ("zstd", changed(stored) { $0.method = 93 }, .unsupportedCompression(93)),
    ("no such method", changed(stored) { $0.method = 4711 }, .unsupportedCompression(4711)),
  ]

  private static func truncated(_ member: Zip.Member, to count: Int) -> Zip.Member {
    changed(member) {
      $0.data = Array($0.data[..<count])
      $0.compressedSize = UInt32(count)
    }
  }

  @Test(arguments: cases)
  func `what is wrong with a member is said when it is read, and its neighbours can be read`(
    case: String, member: Zip.Member, problem: ArchiveError.Problem
  ) throws {
    let archive = try WheelArchive.opened([Zip.Member("a", [1]), member, Zip.Member("z", [2])])
    #expect(archive.members.map(\.name) == ["a", "m", "z"])
    let error = try #require(throws: ArchiveError.self) { try archive.contents(of: "m") }
    #expect(error.problem == problem)
    #expect(error.member == "m")
    #expect(error.operation == .readMember)
    #expect(error.archive == archive.path)
    #expect(try archive.contents(of: "a") == [1])
    #expect(try archive.contents(of: "z") == [2])
  }

  @Test func `an error in the data names the byte it was found at`() throws {
    let archive = try WheelArchive.opened([Self.changed(Self.stored) { $0.checksum = 1 }])
    let error = try #require(throws: ArchiveError.self) { try archive.contents(of: "m") }
    #expect(error.offset == 2600)
    #expect(error.description.hasPrefix("cannot read the member 'm' at byte 2600: its CRC-32 is "))
  }

  /// The two sizes of a stored member are the same by definition.
  @Test(arguments: [2599, 2601, 0] as [UInt32])
  func `a stored member that declares two sizes is refused when the members are listed`(size: UInt32) throws {
    let member = Self.changed(Self.stored) { $0.size = size }
    let error = try #require(throws: ArchiveError.self) { try WheelArchive.opened([member]) }
    #expect(error.problem == .shorterThanDeclared(declared: UInt64(size), actual: 2600))
    #expect(error.member == "m")
    #expect(error.operation == .list)
  }

  @Test func `no cut of deflated data crashes or passes`() throws {
    for count in 0..<Self.small.data.count {
      let archive = try WheelArchive.opened([Self.truncated(Self.small, to: count)])
      #expect(throws: ArchiveError.self, "\(count)") { try archive.contents(of: "m") }
    }
  }

  @Test func `no flipped bit of deflated data crashes or passes for the contents`() throws {
    for bit in 0..<Self.small.data.count * 8 {
      let member = Self.changed(Self.small) { $0.data[bit / 8] ^= 1 << (bit % 8) }
      let archive = try WheelArchive.opened([member])
      // Some bits do not matter, as those that fill the last byte.
      let contents = try? archive.contents(of: "m")
      #expect(contents == nil || contents == Array(Self.text[..<26]), "\(bit)")
    }
  }
}
