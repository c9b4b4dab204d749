/// Where the bytes of a wheel come from; a file is the first kind.
///
/// Several threads may read from one at the same time.
public protocol ByteSource: Sendable {
  /// What errors call it by: the path of a file as it was given.
  var name: String { get }
  /// Bytes in all.
  var size: Int { get }

  /// What its bytes are told by now: another identity than before means that they may be others.
  func identity() throws(ArchiveError) -> SourceIdentity

  /// Reads the bytes from a place on into a buffer.
  ///
  /// - Returns: how many there were; fewer than the buffer takes only at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(ArchiveError) -> Int
}

/// What tells whether a source still has the bytes that it had; each kind of source has its own.
public enum SourceIdentity: Hashable, Sendable {
  /// A file, by its place on the disk, its bytes, and when these last changed.
  case file(device: UInt64, inode: UInt64, size: Int, seconds: Int, nanoseconds: Int)
}

extension ByteSource {
  /// The bytes of a range; nil when it does not lie within the source.
  public func bytes(_ range: Range<Int>) throws(ArchiveError) -> [UInt8]? {
    guard range.lowerBound >= 0, range.upperBound <= size else { return nil }
    var failure: ArchiveError?
    // Not filled before: the end of an archive is looked at in 64 KiB.
    let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      do throws(ArchiveError) {
        count = try read(
          into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<range.count]),
          at: range.lowerBound)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    guard bytes.count == range.count else { throw ArchiveError(name, .open, .changed) }
    return bytes
  }
}
