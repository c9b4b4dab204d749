/// Requires that a file is its members, one behind the other, up to the central directory, and that the headers and
/// descriptors between them say what the directory says.
///
/// Some installers go by the central directory, others read the file from its start. They find the same members, with
/// the same bytes, only where that is so.
struct LayoutCheck {
  private var pieces: FilePieces
  private let archive: String
  private let directory: [UInt8]
  /// Where the members end and the directory begins.
  private let end: Int

  private static let localSignature = Array("PK\u{3}\u{4}".utf8)
  /// A local header without its name and its extra field (APPNOTE.TXT 4.3.7).
  static let localSize = 30
  private static let descriptorSignature = Array("PK\u{7}\u{8}".utf8)
  /// A data descriptor has a signature or none, and sizes of 4 or 8 bytes (APPNOTE.TXT 4.3.9).
  private static let descriptorSizes = [12, 16, 20, 24]

  init(_ source: any ByteSource, _ directory: [UInt8], end: Int) {
    pieces = FilePieces(source)
    archive = source.name
    (self.directory, self.end) = (directory, end)
  }

  /// Checks all entries, and completes them with the lengths of their local headers.
  consuming func run(_ entries: inout [DirectoryEntry]) throws(ArchiveError) {
    var expected = 0
    let inFile = entries.indices.sorted { entries[$0].offset < entries[$1].offset }
    for (position, index) in inFile.enumerated() {
      let entry = entries[index]
      guard entry.offset == expected else { throw ArchiveError(archive, .list, .notContiguous) }
      expected = position + 1 < inFile.count ? entries[inFile[position + 1]].offset : end
      guard expected <= end else { throw ArchiveError(archive, .list, .notContiguous) }
      guard let length = try headerLength(of: entry, before: expected) else { throw refusal(of: entry) }
      entries[index].headerLength = UInt32(length)
      let behind = expected - entry.offset - length
      guard entry.compressedSize <= behind else { throw ArchiveError(archive, .list, .notContiguous) }
      try checkDescriptor(of: entry, in: (expected - behind + entry.compressedSize)..<expected)
    }
    guard expected == end else { throw ArchiveError(archive, .list, .notContiguous) }
  }

  /// The length of the local header of a member; nil when it contradicts the directory.
  private mutating func headerLength(of entry: DirectoryEntry, before next: Int) throws(ArchiveError) -> Int? {
    let name = directory[entry.name]
    let fixed = Self.localSize + name.count
    guard let start = try pieces.place(of: entry.offset..<(entry.offset + fixed), before: next),
      pieces.bytes.holds(Self.localSignature, at: start), let flags = number(start + 6, 2),
      agree(DirectoryEntry.Flags(rawValue: UInt16(flags)), entry), number(start + 8, 2) == Int(entry.method),
      number(start + 26, 2) == name.count, pieces.bytes[(start + Self.localSize)..<(start + fixed)] == name,
      let extraLength = number(start + 28, 2)
    else { return nil }
    let length = fixed + extraLength
    guard let start = try pieces.place(of: entry.offset..<(entry.offset + length), before: next),
      var extra = ExtraField(pieces.bytes, in: (start + fixed)..<(start + length)),
      extra.agrees(withName: name, entry.flags),
      let checksum = number(start + 14, 4), let size = extra.number(at: start + 22),
      let compressedSize = extra.number(at: start + 18)
    else { return nil }
    // What stands behind the data is 0 here; Info-ZIP knows the size before and says it. But where the data is stored
    // as it is, nothing in it says where it ends.
    let isLater = entry.flags.contains(.hasDescriptor)
    let areSizesLater = isLater && entry.compression != .stored
    guard checksum == Int(entry.checksum) || isLater && checksum == 0,
      size == entry.size || areSizesLater && size == 0,
      compressedSize == entry.compressedSize || areSizesLater && compressedSize == 0
    else { return nil }
    return length
  }

  /// Whether the flags of a local header make the same of a member as those of its entry.
  private func agree(_ flags: DirectoryEntry.Flags, _ entry: DirectoryEntry) -> Bool {
    let differing = flags.symmetricDifference(entry.flags)
    guard differing.isDisjoint(with: .deciding) else { return false }
    return !differing.contains(.unicodeName) || directory[entry.name].isASCII
  }

  /// Requires that what follows a member's data is its descriptor, or nothing where it has none.
  private mutating func checkDescriptor(of entry: DirectoryEntry, in range: Range<Int>) throws(ArchiveError) {
    guard entry.flags.contains(.hasDescriptor) || range.isEmpty,
      range.isEmpty || Self.descriptorSizes.contains(range.count)
    else { throw ArchiveError(archive, .list, .notContiguous) }
    guard entry.flags.contains(.hasDescriptor) else { return }
    guard !range.isEmpty, let start = try pieces.place(of: range, before: range.upperBound) else {
      throw refusal(of: entry)
    }
    let width = range.count < 20 ? 4 : 8
    let numbers = start + range.count - 2 * width - 4
    guard numbers == start || pieces.bytes.holds(Self.descriptorSignature, at: start),
      number(numbers, 4) == Int(entry.checksum), number(numbers + 4, width) == entry.compressedSize,
      number(numbers + 4 + width, width) == entry.size
    else { throw refusal(of: entry) }
  }

  private func number(_ place: Int, _ size: Int) -> Int? { pieces.bytes.number(at: place, size: size) }

  private func refusal(of entry: DirectoryEntry) -> ArchiveError {
    let name = String(decoding: entry.name(in: directory), as: UTF8.self)
    return ArchiveError(archive, member: name, .list, .contradictoryHeaders)
  }
}
