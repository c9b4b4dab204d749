extension ELFPatch {
  /// One entry of the dynamic segment.
  public typealias Entry = (tag: Tag, value: UInt64)

  /// Gives the object another dynamic segment, and the tables that it leads to, behind the end of the file.
  ///
  /// - Parameters:
  ///   - entries: all but the places of the tables and the end.
  ///   - strings: the string table.
  ///   - versionNeeds: the records of DT_VERNEED, if there are any.
  /// - Throws: `Missing` when the object has no dynamic segment, or no program header to spare.
  public mutating func replaceDynamicSegment(
    _ entries: [Entry], strings: [UInt8], versionNeeds: [UInt8] = []
  ) throws {
    func padded(_ table: [UInt8]) -> [UInt8] { table + [UInt8](repeating: 0, count: -table.count & 7) }
    let tables = padded(strings) + padded(versionNeeds)
    var places: [Entry] = [(.stringTable, Self.tailAddress), (.stringTableSize, UInt64(strings.count))]
    if !versionNeeds.isEmpty { places.append((.versionNeeds, Self.tailAddress + UInt64(padded(strings).count))) }
    let all = entries + places + [(.null, 0)]
    let length = all.count * 2 * addressWidth
    let start = try mapTail(tables + [UInt8](repeating: 0, count: length)) + tables.count
    for (position, entry) in all.enumerated() {
      let place = start + position * 2 * addressWidth
      set(at: place, width: addressWidth, to: entry.tag.rawValue)
      set(at: place + addressWidth, width: addressWidth, to: entry.value)
    }
    let segment = try segment(.dynamic)
    self[segment, .offset] = UInt64(start)
    self[segment, .address] = Self.tailAddress + UInt64(tables.count)
    self[segment, .fileSize] = UInt64(length)
    self[segment, .memorySize] = UInt64(length)
  }
}
