/// The end record of an archive (APPNOTE.TXT 4.3.14 to 4.3.16), where every reader that goes by the directory begins.
///
/// Readers search for it, and for the directory, in different ways. An archive in which they can find different ones
/// is refused, since one of them may list a member that an installer never sees.
struct EndRecord {
  /// Where in the file the central directory lies.
  let directory: Range<Int>
  /// How many entries it has.
  let count: Int

  private static let signature = Array("PK\u{5}\u{6}".utf8)
  private static let size = 22
  private static let locatorSignature = Array("PK\u{6}\u{7}".utf8)
  private static let locatorSize = 20
  private static let largeSignature = Array("PK\u{6}\u{6}".utf8)
  private static let largeSize = 56
  /// The longest that the end of an archive can be, with its comment.
  private static let searched = largeSize + locatorSize + size + 0xffff

  /// Finds the record, with which the file must end, and no other before it that could be taken for it.
  init(_ source: any ByteSource) throws(ArchiveError) {
    let first = max(source.size - Self.searched, 0)
    guard let tail = try source.bytes(first..<source.size) else { throw ArchiveError(source.name, .open, .changed) }
    let places = tail.places(of: Self.signature)
    func end(of place: Int) -> Int? { tail.number(at: place + 20, size: 2).map { place + Self.size + $0 } }
    guard let start = places.last, let last = end(of: start), last <= tail.count else {
      throw ArchiveError(source.name, .open, .notAZip)
    }
    guard places.filter({ end(of: $0) == tail.count }) == [start], let record = Self.record(tail, at: start, first)
    else { throw ArchiveError(source.name, .open, .ambiguous) }
    self = record
  }

  /// Where the numbers of the record stand, and those of the record for large archives: the number of this disk, of
  /// that with the directory, of entries on this one, of all entries; the directory's size and its offset.
  private static let numbers: [(place: Int, size: Int, largePlace: Int, largeSize: Int)] = [
    (4, 2, 16, 4), (6, 2, 20, 4), (8, 2, 24, 8), (10, 2, 32, 8), (12, 4, 40, 8), (16, 4, 48, 8),
  ]

  /// Reads the record; nil when something in it, or in that for large archives, would lead another reader elsewhere.
  ///
  /// Some readers take the directory's offset, others the place that its size gives it before its end.
  private static func record(_ tail: [UInt8], at start: Int, _ first: Int) -> EndRecord? {
    var (end, large): (Int, Int?) = (start, nil)
    let locator = start - locatorSize
    if tail.holds(locatorSignature, at: locator) {
      end = locator - largeSize
      guard isSound(tail, locator: locator, large: end, first) else { return nil }
      large = end
    }
    let numbers = numbers.map { field -> Int? in
      let number = tail.number(at: start + field.place, size: field.size)
      guard let large else { return number }
      let largeNumber = tail.number(at: large + field.largePlace, size: field.largeSize)
      // A number that has no room in the record is all ones there.
      return number == largeNumber || number == 1 << (8 * field.size) - 1 ? largeNumber : nil
    }
    guard numbers[0] == 0, numbers[1] == 0, let count = numbers[3], numbers[2] == count, let size = numbers[4],
      size <= first + end, numbers[5] == first + end - size, count <= size / DirectoryEntry.fixedSize
    else { return nil }
    return EndRecord(directory: (first + end - size)..<(first + end), count: count)
  }

  /// Whether the record for large archives stands right before its locator, where some readers expect it, and where
  /// the locator says.
  private static func isSound(_ tail: [UInt8], locator: Int, large: Int, _ first: Int) -> Bool {
    tail.holds(largeSignature, at: large) && tail.number(at: large + 4, size: 8) == largeSize - 12
      && tail.number(at: locator + 4, size: 4) == 0 && tail.number(at: locator + 8, size: 8) == first + large
      && (0...1).contains(tail.number(at: locator + 16, size: 4) ?? 2)
  }

  private init(directory: Range<Int>, count: Int) {
    (self.directory, self.count) = (directory, count)
  }
}
