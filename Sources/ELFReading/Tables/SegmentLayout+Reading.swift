import CElf

extension SegmentLayout {
  /// What the program headers say of a file of 64 bits or not, in their order.
  init(_ segments: [Segment], isWide: Bool) {
    self.init()
    headerCount = segments.count
    let loads = segments.filter { $0.type == Segment.load }
    let loaded = loads.lazy.map(\.stated)
    guard let first = loaded.first, let last = loaded.last else { return }
    (lowestAddress, end) = (first.address, 0)
    (firstEnd, lastAddress) = (first.fileEnd, last.address)
    losesFlags = Self.losesFlags(loads)
    var highest = first.address
    for segment in loaded {
      count += 1
      let (difference, _) = segment.address.subtractingReportingOverflow(segment.offset)
      commonPage = min(commonPage, Self.page(dividing: difference))
      alignedPage = min(alignedPage, Self.page(dividing: segment.alignment))
      if segment.alignment > 1, difference % segment.alignment != 0 { isMisaligned = true }
      lowestAddress = min(lowestAddress, segment.address)
      highest = max(highest, segment.address)
      end = max(end, segment.end)
      if segment.fileSize > segment.memorySize { isOverfull = true }
      if count > 1, segment.memorySize == 0, segment.address % Segment.page == 0 { hasEmpty = true }
    }
    isOutOfOrder = first.address > lowestAddress || last.address < highest
    isWritableAndExecutable = segments.contains {
      $0.type == Segment.load && $0.flags & UInt32(PF_W | PF_X) == UInt32(PF_W | PF_X)
    }
    // The last one counts; only whole pages are protected.
    if let relro = segments.last(where: { $0.type == UInt32(PT_GNU_RELRO) })?.stated {
      let (start, stop) = (relro.address / Segment.page, relro.end / Segment.page)
      let (lowest, highest) = (first.address / Segment.page, last.end / Segment.page)
      protectsUnmapped = start != stop && (start < lowest || stop > highest + (last.end % Segment.page > 0 ? 1 : 0))
    }
    // Addresses of 32 bits wrap.
    if !isWide, end > 1 << 32 { end = .max }
  }

  /// True when a segment covers the last page of those mapped before it, and lacks a flag W or X that one of these has.
  private static func losesFlags(_ loads: [Segment]) -> Bool {
    var last: (page: UInt64, flags: UInt32)?
    for segment in loads where segment.stated.memorySize > 0 {
      let (first, flags) = (segment.stated.address / Segment.page, segment.flags & UInt32(PF_W | PF_X))
      let shared = last.flatMap { $0.page == first ? $0.flags : nil } ?? 0
      if shared & ~flags != 0 { return true }
      let end = segment.stated.fileSize > 0 ? (segment.stated.fileEnd - 1) / Segment.page : first
      last = (end, end == first ? flags | shared : flags)
    }
    return false
  }

  /// The largest page, up to the largest there is, of which a number is a multiple.
  private static func page(dividing number: UInt64) -> UInt64 {
    number == 0 ? largestPage : min(largestPage, 1 << UInt64(number.trailingZeroBitCount))
  }
}

extension Segment.Stated {
  /// The address behind what the segment takes of the file.
  fileprivate var fileEnd: UInt64 { address.addingSaturating(fileSize) }

  /// The address behind the segment's memory; the largest number where that would be larger.
  fileprivate var end: UInt64 { address.addingSaturating(memorySize) }
}
