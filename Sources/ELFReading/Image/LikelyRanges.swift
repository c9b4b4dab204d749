import CElf

extension ELFOutline {
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
      ranges += RelocationTables.likelyRanges(of: dynamic, self)
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
    for segment in loaded.suffix(writableLimit).reversed() where segment.isWritable {
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
    // Of interpreters the first counts, and more notes than these are refused when they are read.
    let interpreter = segments.first { $0.type == UInt32(PT_INTERP) }
    let notes = segments.filter { $0.isNote }.prefix(noteCountLimit)
    let stated = (interpreter.map { [$0] } ?? []) + notes
    return stated.map { FileRange(offset: $0.offset, length: min($0.fileSize, noteLimit)) }
  }

  /// Linkers make one segment of notes for each alignment; thousands of them may state the same megabyte.
  static let noteCountLimit = 64

  /// Segments at the end of the list that are looked at for appended tables; linkers and tools make a handful.
  private static let writableLimit = 64

  private var isWritable: Bool { flags & UInt32(PF_W) != 0 }

  private var isExecutable: Bool { flags & UInt32(PF_X) != 0 }

  /// Larger interpreter paths and notes are refused: the kernel reads a path of at most PATH_MAX bytes.
  static let noteLimit: UInt64 = 1 << 20
}
