import CElf

extension ELFOutline {
  /// Requires that a range which is read is in memory as it is in the file, whichever loader maps it.
  ///
  /// Segments are mapped in the order of their headers and in whole pages, one over the other, and memory behind the bytes
  /// that a segment has in the file is cleared, to the end of the page by some loaders (`_dl_map_segments` in glibc's
  /// `elf/dl-map-segments.h`; `map_library` in musl's `ldso/dynlink.c`).
  func requireUnchanged(_ address: UInt64, length: UInt64, _ operation: ELFError.Operation) throws(ImageFault) {
    guard length > 0, let owner = segments.lastIndex(where: { $0.maps(address) }) else { return }
    let range = address..<address.addingSaturating(length)
    let shift = segments[owner].shift
    let page = Segment.page
    for segment in segments[owner...] where segment.type == Segment.load {
      let isOver = segment.shift != shift && segment.mappedPages(of: page).overlaps(range)
      guard !isOver, !segment.clearedPages(of: page).overlaps(range) else {
        throw .malformed(ELFError(operation, at: segment.stated.offset, .overwritten(range.lowerBound)))
      }
    }
  }
}

extension Segment {
  fileprivate func maps(_ address: UInt64) -> Bool {
    type == Self.load && address >= self.address && address - self.address < fileSize
  }

  /// What is added to a place in the file to make its address.
  fileprivate var shift: UInt64 { stated.address &- stated.offset }

  /// The addresses to which pages of the file are mapped.
  fileprivate func mappedPages(of page: UInt64) -> Range<UInt64> {
    guard stated.fileSize > 0 || stated.address % page != 0 else { return stated.address..<stated.address }
    return stated.address / page * page..<stated.address.addingSaturating(stated.fileSize).roundedUp(to: page)
  }

  /// The addresses that are cleared.
  fileprivate func clearedPages(of page: UInt64) -> Range<UInt64> {
    let start = stated.address.addingSaturating(stated.fileSize)
    guard stated.memorySize > stated.fileSize else { return start..<start }
    return start..<max(start, stated.address.addingSaturating(stated.memorySize).roundedUp(to: page))
  }
}

extension UInt64 {
  /// The sum, or the largest number where that would be larger.
  func addingSaturating(_ other: UInt64) -> UInt64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }

  fileprivate func roundedUp(to page: UInt64) -> UInt64 {
    let (sum, overflow) = addingReportingOverflow(page - 1)
    return overflow ? .max : sum / page * page
  }
}
