/// A wheel as an archive: the list of its members, and streams of their bytes.
///
/// A value that any number of threads use at the same time; each brings an `Inflater` of its own.
public final class WheelArchive: Sendable {
  public let members: MemberList
  let source: any ByteSource
  let limits: ArchiveLimits
  private let identity: SourceIdentity

  /// Opens an archive and checks its directory: local headers against the central directory, names, sizes, limits.
  ///
  /// - Parameters:
  ///   - source: its bytes.
  ///   - limits: how much of it is looked at.
  ///   - deadline: from when on nothing of it is read any more; nil for never.
  /// - Throws: what is wrong with the archive, or that the time was over.
  public init(
    _ source: any ByteSource, limits: ArchiveLimits = ArchiveLimits(), until deadline: Deadline? = nil
  ) throws(ArchiveError) {
    guard source.size > 0 else { throw ArchiveError(source.name, .open, .empty) }
    let source = deadline.map { TimedSource(source: source, deadline: $0) } ?? source
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

  /// The bytes of a member as they lie in the archive.
  public func compressedBytes(_ member: ArchiveMember) -> CompressedBytes {
    CompressedBytes(member.entry, in: source, identity)
  }

  /// The whole of a small member.
  ///
  /// - Parameters:
  ///   - member: what to read.
  ///   - inflater: what to read it with.
  ///   - limit: that of its size.
  /// - Returns: its bytes.
  /// - Throws: where it cannot be read, or has more than that.
  public func contents(
    _ member: ArchiveMember, with inflater: Inflater, limit: ArchiveLimit = .metadataSize
  ) throws(ArchiveError) -> [UInt8] {
    guard member.size <= limits[limit] else { throw excess(of: member, member.size, over: limit) }
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

  func excess(of member: ArchiveMember, _ size: UInt64, over limit: ArchiveLimit) -> ArchiveError {
    ArchiveError(path, member: member.name, .readMember, .overLimit(limit, value: size, limit: limits[limit]))
  }

  /// The SHA-256 of the file; of the bytes that are read otherwise where `requireUnchanged` holds at the end.
  public func sha256() throws(ArchiveError) -> [UInt8] { try source.sha256() }

  /// Requires that nothing has been written to the source since it was opened: whoever has read from it before has read
  /// from one archive.
  public func requireUnchanged() throws(ArchiveError) {
    guard try source.identity() == identity else { throw ArchiveError(path, .open, .changed) }
  }
}
