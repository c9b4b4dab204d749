/// A text of which no line is a command to the program that runs a job and reads its log.
///
/// GitHub's runner obeys a line that begins, after blanks, with `::`, and one in which `##[` stands anywhere (actions/runner,
/// `ActionCommand`); Azure Pipelines obeys `##vso[` anywhere, TeamCity `##teamcity[`. A wheel may give its members such
/// names, and wrapping may bring a name to the beginning of a line. So the first colon of such a line is shown by its
/// number, and the first of two `#` before a bracket or a letter.
public func withoutCommands(_ text: String) -> String {
  escapingCommands(in: text) { "\\u{\(String($0, radix: 16))}" }
}

/// The text with what would make a command replaced by what `escape` makes of its number.
func escapingCommands(in text: String, as escape: (UInt8) -> String) -> String {
  var text = text
  var marks: [Int] = []
  text.withUTF8 { bytes in
    var search = CommandSearch()
    var index = 0
    while index < bytes.count {
      search.step(bytes, &index, &marks)
      search.passOver(bytes, &index)
    }
  }
  // Nearly every text stays as it is.
  guard !marks.isEmpty else { return text }
  var result = ""
  var start = text.utf8.startIndex
  for mark in marks.sorted() {
    let index = text.utf8.index(text.utf8.startIndex, offsetBy: mark)
    result += text[start..<index] + escape(text.utf8[index])
    start = text.utf8.index(after: index)
  }
  return result + text[start...]
}

/// Goes through bytes once and finds what begins a command.
///
/// Blanks are passed over before a command. What cannot be seen is passed over wherever it stands, since a runner that
/// compares by the rules of a language does so too: characters that are ignorable by default, and sequences that set
/// colours.
private struct CommandSearch {
  private enum Place {
    /// Nothing of the line could be seen yet.
    case start
    /// A colon at this offset is all that could be seen.
    case colon(Int)
    case inside
  }

  private var place = Place.start
  /// The offsets of the last two characters, if those are `#`; what cannot be seen does not part them.
  private var hashes: [Int] = []

  /// Looks at the character at `index`, and goes behind it.
  mutating func step(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ marks: inout [Int]) {
    let (offset, byte) = (index, bytes[index])
    index += 1
    switch byte {
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      place = .start
      hashes = []
    case 0x1b: Self.skipSequence(bytes, &index)
    case ...0x20, 0x7f: seeBlank()
    case 0x80...:
      switch Self.kind(bytes, offset, &index) {
      case .ignored: break
      case .blank: seeBlank()
      case .visible: see(byte, at: offset, &marks)
      }
    default: see(byte, at: offset, &marks)
    }
  }

  /// Goes behind characters that begin nothing where they stand: nearly all of a text.
  mutating func passOver(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) {
    guard case .inside = place, hashes.isEmpty else { return }
    while index < bytes.count, 0x20..<0x7f ~= bytes[index], bytes[index] != UInt8(ascii: "#") { index += 1 }
  }

  /// Blanks stand before a command, and in no sign of one.
  private mutating func seeBlank() {
    if case .colon = place { place = .inside }
    hashes = []
  }

  private mutating func see(_ byte: UInt8, at offset: Int, _ marks: inout [Int]) {
    let isColon = byte == UInt8(ascii: ":")
    switch place {
    case .start: place = isColon ? .colon(offset) : .inside
    case .colon(let first):
      if isColon { marks.append(first) }
      place = .inside
    case .inside: break
    }
    if byte == UInt8(ascii: "#") {
      hashes = hashes.suffix(1) + [offset]
      return
    }
    let beginsWord = byte == UInt8(ascii: "[") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    if hashes.count == 2, beginsWord { marks.append(hashes[0]) }
    hashes = []
  }

  /// Goes behind a sequence of ECMA-48 (5.4, "CSI"), which ends with a byte from 0x40 to 0x7e.
  private static func skipSequence(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "[") else { return }
    index += 1
    while index < bytes.count, !(0x40...0x7e).contains(bytes[index]) {
      guard bytes[index] >= 0x20 else { return }
      index += 1
    }
    if index < bytes.count { index += 1 }
  }

  private enum Kind {
    case visible, blank, ignored
  }

  /// Goes behind a character that is not ASCII, and says what can be seen of it.
  private static func kind(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int, _ index: inout Int) -> Kind {
    while index < bytes.count, bytes[index] & 0xc0 == 0x80 { index += 1 }
    guard let scalar = String(decoding: bytes[offset..<index], as: UTF8.self).unicodeScalars.first else {
      return .visible
    }
    let properties = scalar.properties
    if properties.isWhitespace || properties.generalCategory == .control { return .blank }
    return properties.isDefaultIgnorableCodePoint || properties.generalCategory == .format ? .ignored : .visible
  }
}
