import CElf

extension SegmentLayout {
  /// What the program headers say of a file, in their order.
  init(_ segments: [Segment]) {
    self.init()
    let loaded = segments.lazy.filter { $0.type == Segment.load }.map(\.stated)
    var end: UInt64 = 0
    for segment in loaded {
      count += 1
      let (difference, _) = segment.address.subtractingReportingOverflow(segment.offset)
      commonPage = min(commonPage, Self.page(dividing: difference))
      alignedPage = min(alignedPage, Self.page(dividing: segment.alignment))
      if segment.alignment > 1, difference % segment.alignment != 0 { isMisaligned = true }
      if segment.address < end { isOutOfOrder = true }
      end = segment.address
      if segment.fileSize > segment.memorySize { isOverfull = true }
    }
    isWritableAndExecutable = segments.contains {
      $0.type == Segment.load && $0.flags & UInt32(PF_W | PF_X) == UInt32(PF_W | PF_X)
    }
    protectsUnmapped = segments.filter { $0.type == UInt32(PT_GNU_RELRO) }.map(\.stated).contains { relro in
      !loaded.contains { segment in
        relro.address >= segment.address
          && relro.memorySize <= Self.pages(segment.memorySize)
          && relro.address - segment.address
            <= Self.pages(segment.memorySize) - relro.memorySize
      }
    }
  }

  /// The largest page, up to the largest there is, of which a number is a multiple.
  private static func page(dividing number: UInt64) -> UInt64 {
    number == 0 ? largestPage : min(largestPage, 1 << UInt64(number.trailingZeroBitCount))
  }

  /// Bytes in the pages that so many bytes take.
  private static func pages(_ bytes: UInt64) -> UInt64 {
    let (sum, overflow) = bytes.addingReportingOverflow(largestPage - 1)
    return overflow ? .max : sum / largestPage * largestPage + largestPage
  }
}
