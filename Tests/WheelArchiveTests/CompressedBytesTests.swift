import Foundation
import TestSupport
import Testing

@testable import WheelArchive

@Suite struct CompressedBytesTests {
  private static let size = 200_000
  private static let contents = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }

  private func archive(_ member: Zip.Member, _ name: String, in folder: TemporaryFolder) throws -> WheelArchive {
    try WheelArchive(path: try folder.write(Zip([Zip.Member("first", [1, 2, 3]), member]).bytes, to: name))
  }

  private func bytes(_ archive: WheelArchive) -> CompressedBytes { archive.compressedBytes(archive.members[1]) }

  @Test(arguments: [false, true]) func `the same bytes are equal, whatever the member is called and wherever it lies`(
    isDeflated: Bool
  ) throws {
    let folder = try TemporaryFolder()
    let members = ["a.so", "elsewhere/b.so"].map { Zip.Member($0, Self.contents) }.map { isDeflated ? $0.deflated : $0 }
    let archives = try members.enumerated().map { try archive($1, "\($0).zip", in: folder) }
    var (one, other) = (bytes(archives[0]), bytes(archives[1]))
    #expect(one.traits == other.traits)
    #expect(other.areEqual(to: one.place) && one.areEqual(to: one.place))
    #expect(try one.digest() == other.digest())
  }

  /// The size, the checksum and every other trait agree, as they can be made to.
  @Test(arguments: [0, 1, 65_535, 65_536, 131_072, size - 1]) func `one other byte is told`(place: Int) throws {
    let folder = try TemporaryFolder()
    let good = Zip.Member("a.so", Self.contents)
    var forged = good
    forged.data[place] ^= 1
    var (one, other) = (bytes(try archive(good, "a", in: folder)), bytes(try archive(forged, "b", in: folder)))
    #expect(one.traits == other.traits)
    #expect(!other.areEqual(to: one.place))
    #expect(try one.digest() != other.digest())
  }

  private static let changes: [@Sendable (String) throws -> Void] = [
    { try FileManager.default.removeItem(atPath: $0) },
    // Another file of the same bytes is not the one that was read.
    { path in
      try FileManager.default.copyItem(atPath: path, toPath: path + ".new")
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.moveItem(atPath: path + ".new", toPath: path)
    },
    { #expect(truncate($0, 1000) == 0) },
    { path in
      let file = try FileHandle(forWritingTo: URL(filePath: path))
      try file.seek(toOffset: 500)
      try file.write(contentsOf: [0xaa, 0x55, 0xaa])
      try file.close()
    },
    { path in
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    },
  ]

  @Test(arguments: changes.indices) func `a first file that is gone or has changed is equal to nothing`(
    change: Int
  ) throws {
    let folder = try TemporaryFolder()
    let member = Zip.Member("a.so", Self.contents)
    let place = bytes(try archive(member, "first", in: folder)).place
    let other = bytes(try archive(member, "other", in: folder))
    #expect(other.areEqual(to: place))
    try Self.changes[change](folder.url.appending(path: "first").path)
    #expect(!other.areEqual(to: place))
  }

  @Test func `a file that is cut off while it is read has no digest`() throws {
    let folder = try TemporaryFolder()
    let archive = try archive(Zip.Member("a.so", Self.contents), "a", in: folder)
    #expect(truncate(folder.url.appending(path: "a").path, 1000) == 0)
    #expect(throws: ArchiveError.self) {
      var bytes = bytes(archive)
      _ = try bytes.digest()
    }
  }

  private static let traits: [@Sendable (inout Zip.Member) -> Void] = [
    { $0.checksum ^= 1 },
    { $0.size += 1 },
    { $0.addDescriptor(signed: true, width: 4) },
  ]

  @Test(arguments: traits.indices) func `what headers say tells members apart`(change: Int) throws {
    let folder = try TemporaryFolder()
    let good = Zip.Member("a.so", Self.contents).deflated
    var other = good
    Self.traits[change](&other)
    var (one, two) = (bytes(try archive(good, "a", in: folder)), bytes(try archive(other, "b", in: folder)))
    #expect(one.traits != two.traits)
    #expect(try one.digest() != two.digest())
  }
}
