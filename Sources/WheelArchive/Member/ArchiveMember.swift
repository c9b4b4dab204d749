/// One entry of an archive's central directory.
public struct ArchiveMember: Hashable, Sendable {
  /// The position in the central directory.
  public let index: Int
  /// The name; bytes that are not UTF-8 become U+FFFD.
  public let name: String
  /// Bytes, inflated, as the directory declares them.
  public let size: UInt64
  /// Bytes in the archive.
  public let compressedSize: UInt64
  public let checksum: UInt32
  let compression: Compression

  enum Compression: Hashable {
    case stored
    case deflated
    case unsupported(UInt16)
    case encrypted
  }
}
