extension ELFPatch {
  /// Where the test's own PT_LOAD is mapped, far above what linkers use.
  public static let tailAddress: UInt64 = 0x1000_0000

  /// Appends bytes to the file, aligned to 8, and maps them with a PT_LOAD that takes the place of PT_PHDR, which
  /// nothing reads; tools that patch objects do the same.
  ///
  /// - Returns: the offset in the file of what was appended.
  @discardableResult public mutating func mapTail(_ tail: [UInt8], after padding: Int = 0) throws -> Int {
    bytes += [UInt8](repeating: 0, count: padding)
    bytes += [UInt8](repeating: 0, count: -bytes.count & 7)
    let start = bytes.count
    bytes += tail
    let segment = try segment(.programHeaders)
    self[segment, .type] = SegmentType.load.rawValue
    // Readable and executable, as a segment is in which a linker put tables and code together.
    self[segment, .flags] = 5
    self[segment, .offset] = UInt64(start)
    self[segment, .address] = Self.tailAddress
    self[segment, .fileSize] = UInt64(tail.count)
    self[segment, .memorySize] = UInt64(tail.count)
    return start
  }

  /// Maps a copy of the whole file behind it and makes tags state the addresses in the copy.
  ///
  /// Where the tables of these tags were stands nonsense. The copy begins `shift` bytes after a multiple of 8.
  ///
  /// - Returns: the offset in the file of the copy.
  @discardableResult public mutating func moveToTail(_ tags: [Tag], after padding: Int = 0, shift: Int = 0) throws
    -> Int
  {
    let start = try mapTail([UInt8](repeating: 0, count: shift) + bytes, after: padding) + shift
    for tag in tags {
      let table = try table(tag)
      try set(tag, to: Self.tailAddress + UInt64(shift + table))
      for position in table..<table + 8 { bytes[position] = 0xff }
    }
    return start
  }

  /// Puts tables far behind the beginning of the file, and the dynamic segment as far behind them.
  ///
  /// Whoever reads the file once from its beginning passes the tables before anything says where they are.
  public mutating func moveBeforeDynamicSegment(_ tags: [Tag], after padding: Int) throws {
    let tail = try segment(.programHeaders)
    let start = try moveToTail(tags, after: padding)
    let segment = try segment(.dynamic)
    let (offset, length) = (Int(self[segment, .offset]), Int(self[segment, .fileSize]))
    let dynamic = bytes[offset..<offset + length]
    bytes += [UInt8](repeating: 0, count: padding + (-bytes.count & 7)) + dynamic
    for position in offset..<offset + length { bytes[position] = 0xff }
    let mapped = UInt64(bytes.count - start)
    self[tail, .fileSize] = mapped
    self[segment, .address] = Self.tailAddress + mapped - UInt64(length)
  }
}
