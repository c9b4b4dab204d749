import TestSupport
import Testing
import WheelArchive

@Suite struct MemberStreamTests {
  private static let text = Array((0..<5000).map { "line \($0): true wheels run straight\n" }.joined().utf8)

  @Test(arguments: [false, true], [1, 7, 512, 65_536, 1 << 20])
  func `stored and deflated members give the same bytes, whatever the size of the pieces`(
    isDeflated: Bool, pieceSize: Int
  ) throws {
    let member = Zip.Member("a/b.txt", pieceSize < 7 ? Array(Self.text[..<2000]) : Self.text)
    let archive = try OneMember(isDeflated ? member.deflated : member)
    #expect(try archive.contents(pieceSize: pieceSize) == member.data)
  }

  @Test(arguments: [false, true])
  func `an empty member has no bytes`(isDeflated: Bool) throws {
    let member = Zip.Member("empty", [])
    #expect(try OneMember(isDeflated ? member.deflated : member).contents(pieceSize: 16).isEmpty)
  }

  @Test func `the beginning of a member is its first eight bytes, and reading goes on behind them`() throws {
    let archive = try OneMember(Zip.Member("a", Self.text).deflated)
    var stream = try archive.stream()
    #expect(try stream.beginning() == Array("line 0: ".utf8))
    let rest = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.text.count, alignment: 16)
    defer { rest.deallocate() }
    #expect(try stream.read(into: rest) == Self.text.count - 8)
    #expect(rest.first == UInt8(ascii: "t"))
    try stream.finish()
  }

  struct Damage: CustomTestStringConvertible, Sendable {
    let name: String
    let problem: ArchiveError.Problem
    let patch: @Sendable (inout Zip.Member) -> Void
    var testDescription: String { name }
  }

  static let damages: [Damage] = [
    Damage(name: "another checksum", problem: .checksumMismatch(declared: 7)) {
      $0.checksum = 7
    },
    Damage(name: "encrypted", problem: .encrypted) { $0.flags |= 1 },
    Damage(name: "compressed with bzip2", problem: .unsupportedCompression(12)) { $0.method = 12 },
    Damage(name: "compressed with LZMA", problem: .unsupportedCompression(14)) { $0.method = 14 },
  ]

  @Test(arguments: damages)
  func `a member that is not what the directory says is refused when it is read`(damage: Damage) throws {
    var member = Zip.Member("demo/a.so", Self.text)
    damage.patch(&member)
    let archive = try OneMember(member)
    let error = #expect(throws: ArchiveError.self) { try archive.contents(pieceSize: 4096) }
    #expect(error?.problem == damage.problem)
    #expect(error?.member == "demo/a.so")
    #expect(error?.archive == archive.path)
    #expect(error?.operation == .readMember)
  }

  @Test func `a deflated member that is longer than declared is refused where it exceeds`() throws {
    var member = Zip.Member("a", Self.text).deflated
    member.size = 1000
    let archive = try OneMember(member)
    let error = #expect(throws: ArchiveError.self) { try archive.contents(pieceSize: 512) }
    #expect(error?.problem == .longerThanDeclared(declared: 1000))
    #expect(error?.offset == 1024)
  }

  @Test func `a deflated member that is shorter than declared is refused at its end`() throws {
    var member = Zip.Member("a", Self.text).deflated
    member.size += 1
    let archive = try OneMember(member)
    let error = #expect(throws: ArchiveError.self) { try archive.contents(pieceSize: 512) }
    let (declared, actual) = (UInt64(Self.text.count + 1), UInt64(Self.text.count))
    #expect(error?.problem == .shorterThanDeclared(declared: declared, actual: actual))
    #expect(error?.offset == actual)
  }

  @Test func `compressed data that is cut off is refused`() throws {
    var member = Zip.Member("a", Self.text).deflated
    member.data.removeLast(100)
    member.compressedSize -= 100
    let archive = try OneMember(member)
    let error = #expect(throws: ArchiveError.self) { try archive.contents(pieceSize: 4096) }
    #expect(error?.problem == .truncatedData)
  }

  @Test func `compressed data of an invalid block type is refused`() throws {
    var member = Zip.Member("a", Self.text).deflated
    // BTYPE 11 is reserved (RFC 1951, 3.2.3).
    member.data[0] |= 0b110
    let archive = try OneMember(member)
    let error = #expect(throws: ArchiveError.self) { try archive.contents(pieceSize: 4096) }
    #expect(error?.problem == .corruptData)
  }
}

/// An archive with one member, on disk for as long as this lives.
struct OneMember {
  let path: String
  private let folder: TemporaryFolder
  private let archive: WheelArchive

  init(_ member: Zip.Member, limits: ArchiveLimits = ArchiveLimits()) throws {
    folder = try TemporaryFolder()
    path = try folder.write(Zip([member]).bytes, to: "demo.whl")
    archive = try WheelArchive(path: path, limits: limits)
  }

  func stream() throws -> MemberStream {
    try archive.stream(try #require(archive.members.first))
  }

  /// The member's bytes, read in pieces of a size.
  func contents(pieceSize: Int) throws -> [UInt8] {
    var stream = try stream()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceSize, alignment: 16)
    defer { buffer.deallocate() }
    var contents: [UInt8] = []
    while true {
      let count = try stream.read(into: buffer)
      contents.append(contentsOf: buffer[..<count])
      if count < pieceSize { return contents }
    }
  }
}
