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
  /// The end of what the first segment takes of the file, as an address.
  public var firstEnd: UInt64 = 0
  /// The address of the last segment.
  public var lastAddress: UInt64 = 0
  /// True when a segment shares a page with the one before it and may be written to or executed no more: what is mapped
  /// last counts for the page.
  public var losesFlags = false
  /// True when some segment behind the first takes no memory.
  public var hasEmpty = false
  /// True when some segment is to be written to and executed.
  public var isWritableAndExecutable = false
  /// True when PT_GNU_RELRO reaches outside what lies between the lowest segment and the highest.
  public var protectsUnmapped = false

  public init() {}

  /// True when the last segment begins in a page of that size, or before, which the first one takes: glibc's loader makes
  /// room from the end of the one to the beginning of the other.
  public func overlaps(onPagesOf page: UInt64) -> Bool {
    count > 1 && page > 0 && lastAddress / page < firstEnd / page + (firstEnd % page > 0 ? 1 : 0)
  }

  /// The largest page that any kernel here uses.
  public static let largestPage: UInt64 = 64 << 10
}
