import CElf

/// Where everything lies in a file that the loader would read: header, segments and the tags of the dynamic segment.
///
/// Made as soon as these are known, before the tables themselves are: it says which ranges of the file to keep.
struct ELFOutline {
  let identity: ELFIdentity
  let segments: [Segment]
  let dynamic: DynamicTags?
  /// True for a file of debugging information: it keeps the program headers of what it was split from, and no contents.
  let isDebugInformation: Bool

  /// Requires that every loaded segment lies within the file, to the end of its last page: memory behind that is mapped
  /// and cannot be touched.
  func requireSegments(inFileOf size: Int) throws(ImageFault) {
    let page = Segment.page
    let end = (UInt64(size) + page - 1) / page * page
    for segment in segments where segment.type == Segment.load && segment.stated.fileSize > 0 {
      let (last, overflow) = segment.stated.offset.addingReportingOverflow(segment.stated.fileSize)
      guard !overflow, last <= end else {
        throw .malformed(
          ELFError(.programHeaders, at: segment.stated.offset, .outOfBounds(length: segment.stated.fileSize)))
      }
    }
  }

  init(of image: borrowing ELFImage) throws(ImageFault) {
    let identity = try image.identity()
    let segments = identity.isLoadable && !identity.machine.isForGraphics ? try image.segments() : []
    self.identity = identity
    self.segments = segments
    // Where several segments of a kind exist, the loader takes the last.
    guard let segment = segments.last(where: { $0.type == UInt32(PT_DYNAMIC) }) else {
      (dynamic, isDebugInformation) = (nil, false)
      return
    }
    let place = Result { () throws(ImageFault) in
      try Self.fileOffset(of: segment.address, in: segments, .dynamicSegment)
    }
    if segment.fileSize == 0, case .failure = place {
      (dynamic, isDebugInformation) = (nil, true)
      return
    }
    isDebugInformation = false
    let offset = try place.get().offset
    self.dynamic = try DynamicTags(
      of: image, at: FileRange(offset: offset, length: segment.fileSize), fileClass: identity.fileClass)
    try requireUnchanged(segment.address, length: segment.fileSize, .dynamicSegment)
  }

  /// The offset in the file of an address, and how many bytes of the file are mapped from there on.
  ///
  /// The end of what is returned never overflows, though it may lie past the end of the file.
  /// Where loaded segments overlap the later one is mapped over the earlier, so the last that has the address counts.
  static func fileOffset(
    of address: UInt64, in segments: [Segment], _ operation: ELFError.Operation
  ) throws(ImageFault) -> FileRange {
    for segment in segments.reversed() where segment.type == Segment.load && address >= segment.address {
      let distance = address - segment.address
      guard distance < segment.fileSize else { continue }
      let (offset, overflow) = segment.offset.addingReportingOverflow(distance)
      guard !overflow else { break }
      let length = min(segment.fileSize - distance, .max - offset)
      return FileRange(offset: offset, length: continued(length, from: address, offset, in: segments))
    }
    throw .malformed(ELFError(operation, at: 0, .unmappedAddress(address)))
  }

  /// Tools that patch objects make tables that run on from one segment into the next, where these join in memory and
  /// in the file.
  private static func continued(
    _ length: UInt64, from address: UInt64, _ offset: UInt64, in segments: [Segment]
  ) -> UInt64 {
    var length = length
    for segment in segments where segment.type == Segment.load {
      let (end, wraps) = address.addingReportingOverflow(length)
      let (fileEnd, fileWraps) = offset.addingReportingOverflow(length)
      guard !wraps, !fileWraps else { break }
      guard end >= segment.address, end - segment.address < segment.fileSize,
        fileEnd >= segment.offset, fileEnd - segment.offset == end - segment.address
      else { continue }
      length += min(segment.fileSize - (end - segment.address), .max - fileEnd)
    }
    return length
  }

  /// True when the segment that the dynamic one lies in lacks the flag W.
  var isDynamicReadOnly: Bool {
    guard let dynamic = segments.last(where: { $0.type == UInt32(PT_DYNAMIC) }) else { return false }
    let owner = segments.last { segment in
      segment.type == Segment.load && dynamic.address >= segment.stated.address
        && dynamic.address - segment.stated.address < segment.stated.memorySize
    }
    return owner.map { $0.flags & UInt32(PF_W) == 0 } ?? false
  }

  func fileOffset(of address: UInt64, _ operation: ELFError.Operation) throws(ImageFault) -> FileRange {
    try Self.fileOffset(of: address, in: segments, operation)
  }

  /// A table whose length no tag states: from its address to the next table, or to the end of what is mapped.
  func extent(of address: UInt64, atMost limit: UInt64, _ operation: ELFError.Operation) throws(ImageFault) -> FileRange
  {
    let mapped = try fileOffset(of: address, operation)
    var length = min(mapped.length, limit)
    for boundary in dynamic?.addresses ?? [] where boundary > address {
      length = min(length, boundary - address)
    }
    return FileRange(offset: mapped.offset, length: length)
  }
}
