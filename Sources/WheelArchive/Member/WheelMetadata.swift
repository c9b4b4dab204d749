/// What the WHEEL file in `.dist-info` says of the wheel (binary distribution format, "File contents").
public struct WheelMetadata: Hashable, Sendable {
  /// `Root-Is-Purelib`: the root of the archive is installed into purelib.
  public var rootIsPurelib = false
  /// The `Tag` lines, in the order of the file: `cp39-abi3-manylinux_2_17_x86_64`.
  public var tags: [String] = []

  public init() {}

  /// Reads the header fields as the email parser of installers does: an empty line or one that is no field ends them,
  /// an indented line goes on with the one before, and of a field that may come once the first counts.
  public init(_ text: String) {
    let fields = Self.fields(text)
    rootIsPurelib = fields.first { $0.name == "root-is-purelib" }?.value.lowercased() == "true"
    tags = fields.filter { $0.name == "tag" }.map(\.value)
  }

  private static func fields(_ text: String) -> [(name: String, value: String)] {
    var fields: [(name: String, value: Substring)] = []
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
    for line in lines {
      // By bytes: a combining mark behind a colon would make another character of it.
      if let first = line.utf8.first, isBlank(first) {
        if let last = fields.indices.last { fields[last].value += line }
        continue
      }
      guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")), line[..<colon].utf8.allSatisfy(isPrintable) else {
        break
      }
      fields.append((line[..<colon].lowercased(), line[line.utf8.index(after: colon)...]))
    }
    return fields.map { ($0.name, trimmed($0.value)) }
  }

  private static func trimmed(_ value: Substring) -> String {
    let bytes = value.utf8.drop(while: isBlank)
    let end = bytes.lastIndex { !isBlank($0) }.map(bytes.index(after:)) ?? bytes.startIndex
    return String(Substring(bytes[..<end]))
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  /// What the name of a field consists of (RFC 5322, 2.2).
  private static func isPrintable(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "!")...UInt8(ascii: "~")).contains(byte)
  }
}
