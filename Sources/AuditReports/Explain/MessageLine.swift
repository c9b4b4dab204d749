import Glibc

/// A line as messages are compared: without quotes, a space between words.
///
/// What is longer than any message with three paths in it is cut.
struct MessageLine: Sendable {
  private(set) var bytes: [UInt8] = []
  /// The same with small letters of ASCII.
  let folded: [UInt8]

  static let longest = 16 << 10

  init(_ text: some StringProtocol, isTrimmed: Bool = true) {
    for scalar in text.unicodeScalars where !Self.quotes.contains(scalar) {
      if bytes.count >= Self.longest { break }
      let isSpace = scalar == " " || scalar == "\t" || scalar == "\r"
      if isSpace, bytes.last == Self.space || (isTrimmed && bytes.isEmpty) { continue }
      bytes.append(contentsOf: isSpace ? [Self.space] : Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter))
    }
    if isTrimmed, bytes.last == Self.space { bytes.removeLast() }
    folded = bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
  }

  private static let quotes: Set<Unicode.Scalar> = ["'", "\"", "`", "\u{b4}", "‘", "’", "‚", "“", "”", "„", "«", "»"]
  private static let space = UInt8(ascii: " ")

  /// Where small letters first stand from a position on.
  func position(of words: [UInt8], from start: Int) -> Int? {
    guard let first = words.first else { return nil }
    return folded.withUnsafeBytes { line in
      words.withUnsafeBytes { words in
        guard let base = line.baseAddress, let pattern = words.baseAddress else { return nil }
        var start = start
        while start + words.count <= line.count,
          let place = memchr(base + start, Int32(first), line.count - words.count - start + 1)
        {
          if memcmp(place, pattern, words.count) == 0 { return UnsafeRawPointer(place) - base }
          start = UnsafeRawPointer(place) - base + 1
        }
        return nil
      }
    }
  }

  /// The word before a position and the colon before that.
  func word(before position: Int) -> String? {
    guard position > 2, bytes[position - 1] == Self.space, bytes[position - 2] == UInt8(ascii: ":") else { return nil }
    let end = position - 2
    let start = bytes[..<end].lastIndex(of: Self.space).map { $0 + 1 } ?? 0
    return word(start..<end)
  }

  /// Where the word ends that begins at a position; nil where none does.
  func endOfWord(from start: Int) -> Int? {
    guard start < bytes.count else { return nil }
    return bytes[start...].firstIndex(of: Self.space) ?? bytes.count
  }

  /// What is one word, without the marks of a sentence behind it.
  func word(_ range: Range<Int>) -> String? {
    guard !bytes[range].contains(Self.space) else { return nil }
    var word = bytes[range]
    while let last = word.last, ",.:;)".utf8.contains(last) { word.removeLast() }
    return word.isEmpty ? nil : String(decoding: word, as: UTF8.self)
  }
}
