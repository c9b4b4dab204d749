import CElf

/// Where everything lies in a file that the loader would read: header, segments and the tags of the dynamic segment.
///
/// Made as soon as these are known, before the tables themselves are: it says which ranges of the file to keep.
struct ELFOutline {
  let identity: ELFIdentity
  let segments: [Segment]
  let dynamic: DynamicTags?

  init(of image: borrowing ELFImage) throws(ImageFault) {
    let identity = try image.identity()
    let segments = identity.isLoadable ? try image.segments() : []
    self.identity = identity
    self.segments = segments
    // Where several segments of a kind exist, the loader takes the last.
    guard let segment = segments.last(where: { $0.type == UInt32(PT_DYNAMIC) }) else {
      self.dynamic = nil
      return
    }
    if segment.fileSize == 0, segments.allSatisfy({ $0.type != Segment.load || $0.fileSize == 0 }) {
      // A file of debugging information keeps the program headers of what it was split from, and no contents.
      self.dynamic = nil
      return
    }
    let offset = try Self.fileOffset(of: segment.address, in: segments, .dynamicSegment).offset
    self.dynamic = try DynamicTags(
      of: image, at: FileRange(offset: offset, length: segment.fileSize), fileClass: identity.fileClass)
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

  /// The ranges of the file that the tables take, some of them estimated generously: what to keep of a stream.
  ///
  /// In their order, since a set of ranges takes quadratic time to fill from its end.
  func likelyRanges(fileSize: Int) -> [Range<Int>] {
    var ranges = Segment.pathsAndNotes(in: segments)
    if let dynamic {
      if let address = dynamic.stringTable, let place = try? fileOffset(of: address, .stringTable) {
        let length = min(place.length, dynamic.stringTableSize ?? 0, ELFImage.tableLimit)
        ranges.append(FileRange(offset: place.offset, length: length))
      }
      for address in [
        dynamic.symbolTable, dynamic.symbolVersions, dynamic.versionNeeds, dynamic.versionDefinitions,
        dynamic.hashTable, dynamic.gnuHashTable,
      ] {
        if let address, let place = try? extent(of: address, atMost: ELFImage.tableLimit, .image) {
          ranges.append(place)
        }
      }
    }
    return ranges.clamped(toFileOf: fileSize)
  }
}

extension [FileRange] {
  /// What of the ranges lies in a file of `size` bytes, sorted, so that a set of them is made in linear time.
  fileprivate func clamped(toFileOf size: Int) -> [Range<Int>] {
    compactMap { range in
      guard range.offset < UInt64(size) else { return nil }
      let start = Int(range.offset)
      return start..<start + Int(Swift.min(range.length, UInt64(size - start)))
    }
    .sorted { $0.lowerBound < $1.lowerBound }
  }
}

extension Segment {
  /// The ranges of a file where its tables are likely to be: linkers put them at its beginning, into a segment of their
  /// own if they keep them apart from code; tools that patch objects append writable segments for those they change.
  ///
  /// - Parameters:
  ///   - segments: as the program headers state them.
  ///   - limit: bytes to keep of a beginning with code, and of writable segments; of a beginning apart from code twice as
  ///     much may be kept, and what the writable segments leave.
  ///   - fileSize: bytes in the file.
  /// - Returns: the ranges, sorted.
  static func likelyTables(in segments: [Segment], atMost limit: Int, fileSize: Int) -> [Range<Int>] {
    let limit = UInt64(limit)
    let loaded = segments.filter { $0.type == load }
    var ranges = pathsAndNotes(in: segments)
    var room = limit
    for segment in loaded.reversed() where segment.isWritable {
      guard segment.fileSize <= room else { break }
      room -= segment.fileSize
      ranges.append(FileRange(offset: segment.offset, length: segment.fileSize))
    }
    let first = loaded.first?.fileSize ?? limit
    let beginning =
      switch loaded.firstIndex(where: \.isExecutable) {
      case 0: limit
      // A library of data has few symbols.
      case nil: min(first, limit)
      case _?: min(first, 2 * limit + room)
      }
    ranges.append(FileRange(offset: 0, length: beginning))
    return ranges.clamped(toFileOf: fileSize)
  }

  /// The ranges of a file that segments state themselves: interpreter paths and notes.
  static func pathsAndNotes(in segments: [Segment]) -> [FileRange] {
    segments.filter { $0.type == UInt32(PT_INTERP) || $0.isNote }
      .map { FileRange(offset: $0.offset, length: min($0.fileSize, noteLimit)) }
  }

  private var isWritable: Bool { flags & UInt32(PF_W) != 0 }

  static let load = UInt32(PT_LOAD)

  private var isExecutable: Bool { flags & UInt32(PF_X) != 0 }

  /// Larger interpreter paths and notes are refused: the kernel reads a path of at most PATH_MAX bytes.
  static let noteLimit: UInt64 = 1 << 20

  /// PT_NOTE or PT_GNU_PROPERTY.
  var isNote: Bool { type == UInt32(PT_NOTE) || type == UInt32(PT_GNU_PROPERTY) }
}
