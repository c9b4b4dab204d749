/// How much of an archive is looked at before it is refused.
///
/// The defaults let every known real wheel pass.
public struct ArchiveLimits: Hashable, Sendable {
  /// Bytes of the central directory.
  public var directorySize: UInt64
  /// Members in the archive.
  public var memberCount: UInt64
  /// Bytes in a member's name.
  public var nameLength: UInt64
  /// Bytes of a member, inflated.
  public var memberSize: UInt64
  /// Bytes of all members together, inflated.
  public var totalSize: UInt64
  /// Inflated bytes per compressed byte of a member that is larger than `ratioThreshold`.
  ///
  /// Deflate reaches 1032.
  public var ratio: UInt64
  /// Inflated size in bytes up to which the ratio does not matter.
  public var ratioThreshold: UInt64
  /// Bytes of a file of metadata that is read whole, such as WHEEL, and of the header fields of METADATA; those of real
  /// wheels have some hundred and some thousand.
  public var metadataSize: UInt64
  /// Bytes of the RECORD file, which is read whole; those of real wheels have up to some million.
  public var recordSize: UInt64
  /// Lines of the RECORD file, which has one for each file.
  public var recordLines: UInt64

  public init(
    directorySize: UInt64 = 128 << 20,
    memberCount: UInt64 = 1_000_000,
    nameLength: UInt64 = 4096,
    memberSize: UInt64 = 8 << 30,
    totalSize: UInt64 = 64 << 30,
    ratio: UInt64 = 300,
    ratioThreshold: UInt64 = 64 << 20,
    metadataSize: UInt64 = 1 << 20,
    recordSize: UInt64 = 64 << 20,
    recordLines: UInt64 = 1_000_000
  ) {
    self.directorySize = directorySize
    self.memberCount = memberCount
    self.nameLength = nameLength
    self.memberSize = memberSize
    self.totalSize = totalSize
    self.ratio = ratio
    self.ratioThreshold = ratioThreshold
    self.metadataSize = metadataSize
    self.recordSize = recordSize
    self.recordLines = recordLines
  }
}
