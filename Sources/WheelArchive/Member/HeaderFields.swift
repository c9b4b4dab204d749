/// The header fields of a text, as the email parser of installers reads them: an empty line or one that is no field ends
/// them, and an indented line goes on with the one before.
struct HeaderFields: Sequence, IteratorProtocol {
  private var lines: Lines

  init(_ text: [UInt8]) {
    lines = Lines(text)
  }

  /// The name of the next field in lower case, and its value without blanks at its ends.
  ///
  /// Bytes that are not UTF-8 become U+FFFD.
  mutating func next() -> (name: String, value: String)? {
    while let line = lines.next() {
      // One that goes on with nothing is ignored.
      if let first = line.first, Self.isBlank(first) { continue }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), line[..<colon].allSatisfy(Self.isPrintable) else {
        return nil
      }
      var value = Array(line[(colon + 1)...])
      while let more = lines.next(where: Self.isBlank) { value += more }
      return (String(decoding: line[..<colon], as: UTF8.self).lowercased(), Self.trimmed(value))
    }
    return nil
  }

  /// The lines of a text, which CR, LF or both end.
  private struct Lines {
    private var rest: ArraySlice<UInt8>

    init(_ text: [UInt8]) {
      rest = text[...]
    }

    /// The next line, if its first byte is as asked for.
    mutating func next(where isWanted: (UInt8) -> Bool) -> ArraySlice<UInt8>? {
      rest.first.map(isWanted) == true ? next() : nil
    }

    /// The next line; nil when there is none, or nothing behind the end of the last.
    mutating func next() -> ArraySlice<UInt8>? {
      guard !rest.isEmpty else { return nil }
      let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
      let end = rest.firstIndex { $0 == lineFeed || $0 == carriageReturn } ?? rest.endIndex
      let line = rest[..<end]
      rest = rest[end...]
      if rest.popFirst() == carriageReturn, rest.first == lineFeed { rest.removeFirst() }
      return line
    }
  }

  private static func trimmed(_ value: [UInt8]) -> String {
    let bytes = value.drop(while: isBlank)
    let end = bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? bytes.startIndex
    return String(decoding: bytes[..<end], as: UTF8.self)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  /// What the name of a field consists of (RFC 5322, 2.2).
  private static func isPrintable(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "!")...UInt8(ascii: "~")).contains(byte)
  }
}
