import Glibc

/// A member's bytes as they lie in the archive, to be compared with another's without inflating either.
public struct CompressedBytes: Sendable {
  public let traits: Traits
  public let place: Place
  private let source: any ByteSource
  private var knownDigest: [UInt8]?

  /// What headers say of a member: where two differ in it, the one cannot stand for the other.
  public struct Traits: Hashable, Sendable {
    /// Bytes, inflated.
    public let size: UInt64
    /// Bytes in the archive.
    public let compressedSize: UInt64
    public let checksum: UInt32
    /// As in APPNOTE.TXT 4.4.5.
    public let method: UInt16
    /// Whether nothing may follow behind the compressed data: see `ArchiveMember.endsByItself`.
    public let endsByItself: Bool

    fileprivate var numbers: [UInt64] {
      [size, compressedSize, UInt64(checksum), UInt64(method), endsByItself ? 1 : 0]
    }
  }

  /// Where a member's bytes lie, without holding the file open.
  public struct Place: Sendable {
    let path: String
    let identity: SourceIdentity
    let start: Int
  }

  /// Bytes to read of each at a time: both pieces stay in a processor's cache while they are compared.
  private static let pieceSize = 64 << 10

  init(_ entry: DirectoryEntry, in source: any ByteSource, _ identity: SourceIdentity) {
    traits = Traits(
      size: UInt64(entry.size), compressedSize: UInt64(entry.compressedSize), checksum: entry.checksum,
      method: entry.method, endsByItself: entry.endsByItself)
    place = Place(path: source.name, identity: identity, start: entry.data)
    self.source = source
  }

  /// The SHA-256 of the traits and of all the bytes, which are read for it once.
  ///
  /// - Throws: what keeps them from being read.
  public mutating func digest() throws(ArchiveError) -> [UInt8] {
    if let knownDigest { return knownDigest }
    var hash = SHA256()
    for number in traits.numbers { withUnsafeBytes(of: number.littleEndian) { hash.update($0) } }
    let size = Int(clamping: traits.compressedSize)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: min(size, Self.pieceSize), alignment: 64)
    defer { buffer.deallocate() }
    for offset in stride(from: 0, to: size, by: Self.pieceSize) {
      let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(size - offset, Self.pieceSize)])
      guard try source.read(into: piece, at: place.start + offset) == piece.count else {
        throw ArchiveError(source.name, .open, .changed)
      }
      hash.update(UnsafeRawBufferPointer(piece))
    }
    let digest = hash.finish()
    knownDigest = digest
    return digest
  }

  /// True when a member of the same traits had these very bytes, and its file still has them.
  ///
  /// False where that file is gone or has been written to, and where either cannot be read: whoever then reads this
  /// member finds out why.
  public func areEqual(to other: Place) -> Bool {
    do throws(ArchiveError) {
      let first = other.identity == place.identity ? source : try FileSource(path: other.path)
      // The path may lead to another file by now.
      guard try first.identity() == other.identity, try isEqual(first, at: other.start) else { return false }
      return try first.identity() == other.identity
    } catch {
      return false
    }
  }

  private func isEqual(_ first: any ByteSource, at start: Int) throws(ArchiveError) -> Bool {
    let size = Int(clamping: traits.compressedSize)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * min(size, Self.pieceSize), alignment: 64)
    defer { buffer.deallocate() }
    for offset in stride(from: 0, to: size, by: Self.pieceSize) {
      let count = min(size - offset, Self.pieceSize)
      let own = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
      let others = UnsafeMutableRawBufferPointer(rebasing: buffer[count..<(2 * count)])
      guard try source.read(into: own, at: place.start + offset) == count,
        try first.read(into: others, at: start + offset) == count,
        let left = own.baseAddress, let right = others.baseAddress, memcmp(left, right, count) == 0
      else { return false }
    }
    return true
  }
}
