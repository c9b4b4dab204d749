import Foundation
import TestSupport
import Testing
import WheelArchive

/// Opening an archive and what its directory says.
@Suite struct DirectoryTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func error(of bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()) throws -> ArchiveError? {
    let path = try folder.write(bytes, to: "demo.whl")
    let error = #expect(throws: ArchiveError.self) { try WheelArchive(path: path, limits: limits) }
    #expect(error?.archive == path)
    return error
  }

  private func names(of zip: Zip) throws -> [String] {
    try WheelArchive(path: try folder.write(zip.bytes, to: "demo.whl")).members.map(\.name)
  }

  private static let two = Zip([Zip.Member("a", [1, 2, 3]), Zip.Member("b", [4, 5, 6])])

  @Test func `a file that is not there is not found`() throws {
    let path = folder.url.appending(path: "none.whl").path
    let error = #expect(throws: ArchiveError.self) { try WheelArchive(path: path) }
    #expect(error?.problem == .notFound)
    #expect(error?.operation == .open)
  }

  @Test func `a folder is not a file, and neither is a pipe, which would block`() throws {
    let pipe = folder.url.appending(path: "pipe.whl").path
    try #require(mkfifo(pipe, 0o600) == 0)
    for path in [folder.url.path, pipe] {
      let error = #expect(throws: ArchiveError.self) { try WheelArchive(path: path) }
      #expect(error?.problem == .notAFile)
    }
  }

  @Test func `an empty file is refused`() throws {
    #expect(try error(of: [])?.problem == .empty)
  }

  @Test func `other files are no archives`() throws {
    #expect(try error(of: Array("not a zip archive, but long enough to be one".utf8))?.problem == .notAZip)
  }

  @Test func `an archive that is cut off anywhere is refused`() throws {
    let whole = Self.two.bytes
    for length in 1..<whole.count { _ = try error(of: Array(whole[..<length])) }
  }

  struct Forgery: CustomTestStringConvertible, Sendable {
    let name: String
    let patch: @Sendable (inout Zip) -> Void
    var testDescription: String { name }
  }

  static let forgeries: [Forgery] = [
    Forgery(name: "a local header with another name") { $0.members[0].localName = [0x78] },
    Forgery(name: "fewer members declared than there are") { $0.declaredCount = 1 },
    Forgery(name: "more members declared than there are") { $0.declaredCount = 3 },
    Forgery(name: "two entries for one local header") { $0.members[1].offset = 0 },
    Forgery(name: "a local header outside the file") { $0.members[1].offset = 0x7fff_ffff },
    Forgery(name: "data longer than the file") { zip in
      zip.members[0].compressedSize = 0x7fff_ffff
      zip.members[0].size = 0x7fff_ffff
    },
    Forgery(name: "a stored member with two sizes") { $0.members[0].size = 2 },
  ]

  @Test(arguments: forgeries)
  func `a directory that contradicts the archive is refused`(forgery: Forgery) throws {
    var zip = Self.two
    forgery.patch(&zip)
    _ = try error(of: zip.bytes)
  }

  @Test func `entries that share their data are refused, however well each looks`() throws {
    // As in the archives that inflate to petabytes: every entry quotes the same data.
    let member = Zip.Member("a", [UInt8](repeating: 0, count: 4096))
    var zip = Zip([member])
    zip.members += (0..<50).map { number in
      var other = Zip.Member("a", [])
      other.name = Array("b\(number)".utf8)
      other.localName = []
      (other.size, other.compressedSize, other.checksum, other.offset) = (4096, 4096, member.checksum, 0)
      return other
    }
    _ = try error(of: zip.bytes)
  }

  @Test func `data behind the archive or in front of it is refused or does no harm`() throws {
    for bytes in [Self.two.bytes + [1, 2, 3], [1, 2, 3] + Self.two.bytes] {
      let path = try folder.write(bytes, to: "demo.whl")
      guard let archive = try? WheelArchive(path: path) else { continue }
      #expect(archive.members.map(\.name) == ["a", "b"])
      #expect(try archive.contents(archive.members[0]) == [1, 2, 3])
    }
  }

  @Test func `a long comment does no harm`() throws {
    var zip = Self.two
    zip.comment = Array(repeating: 0x2e, count: 60_000)
    #expect(try names(of: zip) == ["a", "b"])
  }

  @Test func `names are listed as they are`() throws {
    let odd = ["../up", "/absolute", "a\nb", "folder/", "a\u{1b}[31m"]
    var zip = Zip(odd.map { Zip.Member($0, []) })
    // libzip takes control characters for a sign that a name is not UTF-8.
    for index in zip.members.indices { zip.members[index].flags = 0 }
    #expect(try names(of: zip) == odd)
  }

  @Test func `two members of one name are refused, since one of them would escape`() throws {
    let zip = Zip([Zip.Member("same", [1]), Zip.Member("same", [2])])
    #expect(try error(of: zip.bytes)?.problem == .duplicateNames)
  }

  @Test func `bytes of a name that are not UTF-8 are replaced`() throws {
    var member = Zip.Member(name: [0x61, 0xff, 0x62], [])
    member.flags = 0
    #expect(try names(of: Zip([member])) == ["a\u{fffd}b"])
  }

  @Test func `a name that is said to be UTF-8 and is not is refused`() throws {
    _ = try error(of: Zip([Zip.Member(name: [0x61, 0xff, 0x62], [])]).bytes)
  }

  @Test(arguments: [
    (ArchiveLimits(memberCount: 1), "the number of members", UInt64(2), UInt64(1)),
    (ArchiveLimits(nameLength: 3), "the length of its name", 4, 3),
    (ArchiveLimits(memberSize: 99), "its size", 100, 99),
    (ArchiveLimits(totalSize: 199), "the size of all members", 200, 199),
  ])
  func `what exceeds a limit is refused with both numbers`(
    limits: ArchiveLimits, what: String, value: UInt64, limit: UInt64
  ) throws {
    let zip = Zip(["long", "name"].map { Zip.Member($0, [UInt8](repeating: 1, count: 100)) })
    #expect(try error(of: zip.bytes, limits: limits)?.problem == .overLimit(what: what, value: value, limit: limit))
  }

  @Test func `a member that inflates to many times its size is refused before it is read`() throws {
    let zeros = [0x7f, 0x45, 0x4c, 0x46] + [UInt8](repeating: 0, count: 1 << 20)
    let zip = Zip([Zip.Member("zeros.so", zeros).deflated])
    let refused = try error(of: zip.bytes, limits: ArchiveLimits(ratio: 100, ratioThreshold: 1 << 20))
    guard case .overLimit("its compression ratio", let ratio, 100) = refused?.problem else {
      Issue.record("another problem: \(String(describing: refused))")
      return
    }
    #expect(ratio > 100)
    #expect(refused?.member == "zeros.so")
  }

  @Test func `a text that is read whole has a limit of its own`() throws {
    let archive = try OneMember(Zip.Member("a", [1, 2, 3]), limits: ArchiveLimits(metadataSize: 2))
    let whole = try WheelArchive(path: archive.path, limits: ArchiveLimits(metadataSize: 2))
    let error = #expect(throws: ArchiveError.self) { try whole.contents(whole.members[0]) }
    #expect(error?.problem == .overLimit(what: "its size", value: 3, limit: 2))
  }
}
