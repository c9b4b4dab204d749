/// The end record of an archive (APPNOTE.TXT 4.3.14 to 4.3.16), where every reader begins.
///
/// Readers search for it in different ways. An archive in which they can find different ones has members that libzip
/// does not list and an installer installs.
struct EndRecord {
  /// Where in the file the central directory lies.
  let directory: Range<Int>
  /// Bytes of the archive's comment, which ends the file.
  let commentLength: Int

  private static let signature = Array("PK\u{5}\u{6}".utf8)
  private static let size = 22
  private static let locatorSignature = Array("PK\u{6}\u{7}".utf8)
  private static let locatorSize = 20
  private static let largeSignature = Array("PK\u{6}\u{6}".utf8)
  private static let largeSize = 56
  /// The longest that the end of an archive can be, with its comment.
  private static let searched = largeSize + locatorSize + size + 0xffff

  /// Finds the record: the last of the file, which must end with it.
  ///
  /// A reader that expects the record for large archives right before its locator must find the one that the locator
  /// names.
  init(_ file: borrowing RawFile) throws(ArchiveError) {
    let first = max(file.size - Self.searched, 0)
    guard let tail = try file.bytes(first..<file.size),
      let start = tail.indices.last(where: { tail.holds(Self.signature, at: $0) }),
      let comment = tail.number(at: start + 20, size: 2), start + Self.size + comment <= tail.count
    else { throw ArchiveError(file.path, .open, .notAZip) }
    guard start + Self.size + comment == tail.count else { throw ArchiveError(file.path, .open, .ambiguous) }
    var (end, size) = (start, tail.number(at: start + 12, size: 4))
    let locator = start - Self.locatorSize
    if tail.holds(Self.locatorSignature, at: locator) {
      end = locator - Self.largeSize
      guard tail.holds(Self.largeSignature, at: end), tail.number(at: locator + 8, size: 8) == first + end else {
        throw ArchiveError(file.path, .open, .ambiguous)
      }
      size = tail.number(at: end + 40, size: 8)
    }
    guard let size, size <= first + end else { throw ArchiveError(file.path, .open, .ambiguous) }
    directory = (first + end - size)..<(first + end)
    commentLength = comment
  }
}
