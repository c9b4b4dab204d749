import TestSupport
import Testing
import WheelArchive

@Suite struct MemberStreamTests {
  /// Bytes that deflate packs well in places and not at all in others.
  private static let mixed: [UInt8] = {
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15
    return (0..<150_000).map { index in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return index / 20_000 % 2 == 0 ? UInt8(truncatingIfNeeded: index / 100) : UInt8(truncatingIfNeeded: state >> 33)
    }
  }()

  private static func archive(_ contents: [UInt8], isDeflated: Bool) throws -> WheelArchive {
    // Another member before and behind: a stream must not run into its neighbours.
    let stored = Zip.Member("m", contents)
    return try .opened([
      Zip.Member("a", [1, 2, 3]), isDeflated ? stored.deflated : stored, Zip.Member("z", [4, 5, 6]),
    ])
  }

  /// All pieces of a member, read with a buffer of a size.
  private static func pieces(of archive: WheelArchive, bufferSize: Int) throws -> [[UInt8]] {
    var stream = try archive.stream(try #require(archive.members.dropFirst().first), with: Inflater())
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferSize, alignment: 1)
    defer { buffer.deallocate() }
    var pieces: [[UInt8]] = []
    while true {
      let count = try stream.read(into: buffer)
      if count == 0 { return pieces }
      pieces.append(Array(buffer[..<count]))
    }
  }

  @Test(arguments: [false, true], [1, 7, 8, 511, 4096, 65_536, 149_999, 150_000, 150_001, 1 << 20])
  func `a member is the same in pieces of any size`(isDeflated: Bool, bufferSize: Int) throws {
    let contents = bufferSize < 8 ? Array(Self.mixed[..<25_000]) : Self.mixed
    let pieces = try Self.pieces(of: try Self.archive(contents, isDeflated: isDeflated), bufferSize: bufferSize)
    #expect(pieces.flatMap { $0 } == contents)
    #expect(pieces.dropLast().allSatisfy { $0.count == bufferSize })
  }

  @Test(arguments: [false, true])
  func `an empty member has no bytes`(isDeflated: Bool) throws {
    let archive = try Self.archive([], isDeflated: isDeflated)
    #expect(try Self.pieces(of: archive, bufferSize: 16) == [])
    #expect(try archive.contents(try #require(archive.members.dropFirst().first), with: Inflater()) == [])
  }

  @Test(arguments: [false, true], [0, 1, 7, 8, 9, 600])
  func `the beginning is eight bytes or all, and the rest follows`(isDeflated: Bool, size: Int) throws {
    let contents = Array(Self.mixed[20_000..<20_000 + size])
    let archive = try Self.archive(contents, isDeflated: isDeflated)
    var stream = try archive.stream(try #require(archive.members.dropFirst().first), with: Inflater())
    let beginning = try stream.beginning()
    #expect(beginning == Array(contents.prefix(8)))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1000, alignment: 1)
    defer { buffer.deallocate() }
    let count = try stream.read(into: buffer)
    #expect(beginning + Array(buffer[..<count]) == contents)
    try stream.finish()
  }

  @Test(arguments: [0, 7, 8, 9, 600, 200_000])
  func `a look at the beginning of deflated data leaves it in the stream`(size: Int) throws {
    let contents = Array(Self.mixed.prefix(size))
    let archive = try Self.archive(contents, isDeflated: true)
    var stream = try archive.stream(try #require(archive.members.dropFirst().first), with: Inflater())
    #expect(try stream.peek(8) == (contents.count < 8 ? nil : Array(contents.prefix(8))))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: contents.count + 1, alignment: 1)
    defer { buffer.deallocate() }
    let count = try stream.read(into: buffer)
    #expect(Array(buffer[..<count]) == contents)
    #expect(try stream.peek(8) == nil)
  }

  @Test func `stored data is not looked at before it is read`() throws {
    let archive = try Self.archive(Self.mixed, isDeflated: false)
    var stream = try archive.stream(try #require(archive.members.dropFirst().first), with: Inflater())
    #expect(try stream.peek(8) == nil)
    #expect(try stream.beginning() == Array(Self.mixed[..<8]))
  }

  /// The type of the first block of deflate is in bits 1 and 2, and no block has 3 (RFC 1951, 3.2.3).
  @Test func `a look at what is no deflate tells nothing, and reading it fails`() throws {
    var member = Zip.Member("m", Self.mixed).deflated
    member.data[0] |= 0b110
    let archive = try WheelArchive.opened([member])
    var stream = try archive.stream(try #require(archive.members.first), with: Inflater())
    #expect(try stream.peek(8) == nil)
    let error = try #require(throws: ArchiveError.self) { try stream.beginning() }
    #expect(error.problem == .corruptData)
  }

  @Test func `a stream that was left early does not disturb the next`() throws {
    let archive = try Self.archive(Self.mixed, isDeflated: true)
    let member = try #require(archive.members.dropFirst().first)
    let inflater = Inflater()
    for _ in 0..<3 {
      var stream = try archive.stream(member, with: inflater)
      #expect(try stream.beginning() == Array(Self.mixed[..<8]))
    }
    #expect(try archive.contents(member, with: inflater) == Self.mixed)
  }

  @Test func `finishing before the end finds bytes that the directory does not declare`() throws {
    var member = Zip.Member("m", Self.mixed).deflated
    member.size = 100
    let archive = try WheelArchive.opened([member])
    var stream = try archive.stream(try #require(archive.members.first), with: Inflater())
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 100, alignment: 1)
    defer { buffer.deallocate() }
    #expect(try stream.read(into: buffer) == 100)
    let error = #expect(throws: ArchiveError.self) { try stream.finish() }
    #expect(error?.problem == .longerThanDeclared(declared: 100))
  }
}
