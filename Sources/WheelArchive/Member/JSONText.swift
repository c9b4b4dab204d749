/// A JSON text from a wheel, read so that no other reader can make something else of it (RFC 8259).
///
/// A key that stands twice in an object is refused, since some readers take the first and others the last; so is what only
/// some readers take.
enum JSONText: Hashable {
  case object([String: JSONText])
  case array([JSONText])
  case string(String)
  /// A number, true, false or null: nothing that is read here is one.
  case other

  /// Why a text is not read, and at which byte.
  struct Problem: Error, Hashable, CustomStringConvertible {
    let offset: Int
    let words: String

    var description: String { "\(words) at byte \(offset)" }
  }

  /// Reads a text.
  ///
  /// What it takes grows with the text; objects and arrays lie at most ``deepest`` deep.
  init(_ bytes: [UInt8]) throws(Problem) {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw Problem(offset: 0, words: "it is not UTF-8") }
    var reader = Reader(bytes)
    self = try reader.value(depth: 0)
    reader.skipBlanks()
    guard reader.here == nil else { throw reader.problem("there is more than one value") }
  }

  var members: [String: JSONText]? {
    if case .object(let members) = self { members } else { nil }
  }

  var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// An array of nothing but strings.
  var texts: [String]? {
    guard case .array(let elements) = self else { return nil }
    let texts = elements.compactMap(\.text)
    return texts.count == elements.count ? texts : nil
  }

  /// Objects and arrays in each other; what is read here has five.
  private static let deepest = 32

  private struct Reader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
    }

    var here: UInt8? { place < bytes.count ? bytes[place] : nil }

    func problem(_ words: String) -> Problem { Problem(offset: place, words: words) }

    mutating func skipBlanks() {
      while let byte = here, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { place += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard here == UInt8(ascii: character) else { return false }
      place += 1
      return true
    }

    mutating func value(depth: Int) throws(Problem) -> JSONText {
      guard depth < JSONText.deepest else { throw problem("more than \(JSONText.deepest) values lie in each other") }
      skipBlanks()
      switch here {
      case UInt8(ascii: "{"): return try object(depth)
      case UInt8(ascii: "["): return try array(depth)
      case UInt8(ascii: "\""): return .string(try string())
      default: return try word()
      }
    }

    private mutating func object(_ depth: Int) throws(Problem) -> JSONText {
      _ = take("{")
      var members: [String: JSONText] = [:]
      skipBlanks()
      if take("}") { return .object(members) }
      repeat {
        skipBlanks()
        guard here == UInt8(ascii: "\"") else { throw problem("there is no key") }
        let start = place
        let key = try string()
        guard members[key] == nil else { throw Problem(offset: start, words: "a key stands twice in an object") }
        skipBlanks()
        guard take(":") else { throw problem("there is no ':'") }
        members[key] = try value(depth: depth + 1)
        skipBlanks()
      } while take(",")
      guard take("}") else { throw problem("there is no '}'") }
      return .object(members)
    }

    private mutating func array(_ depth: Int) throws(Problem) -> JSONText {
      _ = take("[")
      var elements: [JSONText] = []
      skipBlanks()
      if take("]") { return .array(elements) }
      repeat {
        elements.append(try value(depth: depth + 1))
        skipBlanks()
      } while take(",")
      guard take("]") else { throw problem("there is no ']'") }
      return .array(elements)
    }

    private mutating func string() throws(Problem) -> String {
      _ = take("\"")
      var text: [UInt8] = []
      while let byte = here, byte != UInt8(ascii: "\"") {
        guard byte >= 0x20 else { throw problem("a string has a control character") }
        place += 1
        if byte == UInt8(ascii: "\\") { text += try escaped() } else { text.append(byte) }
      }
      guard take("\"") else { throw problem("a string does not end") }
      return String(decoding: text, as: UTF8.self)
    }

    /// What stands behind a backslash, in UTF-8.
    private mutating func escaped() throws(Problem) -> [UInt8] {
      let simple: [UInt8: UInt8] = [
        UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5c, UInt8(ascii: "/"): 0x2f, UInt8(ascii: "b"): 0x08,
        UInt8(ascii: "f"): 0x0c, UInt8(ascii: "n"): 0x0a, UInt8(ascii: "r"): 0x0d, UInt8(ascii: "t"): 0x09,
      ]
      if let byte = here.flatMap({ simple[$0] }) {
        place += 1
        return [byte]
      }
      guard take("u"), let first = codeUnit() else { throw problem("an escape is none of JSON") }
      guard UTF16.isLeadSurrogate(first) else {
        guard let scalar = Unicode.Scalar(first) else { throw problem("half a character is escaped") }
        return Array(String(Character(scalar)).utf8)
      }
      guard take("\\"), take("u"), let second = codeUnit(), UTF16.isTrailSurrogate(second) else {
        throw problem("half a character is escaped")
      }
      return Array(String(decoding: [first, second], as: UTF16.self).utf8)
    }

    private mutating func codeUnit() -> UInt16? {
      let digits = bytes[place...].prefix(4)
      guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
      place += 4
      return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    /// A number, true, false or null.
    private mutating func word() throws(Problem) -> JSONText {
      let start = place
      while let byte = here, !",]}".utf8.contains(byte), ![0x20, 0x09, 0x0a, 0x0d].contains(byte) { place += 1 }
      let word = bytes[start..<place]
      let isName = ["true", "false", "null"].contains { word.elementsEqual($0.utf8) }
      guard isName || Self.isNumber(word) else { throw Problem(offset: start, words: "there is no value") }
      return .other
    }

    /// True for what is a number as JSON has it, `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`.
    private static func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
      var rest = word
      func takeDigits() -> Int {
        let count = rest.prefix { (0x30...0x39).contains($0) }.count
        rest = rest.dropFirst(count)
        return count
      }
      func take(_ characters: String) -> Bool {
        guard let byte = rest.first, characters.utf8.contains(byte) else { return false }
        rest = rest.dropFirst()
        return true
      }
      _ = take("-")
      guard take("0") || takeDigits() > 0 else { return false }
      if take("."), takeDigits() == 0 { return false }
      if take("eE") {
        _ = take("+-")
        guard takeDigits() > 0 else { return false }
      }
      return rest.isEmpty
    }
  }
}
