import TestSupport
import Testing
import WheelArchive

@Suite struct ArchiveLimitsTests {
  /// Three members: 3000 bytes that deflate to next to nothing, 10 stored bytes, and a name of 20 bytes.
  private static let members = [
    Zip.Member("zeros", [UInt8](repeating: 0, count: 3000)).deflated,
    Zip.Member("ten", [UInt8](repeating: 1, count: 10)),
    Zip.Member("twenty-bytes-of-name", []),
  ]

  /// Each entry is 46 bytes and a name (APPNOTE.TXT 4.3.12).
  private static let directorySize = UInt64(members.reduce(0) { $0 + 46 + $1.name.count })

  private static let cases: [(what: String, limits: ArchiveLimits, member: String?, value: UInt64, limit: UInt64)] = [
    (
      "the size of its directory", ArchiveLimits(directorySize: directorySize - 1), nil, directorySize,
      directorySize - 1
    ),
    ("the number of members", ArchiveLimits(memberCount: 2), nil, 3, 2),
    ("the length of its name", ArchiveLimits(nameLength: 19), "twenty-bytes-of-name", 20, 19),
    ("its size", ArchiveLimits(memberSize: 2999), "zeros", 3000, 2999),
    ("the size of all members", ArchiveLimits(totalSize: 3009), nil, 3010, 3009),
    (
      "its compression ratio", ArchiveLimits(ratio: 20, ratioThreshold: 2999), "zeros",
      3000 / UInt64(members[0].compressedSize), 20
    ),
  ]

  @Test(arguments: cases)
  func `what is over a limit is refused before anything is inflated`(
    what: String, limits: ArchiveLimits, member: String?, value: UInt64, limit: UInt64
  ) throws {
    let error = try #require(throws: ArchiveError.self) { try WheelArchive.opened(Self.members, limits: limits) }
    #expect(error.problem == .overLimit(what: what, value: value, limit: limit))
    #expect(error.member == member)
    #expect(error.operation == .list)
    #expect(error.description.contains("\(what) is \(value), over the limit of \(limit)"))
  }

  @Test(arguments: [
    ArchiveLimits(directorySize: directorySize), ArchiveLimits(memberCount: 3), ArchiveLimits(nameLength: 20),
    ArchiveLimits(memberSize: 3000),
    ArchiveLimits(totalSize: 3010), ArchiveLimits(ratio: 3000, ratioThreshold: 2999),
    ArchiveLimits(ratio: 1, ratioThreshold: 3000),
  ])
  func `what is just within a limit passes`(limits: ArchiveLimits) throws {
    let archive = try WheelArchive.opened(Self.members, limits: limits)
    #expect(archive.members.count == 3)
    #expect(try archive.contents(of: "zeros")?.count == 3000)
  }

  @Test func `a member that is read whole has a limit of its own`() throws {
    let archive = try WheelArchive.opened(Self.members, limits: ArchiveLimits(metadataSize: 2999))
    let error = try #require(throws: ArchiveError.self) { try archive.contents(of: "zeros") }
    #expect(error.problem == .overLimit(what: "its size", value: 3000, limit: 2999))
    #expect(error.operation == .readMember)
    #expect(try archive.contents(of: "ten")?.count == 10)
  }

  @Test(arguments: [0, 1]) func `the WHEEL file may have a mebibyte`(surplus: Int) throws {
    let text = Array("Tag: a\n".utf8)
    let padding = [UInt8](repeating: UInt8(ascii: "\n"), count: 1 << 20 - text.count + surplus)
    let archive = try WheelArchive.opened([Zip.Member("demo-1.0.dist-info/WHEEL", text + padding).deflated])
    if surplus == 0 {
      #expect(try archive.metadata(archive.distInfo(of: nil), with: Inflater())?.tags == ["a"])
    } else {
      let error = try #require(throws: ArchiveError.self) {
        try archive.metadata(archive.distInfo(of: nil), with: Inflater())
      }
      #expect(error.problem == .overLimit(what: "its size", value: 1 << 20 + 1, limit: 1 << 20))
    }
  }

  /// What the headers declare is all it takes: a gigabyte that deflate packs into a megabyte is never inflated.
  @Test func `a bomb is refused by its ratio`() throws {
    var member = Zip.Member("bomb.so", [UInt8](repeating: 0, count: 1 << 20)).deflated
    member.size = 1 << 30
    let error = try #require(throws: ArchiveError.self) { try WheelArchive.opened([member]) }
    #expect(
      error.problem
        == .overLimit(what: "its compression ratio", value: (1 << 30) / UInt64(member.compressedSize), limit: 300))
  }

  /// A member that declares little cannot make the reader inflate much.
  @Test func `a bomb that declares less is left after what it declares`() throws {
    var member = Zip.Member("bomb.so", [UInt8](repeating: 0, count: 8 << 20)).deflated
    member.size = 1000
    let archive = try WheelArchive.opened([member])
    let error = try #require(throws: ArchiveError.self) { try archive.contents(of: "bomb.so") }
    #expect(error.problem == .longerThanDeclared(declared: 1000))
    #expect(error.offset <= 1000 + 64 << 10)
  }
}
