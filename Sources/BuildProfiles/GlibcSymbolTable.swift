public import WheelTags

/// Which symbols the libraries of glibc export, and at which versions.
///
/// The text behind it says what its lines mean and where the facts come from: `Data/glibc-symbols.txt`. Nothing is read
/// before it is asked for, and then in place: a search goes over the names of the text.
public struct GlibcSymbolTable: Sendable {
  /// A library that exports a symbol on some architectures, at the same versions on each.
  public struct Export: Hashable, Sendable {
    public let library: String
    /// In order of age; names that are no numbers (`ABI_DT_RELR`) come last.
    public let versions: [String]
    public let architectures: [Architecture]

    /// The versions that are numbers, oldest first.
    public var numbers: [LibcVersion] { versions.compactMap { LibcVersion($0) } }
  }

  private let records: [Substring]

  public init() {
    records = TableText(GlibcSymbolsText.text).records
  }

  /// Every library that exports a symbol, on any architecture.
  public func exports(of symbol: String) -> [Export] {
    guard !symbol.isEmpty, !symbol.contains(" "), !symbol.contains(",") else { return [] }
    return records.compactMap { record in
      let words = record.words(atMost: 4)
      guard words.count == 4, Self.contains(words[3].utf8, symbol.utf8) else { return nil }
      return Export(
        library: String(words[0]), versions: words[1].split(separator: ",").map(String.init),
        architectures: words[2].split(separator: ",").map { Architecture(rawValue: String($0)) })
    }
  }

  /// The exports of a symbol on one architecture.
  public func exports(of symbol: String, on architecture: Architecture) -> [Export] {
    exports(of: symbol).filter { $0.architectures.contains(architecture) }
  }

  /// True when a word stands among words that are sorted and parted by spaces.
  private static func contains(_ words: Substring.UTF8View, _ word: String.UTF8View) -> Bool {
    let space = UInt8(ascii: " ")
    var start = words.startIndex
    while start < words.endIndex {
      let end = words[start...].firstIndex(of: space) ?? words.endIndex
      let candidate = words[start..<end]
      if candidate.elementsEqual(word) { return true }
      // The names of a line are sorted.
      if word.lexicographicallyPrecedes(candidate) { return false }
      start = end == words.endIndex ? end : words.index(after: end)
    }
    return false
  }
}
