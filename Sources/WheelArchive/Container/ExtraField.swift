/// The extra field of a header (APPNOTE.TXT 4.5.1), as far as readers find numbers and names in it.
struct ExtraField {
  private let bytes: [UInt8]
  /// What is left of the numbers that are too large for the header.
  private var numbers = 0..<0
  /// Names that some readers prefer to the header's.
  private var names: [Range<Int>] = []

  /// A number of four bytes that stands for one in the extra field.
  private static let absent = 0xffff_ffff
  /// The field for large numbers (APPNOTE.TXT 4.5.3).
  static let numbersID = 1
  /// Info-ZIP's field for a name in UTF-8 (APPNOTE.TXT 4.6.9), behind a version and a checksum.
  static let nameID = 0x7075
  static let nameStart = 5

  /// Reads the fields of an extra field; nil when one is longer than the room there is, or two have large numbers.
  init?(_ bytes: [UInt8], in range: Range<Int>) {
    self.bytes = bytes
    var place = range.lowerBound
    var hasNumbers = false
    while place + 4 <= range.upperBound {
      guard let id = bytes.number(at: place, size: 2), let length = bytes.number(at: place + 2, size: 2),
        place + 4 + length <= range.upperBound
      else { return nil }
      let contents = (place + 4)..<(place + 4 + length)
      if id == Self.numbersID {
        guard !hasNumbers else { return nil }
        (numbers, hasNumbers) = (contents, true)
      }
      if id == Self.nameID { names.append(contents) }
      place = contents.upperBound
    }
  }

  /// The number of four bytes at a place of the header, or the next of the extra field; nil when it is missing.
  ///
  /// Those in the extra field stand in the order in which they are asked for.
  mutating func number(at place: Int) -> Int? {
    let number = bytes.number(at: place, size: 4)
    guard number == Self.absent else { return number }
    guard numbers.count >= 8 else { return nil }
    defer { numbers.removeFirst(8) }
    return bytes.number(at: numbers.lowerBound, size: 8)
  }

  /// True unless a field gives the member another name than its header does to readers that know no such field.
  func agrees(withName name: ArraySlice<UInt8>, _ flags: DirectoryEntry.Flags) -> Bool {
    names.allSatisfy { contents in
      contents.count >= Self.nameStart && bytes[contents].dropFirst(Self.nameStart) == flags.utf8(name)
    }
  }
}
