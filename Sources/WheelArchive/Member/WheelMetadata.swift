/// What the WHEEL file in `.dist-info` says of the wheel (binary distribution format, "File contents").
public struct WheelMetadata: Hashable, Sendable {
  /// `Root-Is-Purelib`: the root of the archive is installed into purelib.
  public var rootIsPurelib = false
  /// How often `Root-Is-Purelib` is stated; installers go by the first.
  public var rootStatements = 0
  /// The `Tag` lines, in the order of the file: `cp39-abi3-manylinux_2_17_x86_64`.
  public var tags: [String] = []

  public init() {}

  public init(_ text: String) {
    self.init(Array(text.utf8))
  }

  /// Reads the header fields as the email parser of installers does: an empty line or one that is no field ends them,
  /// an indented line goes on with the one before, and of a field that may come once the first counts.
  ///
  /// Bytes that are not UTF-8 become U+FFFD.
  init(_ text: [UInt8]) {
    var lines = Lines(text)
    while let line = lines.next() {
      // One that goes on with nothing is ignored.
      if let first = line.first, Self.isBlank(first) { continue }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), line[..<colon].allSatisfy(Self.isPrintable) else {
        break
      }
      var value = Array(line[(colon + 1)...])
      while let more = lines.next(where: Self.isBlank) { value += more }
      switch String(decoding: line[..<colon], as: UTF8.self).lowercased() {
      case "tag": tags.append(Self.trimmed(value))
      case "root-is-purelib":
        if rootStatements == 0 { rootIsPurelib = Self.trimmed(value).lowercased() == "true" }
        rootStatements += 1
      default: break
      }
    }
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
