/// The end record of an archive (APPNOTE.TXT 4.3.14 to 4.3.16), where every reader begins.
///
/// Readers search for it in different ways. An archive in which they can find different ones has members that libzip
/// does not list and an installer installs.
struct EndRecord {
  /// Where in the file the central directory lies.
  let directory: Range<Int>

  private static let signature = Array("PK\u{5}\u{6}".utf8)
  private static let size = 22
  private static let locatorSignature = Array("PK\u{6}\u{7}".utf8)
  private static let locatorSize = 20
  private static let largeSignature = Array("PK\u{6}\u{6}".utf8)
  private static let largeSize = 56

  /// Reads the record that libzip found: the one that ends with a comment of this length.
  ///
  /// - Returns: nil when another reader may find another one. A reader that searches from the end of the file must
  ///   find this one, and one that expects the record for large archives right before its locator must find the one
  ///   that the locator names.
  init?(_ file: borrowing RawFile, commentLength: Int) {
    let own = Self.size + commentLength
    let first = max(file.size - own - Self.locatorSize - Self.largeSize, 0)
    guard own <= file.size, let tail = file.bytes(first..<file.size) else { return nil }
    let start = tail.count - own
    guard tail.holds(Self.signature, at: start) else { return nil }
    for place in (start + 1)..<tail.count where tail.holds(Self.signature, at: place) { return nil }

    var (end, size) = (start, tail.number(at: start + 12, size: 4))
    let locator = start - Self.locatorSize
    if tail.holds(Self.locatorSignature, at: locator) {
      end = locator - Self.largeSize
      guard tail.holds(Self.largeSignature, at: end), tail.number(at: locator + 8, size: 8) == first + end else {
        return nil
      }
      size = tail.number(at: end + 40, size: 8)
    }
    guard let size, size <= first + end else { return nil }
    directory = (first + end - size)..<(first + end)
  }
}
