import CElf

/// One program header (gABI chapter 5, "Program Header"), or what a loader maps for it.
struct Segment {
  let type: UInt32
  let flags: UInt32
  /// What is mapped of the file: whole pages of a loaded segment, and otherwise what the header states.
  let offset: UInt64
  let address: UInt64
  let fileSize: UInt64
  /// As the header states them.
  let stated: Stated

  struct Stated {
    let offset: UInt64
    let address: UInt64
    let fileSize: UInt64
    let memorySize: UInt64
    let alignment: UInt64
  }

  static let load = UInt32(PT_LOAD)

  /// - Parameters:
  ///   - header: as the file states it.
  ///   - size: bytes in the file; where it ends within a page, the rest of the page is no part of it.
  init(_ header: GElf_Phdr, inFileOf size: Int) {
    type = header.p_type
    flags = header.p_flags
    stated = Stated(
      offset: header.p_offset, address: header.p_vaddr, fileSize: header.p_filesz, memorySize: header.p_memsz,
      alignment: header.p_align)
    let exact = (offset: header.p_offset, address: header.p_vaddr, fileSize: header.p_filesz)
    (offset, address, fileSize) = Self.inWholePages(header, fileSize: UInt64(size)) ?? exact
  }

  /// The smallest page of any processor here.
  static let page: UInt64 = 4096

  /// A loader maps whole pages, so that the rest of the first and of the last page is there too, and tools that patch
  /// objects leave tables there; but what lies behind the bytes of the file is cleared where more memory is asked for.
  ///
  /// - Returns: nil for what is not mapped, or not in this way.
  private static func inWholePages(
    _ header: GElf_Phdr, fileSize: UInt64
  ) -> (offset: UInt64, address: UInt64, fileSize: UInt64)? {
    let before = header.p_vaddr % page
    let (size, overflow) = header.p_filesz.addingReportingOverflow(before)
    guard header.p_type == load, header.p_filesz > 0, header.p_offset % page == before, !overflow else { return nil }
    let (end, wraps) = size.addingReportingOverflow(page - 1)
    let isCleared = header.p_memsz > header.p_filesz || wraps
    let offset = header.p_offset - before
    let pages = min(end / page * page, fileSize - min(offset, fileSize))
    return (offset, header.p_vaddr - before, isCleared ? size : max(size, pages))
  }

  /// PT_NOTE or PT_GNU_PROPERTY.
  var isNote: Bool { type == UInt32(PT_NOTE) || type == UInt32(PT_GNU_PROPERTY) }
}
