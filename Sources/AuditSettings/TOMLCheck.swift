/// Refuses TOML that would end the program before its parser can say what is wrong with it.
///
/// toml++ asserts some of what it should refuse, takes tables in tables apart by recursion, and is handed text that ends
/// at the first NUL. This goes the parser's way through a document and makes nothing of it. Where the parser says itself
/// what is wrong, this ends without a word: the parser does not get any further either.
struct TOMLCheck {
  /// Tables and arrays within each other: a file can be written to hold more of them than the stack.
  private static let deepest = 500
  /// The parser goes back to the start of a number or a date, and remembers 127 characters.
  private static let longestWord = 100

  /// The way ends here.
  private struct Stop: Error {
    /// What is wrong; nil when the parser says it.
    let problem: String?

    static let tooDeep = Stop(problem: "more than \(deepest) tables and arrays lie within each other")
  }

  private let bytes: [UInt8]
  private var position = 0

  private init(_ text: String) {
    bytes = Array(text.utf8)
    if bytes.starts(with: "\u{feff}".utf8) { position = 3 }
  }

  /// What is wrong in a text that must not come before the parser, and the line; nil when it may.
  static func problem(in text: String) -> (line: Int, problem: String)? {
    var check = TOMLCheck(text)
    do throws(Stop) {
      try check.document()
      return nil
    } catch {
      let line = check.bytes.prefix(check.position).count { $0 == UInt8(ascii: "\n") } + 1
      if let problem = error.problem { return (line, problem) }
      // What these are to the parser is undefined.
      return check.here ?? 0 < 0x80 ? nil : (line, "characters that are not ASCII must stand in quotes")
    }
  }

  // MARK: The grammar, https://toml.io/en/v1.0.0

  private mutating func document() throws(Stop) {
    if let end = bytes.firstIndex(of: 0) {
      position = end
      throw Stop(problem: "a file of text holds no byte 0")
    }
    /// The tables that the last header names.
    var depth = 0
    while here != nil {
      skip(while: \.isBlank)
      if here == UInt8(ascii: "[") {
        depth = try header()
      } else if here?.beginsKey == true {
        try pair(depth)
      }
      skip(while: \.isBlank)
      if here == UInt8(ascii: "#") { skip { $0 != UInt8(ascii: "\n") } }
      _ = take("\r")
      guard take("\n") || here == nil else { throw Stop(problem: nil) }
    }
  }

  private mutating func header() throws(Stop) -> Int {
    _ = take("[")
    skip(while: \.isBlank)
    let isArray = take("[")
    skip(while: \.isBlank)
    guard let here, here != UInt8(ascii: "]") else { throw Stop(problem: nil) }
    guard here.beginsKey else {
      throw Stop(
        problem: "after '[' the name of a table must begin, in quotes unless it is of A-Z, a-z, 0-9, '_' and '-'")
    }
    let depth = try key(0)
    guard take("]"), !isArray || take("]") else { throw Stop(problem: nil) }
    return depth
  }

  private mutating func pair(_ depth: Int) throws(Stop) {
    let depth = try key(depth)
    guard take("=") else { throw Stop(problem: nil) }
    try value(depth)
  }

  /// Goes past a key and the blanks after it.
  ///
  /// - Returns: how deep its value lies.
  private mutating func key(_ depth: Int) throws(Stop) -> Int {
    var depth = depth
    repeat {
      skip(while: \.isBlank)
      guard let here, here.beginsKey else { throw Stop(problem: nil) }
      if here.isQuote { try string(here) } else { skip(while: \.isBare) }
      skip(while: \.isBlank)
      depth += 1
      guard depth <= Self.deepest else { throw Stop.tooDeep }
    } while take(".")
    return depth
  }

  private mutating func value(_ depth: Int) throws(Stop) {
    skip(while: \.isBlank)
    switch here {
    case UInt8(ascii: "["): try array(depth)
    case UInt8(ascii: "{"): try inlineTable(depth)
    case .some(let quote) where quote.isQuote: try string(quote)
    default: try word()
    }
  }

  private mutating func array(_ depth: Int) throws(Stop) {
    _ = take("[")
    guard depth < Self.deepest else { throw Stop.tooDeep }
    while !take("]") {
      switch here {
      case .some(let byte) where byte.isSpace || byte == UInt8(ascii: ","): position += 1
      case UInt8(ascii: "#"): skip { $0 != UInt8(ascii: "\n") }
      case UInt8(ascii: "}"): throw Stop(problem: "an array ends with ']', not with '}'")
      default: try value(depth + 1)
      }
    }
  }

  private mutating func inlineTable(_ depth: Int) throws(Stop) {
    _ = take("{")
    skip(while: \.isBlank)
    while !take("}") {
      if !take(",") { try pair(depth) }
      skip(while: \.isBlank)
    }
  }

  /// A string, or a key in quotes.
  private mutating func string(_ quote: UInt8) throws(Stop) {
    let hasLines = bytes[position...].starts(with: [quote, quote, quote])
    position += hasLines ? 3 : 1
    while let byte = here {
      position += 1
      if byte == quote {
        guard hasLines else { return }
        // Two of the quotes before the three at the end may belong to the string.
        var quotes = 1
        while quotes < 5, here == quote {
          position += 1
          quotes += 1
        }
        if quotes >= 3 { return }
      } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        position += 1
      } else if byte == UInt8(ascii: "\n"), !hasLines {
        break
      }
    }
    throw Stop(problem: nil)
  }

  /// A number, a date or true and false.
  private mutating func word() throws(Stop) {
    let start = position
    skip(while: \.isWord)
    guard position > start else { throw Stop(problem: nil) }
    guard position - start <= Self.longestWord else {
      throw Stop(problem: "numbers and dates have no more than \(Self.longestWord) characters")
    }
    // After a date the parser looks for a time.
    let noTime = Stop(problem: "a date and a time look like 1979-05-27 07:32:00")
    let word = bytes[start..<position]
    if word.count > 10, word[start + 10] | 0x20 == UInt8(ascii: "t") {
      guard word.dropFirst(11).first?.isDigit == true else { throw noTime }
    }
    guard word.count >= 10, here == UInt8(ascii: " "), bytes[position...].dropFirst().first?.isDigit == true else {
      return
    }
    position += 1
    let time = position
    skip(while: \.isDigit)
    guard position - time > 1 else { throw noTime }
    skip(while: \.isWord)
  }

  // MARK: Bytes

  private var here: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skip(while isPart: (UInt8) -> Bool) {
    while let here, isPart(here) { position += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard here == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
  fileprivate var isSpace: Bool { isBlank || self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
  fileprivate var isQuote: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") }
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  fileprivate var beginsKey: Bool { isBare || isQuote }

  fileprivate var isBare: Bool {
    isDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }

  /// Part of a value that has no quotes and no brackets.
  fileprivate var isWord: Bool {
    switch self {
    case ...0x20, 0x7f..., UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "#"): false
    default: true
    }
  }
}
