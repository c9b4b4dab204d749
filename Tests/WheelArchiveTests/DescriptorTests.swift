import TestSupport
import Testing
import WheelArchive

/// Data descriptors: checksum and sizes that follow the data (APPNOTE.TXT 4.3.9), which bit 3 declares.
@Suite struct DescriptorTests {
  private static let text = Array(String(repeating: "first ", count: 100).utf8)
  private static let second = Zip.Member("b.txt", [7, 8, 9])

  private static func refusal(_ members: [Zip.Member]) throws -> ArchiveError.Problem {
    try #require(throws: ArchiveError.self) { try WheelArchive.opened(members) }.problem
  }

  @Test(arguments: [true, false], [4, 8]) func `a descriptor behind a member is part of it`(
    signed: Bool, width: Int
  ) throws {
    var first = Zip.Member("a.txt", Self.text).deflated
    first.addDescriptor(signed: signed, width: width)
    let archive = try WheelArchive.opened([first, Self.second])
    #expect(try archive.contents(of: "a.txt") == Self.text)
    #expect(try archive.contents(of: "b.txt") == [7, 8, 9])
  }

  /// A reader that goes through the file from its start takes the numbers of the descriptor.
  @Test(arguments: [true, false], [4, 8]) func `a descriptor that says anything else is refused`(
    signed: Bool, width: Int
  ) throws {
    var first = Zip.Member("a.txt", Self.text).deflated
    let end = first.data.count
    first.addDescriptor(signed: signed, width: width)
    for place in end..<first.data.count {
      var wrong = first
      wrong.data[place] ^= 1
      #expect(try Self.refusal([wrong, Self.second]) == .contradictoryHeaders, "\(place - end)")
    }
  }

  @Test(arguments: [1, 11, 13, 17, 42]) func `bytes that are no descriptor are refused`(count: Int) throws {
    var first = Zip.Member("a.txt", Self.text).deflated
    first.flags |= 1 << 3
    first.data += [UInt8](repeating: 0, count: count)
    #expect(try Self.refusal([first, Self.second]) == .notContiguous)
  }

  @Test func `a descriptor that is declared and not there is refused`() throws {
    var first = Zip.Member("a.txt", Self.text).deflated
    first.flags |= 1 << 3
    #expect(try Self.refusal([first, Self.second]) == .contradictoryHeaders)
    #expect(try Self.refusal([Self.second, first]) == .contradictoryHeaders)
  }

  /// The archive with the sizes of its only member 0 in the local header.
  private static func withoutLocalSizes(_ member: Zip.Member) -> [UInt8] {
    var bytes = Zip([member]).bytes
    bytes.replaceSubrange(18..<26, with: [UInt8](repeating: 0, count: 8))
    return bytes
  }

  /// Nothing in stored data says where it ends, so that readers could look for any signature in it.
  @Test func `stored data must have its sizes before it`() throws {
    var member = Zip.Member("a.txt", Self.text)
    member.addDescriptor(signed: true, width: 4)
    #expect(try WheelArchive.opened([member]).contents(of: "a.txt") == Self.text)
    let error = try #require(throws: ArchiveError.self) { try WheelArchive.opened(Self.withoutLocalSizes(member)) }
    #expect(error.problem == .contradictoryHeaders && error.member == "a.txt")
  }

  /// A reader that goes through the file from its start looks for a descriptor where the compressed data ends, and for
  /// the next member behind that.
  @Test(arguments: [1, 7, 8, 9, 400, 100_000]) func `bytes behind the end of the compressed data are refused`(
    count: Int
  ) throws {
    var member = Zip.Member("a.txt", Self.text).deflated
    member.data += [UInt8](repeating: 1, count: count)
    member.compressedSize += UInt32(count)
    // Where the header says how long the data is, all readers agree.
    #expect(try WheelArchive.opened([member]).contents(of: "a.txt") == Self.text)
    member.addDescriptor(signed: true, width: 4)
    let archive = try WheelArchive.opened(Self.withoutLocalSizes(member))
    let error = try #require(throws: ArchiveError.self) { try archive.contents(of: "a.txt") }
    #expect(error.problem == .surplusData && error.member == "a.txt")
    var stream = try archive.stream(try #require(archive.members.first), with: Inflater())
    #expect(try stream.beginning() == Array(Self.text[..<8]))
    #expect(throws: error) { try stream.skip() }
  }
}
