/// A pattern of platform tags: `#` stands for a number, `*` for one of some words.
struct TagPattern: Sendable {
  private let beginning: [UInt8]
  /// What follows the star; nil where there is none.
  private let ending: [UInt8]?
  private let words: Set<String>

  /// Nil where there is more than one star, or a star without words, or words without a star.
  init?(_ text: Substring, words: [Substring]) {
    let parts = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
    guard parts.count == (words.isEmpty ? 1 : 2) else { return nil }
    beginning = parts[0]
    ending = words.isEmpty ? nil : parts[1]
    self.words = Set(words.map(String.init))
  }

  func matches(_ tag: String) -> Bool {
    var rest = Substring(tag).utf8
    for byte in beginning {
      if byte == UInt8(ascii: "#") {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard !digits.isEmpty else { return false }
        rest = rest[digits.endIndex...]
      } else {
        guard rest.popFirst() == byte else { return false }
      }
    }
    guard let ending else { return rest.isEmpty }
    let text = String(Substring(rest))
    return text.utf8.count >= ending.count && text.utf8.suffix(ending.count).elementsEqual(ending)
      && words.contains(String(decoding: text.utf8.dropLast(ending.count), as: UTF8.self))
  }
}
