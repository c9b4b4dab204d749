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
  public func stream(_ member: ArchiveMember, with inflater: Inflater) throws(ArchiveError) -> MemberStream {
    switch member.entry.compression {
    case .encrypted: throw ArchiveError(path, member: member.name, .readMember, .encrypted)
    case .unsupported(let method):
      throw ArchiveError(path, member: member.name, .readMember, .unsupportedCompression(method))
    case .stored, .deflated: return MemberStream(of: member, in: source, with: inflater)
    }
  }

  /// The bytes of a member as they lie in the archive.
  public func compressedBytes(_ member: ArchiveMember) -> CompressedBytes {
    CompressedBytes(member.entry, in: source, identity)
  }

  /// The whole of a small member.
  public func contents(_ member: ArchiveMember, with inflater: Inflater) throws(ArchiveError) -> [UInt8] {
    guard member.size <= limits.metadataSize else {
      throw ArchiveError(
        path, member: member.name, .readMember,
        .overLimit(what: "its size", value: member.size, limit: limits.metadataSize))
    }
    var stream = try stream(member, with: inflater)
    var contents: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try stream.read(into: buffer)
      if count == 0 { return contents }
      contents.append(contentsOf: buffer[..<count])
    }
  }

  /// The SHA-256 of the file; of the bytes that are read otherwise where `requireUnchanged` holds at the end.
  public func sha256() throws(ArchiveError) -> [UInt8] { try source.sha256() }

  /// Requires that nothing has been written to the source since it was opened: whoever has read from it before has read
  /// from one archive.
  public func requireUnchanged() throws(ArchiveError) {
    guard try source.identity() == identity else { throw ArchiveError(path, .open, .changed) }
  }
}
