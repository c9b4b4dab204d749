/// How the loaded segments of an object lie in its file and in memory, as far as loaders refuse some of it (gABI chapter
/// 5, "Program Header"; `_dl_map_object_from_fd` in glibc's `elf/dl-load.c`).
public struct SegmentLayout: Hashable, Sendable {
  /// Entries of the program headers, of all kinds.
  public var headerCount = 0
  /// PT_LOAD entries.
  public var count = 0
  /// The lowest address of any segment.
  public var lowestAddress: UInt64 = 0
  /// The end of the highest segment, or the largest number where that is none.
  public var end: UInt64 = 0
  /// The largest page, up to 64 KiB, for which file offset and address of every segment agree.
  public var commonPage = Self.largestPage
  /// The largest page, up to 64 KiB, of which every stated alignment is a multiple; an alignment of 0 is none.
  public var alignedPage = Self.largestPage
  /// True when the file offset and the address of some segment do not agree modulo its stated alignment.
  public var isMisaligned = false
  /// True when the first segment is not the lowest, or the last one not the highest, so that their pages do not lie in the
  /// room that glibc's loader makes for them.
  public var isOutOfOrder = false
  /// True when some segment takes more bytes of the file than of memory.
  public var isOverfull = false
  /// True when some segment behind the first takes no memory.
  public var hasEmpty = false
  /// True when some segment is to be written to and executed.
  public var isWritableAndExecutable = false
  /// True when PT_GNU_RELRO reaches outside what lies between the lowest segment and the highest.
  public var protectsUnmapped = false

  public init() {}

  /// The largest page that any kernel here uses.
  public static let largestPage: UInt64 = 64 << 10
}
