/// A wheel as an archive: the list of its members, and streams of their bytes.
///
/// A value that any number of threads use at the same time; each brings an `Inflater` of its own.
public final class WheelArchive: Sendable {
  public let members: MemberList
  let source: any ByteSource
  let limits: ArchiveLimits
  private let identity: SourceIdentity

  /// Opens an archive and checks its directory: local headers against the central directory, names, sizes, limits.
  public init(_ source: any ByteSource, limits: ArchiveLimits = ArchiveLimits()) throws(ArchiveError) {
    guard source.size > 0 else { throw ArchiveError(source.name, .open, .empty) }
    identity = try source.identity()
    members = try MemberList(source, limits)
    (self.source, self.limits) = (source, limits)
  }

  public convenience init(path: String, limits: ArchiveLimits = ArchiveLimits()) throws(ArchiveError) {
    try self.init(FileSource(path: path), limits: limits)
  }

  /// The path as it was given.
  public var path: String { source.name }

  /// Bytes in the file.
  public var size: Int { source.size }

  /// Opens a stream over the inflated bytes of a member.
  ///
  /// - Parameters:
  ///   - member: what to read.
  ///   - inflater: what to read it with.
  ///   - algorithm: of a digest to make of the bytes; nil for none.
  /// - Returns: the stream, of which nothing has been read.
  /// - Throws: where the member is encrypted, or compressed in another way than wheels are.
  public func stream(
    _ member: ArchiveMember, with inflater: Inflater, digesting algorithm: RecordDigest.Algorithm? = nil
  ) throws(ArchiveError) -> MemberStream {
    switch member.entry.compression {
    case .encrypted: throw ArchiveError(path, member: member.name, .readMember, .encrypted)
    case .unsupported(let method):
      throw ArchiveError(path, member: member.name, .readMember, .unsupportedCompression(method))
    case .stored, .deflated:
      return MemberStream(of: member, in: source, with: inflater, digesting: algorithm)
    }
  }

  /// The whole of a small member.
  ///
  /// - Parameters:
  ///   - member: what to read.
  ///   - inflater: what to read it with.
  ///   - limit: bytes that it may have; `metadataSize` where nil.
  /// - Returns: its bytes.
  /// - Throws: where it cannot be read, or has more than that.
  public func contents(
    _ member: ArchiveMember, with inflater: Inflater, limit: UInt64? = nil
  ) throws(ArchiveError) -> [UInt8] {
    let limit = limit ?? limits.metadataSize
    guard member.size <= limit else { throw excess(of: member, member.size, over: limit) }
    return try beginning(member, with: inflater) { _, _ in false }
  }

  /// The bytes of a member up to a piece with which there are enough; a piece has some kilobytes.
  ///
  /// - Parameters:
  ///   - member: what to read.
  ///   - inflater: what to read it with.
  ///   - isEnough: whether what was read so far is, of which the last piece begins at a place.
  /// - Returns: the bytes; all of them where there never are enough.
  /// - Throws: where it cannot be read.
  func beginning(
    _ member: ArchiveMember, with inflater: Inflater, until isEnough: ([UInt8], Int) -> Bool
  ) throws(ArchiveError) -> [UInt8] {
    var stream = try stream(member, with: inflater)
    var contents: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 8 << 10, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let (start, count) = (contents.count, try stream.read(into: buffer))
      contents.append(contentsOf: buffer[..<count])
      if count == 0 || isEnough(contents, start) { return contents }
    }
  }

  func excess(of member: ArchiveMember, _ size: UInt64, over limit: UInt64) -> ArchiveError {
    ArchiveError(path, member: member.name, .readMember, .overLimit(what: "its size", value: size, limit: limit))
  }

  /// Requires that nothing has been written to the source since it was opened: whoever has read from it before has read
  /// from one archive.
  public func requireUnchanged() throws(ArchiveError) {
    guard try source.identity() == identity else { throw ArchiveError(path, .open, .changed) }
  }
}
