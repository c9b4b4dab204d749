/// A sentence in Markdown in which names stand as code, and so does every word that could be taken for more than a word.
///
/// The names are those from files that may stand in it: they are code whatever they hold, spaces, commas, backticks.
func markdownSentence(_ text: String, naming names: [String?] = []) -> String {
  var words = MarkdownWord.words(of: printable(text), naming: names.compactMap { $0 }.map { printable($0) })[...]
  // Spaces at the beginning mean something to Markdown.
  words = words.drop { $0.text.isEmpty }
  var parts: [String] = []
  while let word = words.popFirst() {
    if word.text.hasSuffix(":"), words.prefix(4).dropFirst().contains(where: { $0.text.hasPrefix("--") }) {
      // What is to be typed ends the sentence.
      parts += [word.markdown(isFirst: parts.isEmpty), markdownCode(words.map(\.text).joined(separator: " "))]
      break
    }
    let rest = word.isCall ? word.closing(in: words) : word.isOption && words.first?.isCode == true ? 1 : 0
    if rest > 0 {
      let whole = words.prefix(rest).reduce(word) { $0.joined(with: $1) }
      words = words.dropFirst(rest)
      parts.append(whole.markdown(isFirst: parts.isEmpty))
    } else {
      parts.append(word.markdown(isFirst: parts.isEmpty))
    }
  }
  return parts.joined(separator: " ")
}

/// What stands between two spaces of a sentence, those in names left out.
private struct MarkdownWord {
  private(set) var text = ""
  /// The name in it, where all the rest of it are marks; what is before and behind it.
  private var name: (before: String, name: String, behind: String)?
  /// True where more than one name is in it, or a name and more than marks.
  private var isMixed = false

  /// Names that are longer contain no spaces, if they are names at all, and messages that are longer are no sentences.
  private static let limits = (name: 256, text: 4096)

  static func words(of text: String, naming names: [String]) -> [MarkdownWord] {
    let bytes = Array(text.utf8)
    let names = Set(names).map { Array($0.utf8) }.filter { !$0.isEmpty && $0.count <= limits.name }
      .sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
    var words: [MarkdownWord] = []
    var word = MarkdownWord()
    var start = 0
    func plain(_ end: Int) -> String { String(decoding: bytes[start..<end], as: UTF8.self) }
    var place = 0
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: " ") {
        word.add(plain(place))
        words.append(word)
        word = MarkdownWord()
        place += 1
        start = place
      } else if bytes.count <= limits.text, let name = names.first(where: { bytes.holds($0, asWordAt: place) }) {
        word.add(plain(place))
        word.add(name: String(decoding: name, as: UTF8.self))
        place += name.count
        start = place
      } else {
        place += 1
      }
    }
    word.add(plain(bytes.count))
    return words + [word]
  }

  private mutating func add(_ part: String) {
    text += part
    guard let name else { return }
    self.name = (name.before, name.name, name.behind + part)
  }

  private mutating func add(name added: String) {
    isMixed = isMixed || name != nil
    name = (text, added, "")
    text += added
  }

  func joined(with other: MarkdownWord) -> MarkdownWord {
    var word = MarkdownWord()
    word.text = "\(text) \(other.text)"
    return word
  }

  // MARK: What spaces do not part

  /// True for an option, whose value comes behind it if that is code.
  var isOption: Bool { text.hasPrefix("-") && text.utf8.count > 1 && !text.contains { ",.;:".contains($0) } }

  var isCode: Bool { name == nil && !text.hasPrefix("-") && !Self.isPlain(text[...], isFirst: false) }

  /// True for the beginning of a call, `syscall(SYS_getrandom,`, whose end is in a later word.
  var isCall: Bool { !text.hasPrefix("(") && depth > 0 }

  /// How many parentheses are open behind it.
  private var depth: Int {
    text.utf8.reduce(0) { $0 + ($1 == UInt8(ascii: "(") ? 1 : $1 == UInt8(ascii: ")") ? -1 : 0) }
  }

  /// How many of the words that follow belong to the call that begins here; 0 where it does not end soon.
  func closing(in words: ArraySlice<MarkdownWord>) -> Int {
    var open = depth
    for (count, word) in words.prefix(16).enumerated() {
      open += word.depth
      if open <= 0 { return count + 1 }
    }
    return 0
  }

  // MARK: Out

  func markdown(isFirst: Bool) -> String {
    if let name, !isMixed, name.before.allSatisfy({ "('".contains($0) }),
      name.behind.allSatisfy({ ",.;:)'".contains($0) })
    {
      return name.before + markdownCode(name.name) + name.behind
    }
    // The marks at the end of a word belong to the sentence, and so does a parenthesis around it.
    let marks = text.reversed().prefix { ",.;:".contains($0) }.count
    var (before, body, behind) = (Substring(), text.dropLast(marks), text.suffix(marks))
    if name == nil, MarkdownWord.isPlain(body, isFirst: isFirst) { return text }
    let depth = depth
    if depth >= 0, body.hasPrefix("("), body.utf8.count > 2 { (before, body) = (body.prefix(1), body.dropFirst()) }
    if depth < 0 || !before.isEmpty && depth == 0, body.hasSuffix(")"), body.utf8.count > 1 {
      (body, behind) = (body.dropLast(), body.suffix(1) + behind)
    }
    return before + markdownCode(String(body)) + behind
  }

  /// True for what is a word or a number and nothing else, wherever it stands.
  ///
  /// A number at the beginning could be that of a list, `GH-1` that of an issue, and `0a1b2c3` a commit. Scalars are
  /// looked at one by one, since a letter can hide a sign that it forms one character with.
  private static func isPlain(_ word: Substring, isFirst: Bool) -> Bool {
    func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic }
    func isNumber(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.numericType != nil }
    let scalars = word.unicodeScalars
    guard let first = scalars.first else { return true }
    guard isLetter(first) || first == "(" || first == "'" || (isNumber(first) && !isFirst) else { return false }
    guard !word.hasPrefix("(-") else { return false }
    let lowercased = word.lowercased()
    guard !lowercased.contains("www."), !lowercased.contains("gh-"), !isLikeCommit(lowercased) else { return false }
    return scalars.allSatisfy { isLetter($0) || isNumber($0) || ".,;()'-/+=%?".unicodeScalars.contains($0) }
  }

  /// True where at least seven hexadecimal digits stand together, of which one is a number.
  private static func isLikeCommit(_ word: String) -> Bool {
    word.split { !$0.isASCII || !$0.isHexDigit }.contains { $0.count >= 7 && $0.contains(where: \.isNumber) }
  }
}

extension [UInt8] {
  /// True when a name stands at a place, and is no part of a longer word.
  fileprivate func holds(_ name: [UInt8], asWordAt place: Int) -> Bool {
    func isInWord(_ index: Int) -> Bool {
      guard indices.contains(index) else { return false }
      let byte = self[index]
      return byte >= 0x80 || byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte)
        || (0x61...0x7a).contains(byte)
    }
    return !isInWord(place - 1) && self[place...].starts(with: name) && !isInWord(place + name.count)
  }
}
