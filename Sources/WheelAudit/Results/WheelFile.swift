import WheelArchive

/// The bytes that were audited, as they are known again.
public struct WheelFile: Hashable, Sendable {
  /// Bytes in the file.
  public let size: Int
  /// The SHA-256 of the file; nil where it was not asked for, or could not be found out.
  public let sha256: [UInt8]?

  public init(size: Int, sha256: [UInt8]?) {
    self.size = size
    self.sha256 = sha256
  }

  /// The file at a path, all of it read; nil for what is no regular file or cannot be read, and for what was written to
  /// meanwhile.
  public init?(path: String) {
    guard let source = try? FileSource(path: path) else { return nil }
    self.init(source, isHashed: true)
    if sha256 == nil { return nil }
  }

  /// What is known of a file that is no archive.
  init(_ source: FileSource, isHashed: Bool) {
    size = source.size
    sha256 = isHashed ? Self.sha256(source) : nil
  }

  /// Bytes in a file that can be opened.
  public static func size(path: String) -> Int? { (try? FileSource(path: path))?.size }

  private static func sha256(_ source: FileSource) -> [UInt8]? {
    guard let before = try? source.identity(), let digest = try? source.sha256(), (try? source.identity()) == before
    else { return nil }
    return digest
  }

  /// The digest in hexadecimal digits.
  public var hexadecimalDigest: String? { sha256.map(hexadecimal) }
}

/// Bytes in hexadecimal digits, two for each.
func hexadecimal(_ bytes: some Collection<UInt8>) -> String {
  let digits: StaticString = "0123456789abcdef"
  return String(unsafeUninitializedCapacity: 2 * bytes.count) { text in
    for (place, byte) in bytes.enumerated() {
      text[2 * place] = digits.utf8Start[Int(byte >> 4)]
      text[2 * place + 1] = digits.utf8Start[Int(byte & 15)]
    }
    return 2 * bytes.count
  }
}
