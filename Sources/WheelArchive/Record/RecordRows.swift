/// The rows of a RECORD file (binary distribution format, "The .dist-info directory"), as CPython's csv module reads them
/// with its defaults: quotes around a field, doubled within it, and ends of lines of any kind.
///
/// Takes no more room than the file: fields are slices of it, but for those with quotes.
struct RecordRows: Sequence, IteratorProtocol {
  /// A row: of more fields than three only the number is kept.
  struct Row {
    var path: ArraySlice<UInt8> = []
    var hash: ArraySlice<UInt8> = []
    var size: ArraySlice<UInt8> = []
    /// 0 for a line with nothing on it.
    var fieldCount = 0
    /// The number of the line that it begins in, from 1 on.
    let line: Int
  }

  private let bytes: [UInt8]
  private var place = 0
  private var line = 1

  // Each by itself: two in one statement would be made at run time, and asked for by each byte.
  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// How many lines a file has, in no more time than it takes to look at each byte; rows with quotes may take several.
  static func countLines(of bytes: [UInt8]) -> Int {
    var (count, previous) = (0, lineFeed)
    for byte in bytes {
      if byte == carriageReturn || (byte == lineFeed && previous != carriageReturn) { count += 1 }
      previous = byte
    }
    return bytes.isEmpty || previous == lineFeed || previous == carriageReturn ? count : count + 1
  }

  /// The next row; nil behind the last.
  mutating func next() -> Row? {
    guard place < bytes.count else { return nil }
    var row = Row(line: line)
    if isEndOfLine(place) {
      endLine()
      return row
    }
    while true {
      let field = field()
      switch row.fieldCount {
      case 0: row.path = field
      case 1: row.hash = field
      case 2: row.size = field
      default: break
      }
      row.fieldCount += 1
      guard place < bytes.count, bytes[place] == Self.comma else { break }
      place += 1
    }
    endLine()
    return row
  }

  /// The field at the place, which is behind it then: at a comma, at the end of a line or of the file.
  private mutating func field() -> ArraySlice<UInt8> {
    if place < bytes.count, bytes[place] == Self.quote { return quotedField() }
    let start = place
    while place < bytes.count, bytes[place] != Self.comma, !isEndOfLine(place) { place += 1 }
    return bytes[start..<place]
  }

  /// A field that begins with a quote; what follows the one that ends it belongs to it too.
  private mutating func quotedField() -> ArraySlice<UInt8> {
    var field: [UInt8] = []
    place += 1
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == Self.quote {
        guard place < bytes.count, bytes[place] == Self.quote else { break }
        place += 1
      }
      if byte == Self.lineFeed { line += 1 }
      field.append(byte)
    }
    while place < bytes.count, bytes[place] != Self.comma, !isEndOfLine(place) {
      field.append(bytes[place])
      place += 1
    }
    return field[...]
  }

  private func isEndOfLine(_ place: Int) -> Bool {
    bytes[place] == Self.lineFeed || bytes[place] == Self.carriageReturn
  }

  /// Passes over the end of a line: CR, LF or both.
  private mutating func endLine() {
    guard place < bytes.count else { return }
    if bytes[place] == Self.carriageReturn, place + 1 < bytes.count, bytes[place + 1] == Self.lineFeed { place += 1 }
    place += 1
    line += 1
  }
}
