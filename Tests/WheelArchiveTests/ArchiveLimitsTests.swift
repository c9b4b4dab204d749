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

  private typealias Case = (name: ArchiveLimit, limits: ArchiveLimits, member: String?, value: UInt64, limit: UInt64)

  private static let cases: [Case] = [
    (
      .directorySize, ArchiveLimits(directorySize: directorySize - 1), nil, directorySize,
      directorySize - 1
    ),
    (.memberCount, ArchiveLimits(memberCount: 2), nil, 3, 2),
    (.nameLength, ArchiveLimits(nameLength: 19), "twenty-bytes-of-name", 20, 19),
    (.memberSize, ArchiveLimits(memberSize: 2999), "zeros", 3000, 2999),
    (.totalSize, ArchiveLimits(totalSize: 3009), nil, 3010, 3009),
    (
      .ratio, ArchiveLimits(ratio: 20, ratioThreshold: 2999), "zeros",
      3000 / UInt64(members[0].compressedSize), 20
    ),
  ]

  @Test(arguments: cases)
  func `what is over a limit is refused before anything is inflated`(
    name: ArchiveLimit, limits: ArchiveLimits, member: String?, value: UInt64, limit: UInt64
  ) throws {
    let error = try #require(throws: ArchiveError.self) { try WheelArchive.opened(Self.members, limits: limits) }
    #expect(error.problem == .overLimit(name, value: value, limit: limit))
    #expect(error.member == member)
    #expect(error.operation == .list)
    #expect(error.description.contains(" is \(value), over the limit '\(name.rawValue)' of \(limit)"))
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

  /// The words are those that options and settings take.
  @Test(arguments: ArchiveLimit.allCases) func `every limit can be set by its word`(limit: ArchiveLimit) {
    var limits = ArchiveLimits()
    for other in ArchiveLimit.allCases { limits[other] = 7 }
    limits[limit] = 8
    #expect(ArchiveLimit.allCases.filter { limits[$0] == 8 } == [limit])
    #expect(ArchiveLimit(rawValue: limit.rawValue) == limit)
  }

  @Test func `a member that is read whole has a limit of its own`() throws {
    let archive = try WheelArchive.opened(Self.members, limits: ArchiveLimits(metadataSize: 2999))
    let error = try #require(throws: ArchiveError.self) { try archive.contents(of: "zeros") }
    #expect(error.problem == .overLimit(.metadataSize, value: 3000, limit: 2999))
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
      #expect(error.problem == .overLimit(.metadataSize, value: 1 << 20 + 1, limit: 1 << 20))
    }
  }

  /// What the headers declare is all it takes: a gigabyte that deflate packs into a megabyte is never inflated.
  @Test func `a bomb is refused by its ratio`() throws {
    var member = Zip.Member("bomb.so", [UInt8](repeating: 0, count: 1 << 20)).deflated
    member.size = 1 << 30
    let error = try #require(throws: ArchiveError.self) { try WheelArchive.opened([member]) }
    #expect(
      error.problem
        == .overLimit(.ratio, value: (1 << 30) / UInt64(member.compressedSize), limit: 300))
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
