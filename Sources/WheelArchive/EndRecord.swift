import Glibc

/// The end record of an archive (APPNOTE.TXT 4.3.14 to 4.3.16), where every reader begins.
///
/// Readers search for it in different ways. An archive in which they can find different ones has members that libzip
/// does not list and an installer installs.
struct EndRecord {
  /// The last bytes of the file: from where the record for large archives would begin.
  private let tail: [UInt8]
  private let fileSize: Int
  /// The place of the record in `tail`.
  private let start: Int

  private static let signature = Array("PK\u{5}\u{6}".utf8)
  private static let locatorSignature = Array("PK\u{6}\u{7}".utf8)
  private static let size = 22
  private static let locatorSize = 20
  private static let largeRecordSize = 56

  /// Reads the record that libzip found: the one that ends with a comment of this length.
  ///
  /// - Returns: nil when the file cannot be read.
  init?(path: String, fileSize: UInt64, commentLength: Int) {
    self.fileSize = Int(clamping: fileSize)
    let own = Self.size + commentLength
    let count = min(Self.largeRecordSize + Self.locatorSize + own, self.fileSize)
    guard count >= own, let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var tail = [UInt8](repeating: 0, count: count)
    guard fseek(file, -count, SEEK_END) == 0, fread(&tail, 1, count, file) == count else { return nil }
    self.tail = tail
    start = count - own
  }

  /// True when a reader that searches from the end of the file finds this record, and a reader that expects the
  /// record for large archives right before its locator finds the one that the locator names.
  var isUnmistakable: Bool {
    let behind = tail[(start + 1)...]
    let hasAnother = behind.indices.contains { tail[$0...].starts(with: Self.signature) }
    guard !hasAnother else { return false }
    let locator = start - Self.locatorSize
    guard locator >= 0, tail[locator...].starts(with: Self.locatorSignature) else { return true }
    let named = tail[(locator + 8)..<(locator + 16)].reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    let expected = fileSize - tail.count + locator - Self.largeRecordSize
    return named == UInt64(clamping: expected)
  }
}
