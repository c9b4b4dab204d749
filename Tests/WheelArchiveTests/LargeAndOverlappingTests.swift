import TestSupport
import Testing
import WheelArchive

@Suite struct LargeArchiveTests {
  private static let zip = Zip64(checksum: Zip.checksum(Array("not large at all".utf8)))

  @Test func `an archive in the form for large ones is read`() throws {
    let archive = try WheelArchive.opened(Self.zip.bytes)
    #expect(archive.members.map(\.name) == ["large.txt"])
    #expect(archive.members.map(\.size) == [16])
    #expect(try archive.contents(of: "large.txt") == Self.zip.contents)
  }

  /// Python looks for the record right before its locator, libzip where the locator says.
  @Test func `a record for large archives that is not right before its locator is refused`() throws {
    var zip = Self.zip
    // What another reader would find there: a record of an archive of its own.
    zip.extensibleData = Array(Self.zip.bytes.dropLast(20 + 22))
    let error = try #require(throws: ArchiveError.self) { try WheelArchive.opened(zip.bytes) }
    #expect(error.problem == .ambiguous)
  }

  @Test(arguments: [0, 1, 1 << 40, .max] as [UInt64])
  func `a locator that leads elsewhere is refused`(place: UInt64) throws {
    var zip = Self.zip
    zip.locatedAt = place
    #expect(throws: ArchiveError.self) { try WheelArchive.opened(zip.bytes) }
  }
}

@Suite struct OverlappingMemberTests {
  /// The header of the second member lies in the data of the first, quoted by a stored block of deflate, and both end
  /// with the same compressed data: with many members each byte of the file would be inflated many times.
  @Test func `members that share their data are refused when they take more room than the file has`() throws {
    let text = (0..<2000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 2_654_435_761 >> 13) }
    let second = Zip.Member("second.so", text).deflated
    let header = Array(Zip([second]).bytes[..<(30 + second.name.count)])
    // A stored block that is not the last: type 0, the length, its complement (RFC 1951, 3.2.4).
    let length = UInt8(header.count)
    var first = second
    first.name = Array("first.so".utf8)
    first.localName = first.name
    first.data = [0, length, 0, ~length, 0xff] + header + second.data
    first.compressedSize = UInt32(first.data.count)
    first.size = UInt32(header.count + text.count)
    first.checksum = Zip.checksum(header + text)
    let firstAlone = Zip([first])
    #expect(try WheelArchive.opened(firstAlone.bytes).contents(of: "first.so") == header + text)

    var quoted = second
    quoted.offset = UInt32(30 + first.name.count + 5)
    let whole = Zip([first, quoted]).bytes
    // Without the second member's own copy the directory begins earlier, as stands 6 bytes before the end.
    let (start, copy) = (30 + first.name.count + first.data.count, header.count + second.data.count)
    var bytes = Array(whole[..<start] + whole[(start + copy)...])
    withUnsafeBytes(of: UInt32(start).littleEndian) {
      bytes.replaceSubrange((bytes.count - 6)..<(bytes.count - 2), with: $0)
    }
    let error = try #require(throws: ArchiveError.self) { try WheelArchive.opened(bytes) }
    #expect(error.problem == .notContiguous)
  }
}
