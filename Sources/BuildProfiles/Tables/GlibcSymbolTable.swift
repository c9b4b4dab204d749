public import WheelTags

/// Which symbols the libraries of glibc export, and at which versions.
///
/// The text behind it says what its lines mean and where the facts come from: `Data/glibc-symbols.txt`. Its names stay
/// text, and are searched in place when somebody asks.
public struct GlibcSymbolTable: Sendable {
  /// A library that exports a symbol on some architectures, at the same versions on each.
  public struct Export: Hashable, Sendable {
    public let library: String
    /// In order of age; names that are no numbers (`ABI_DT_RELR`) come last.
    public let versions: [String]
    public let architectures: [Architecture]
  }

  /// An export, and the sorted names it holds for.
  private struct Record {
    let export: Export
    let names: Substring
  }

  private let records: [Record]

  init(_ text: TableText) throws(TableError) {
    // Most lines name architectures that another one has named.
    var known: [Substring: [Architecture]] = [:]
    records = try text.records.map { (record) throws(TableError) in
      let words = record.words(atMost: 4)
      guard words.count == 4 else { throw record.malformed("LIBRARY VERSION,… ARCH,… NAME…") }
      let architectures = if let own = known[words[2]] { own } else { try record.architectures(words[2]) }
      known[words[2]] = architectures
      let export = Export(
        library: String(words[0]), versions: words[1].items.map(String.init), architectures: architectures)
      return Record(export: export, names: words[3])
    }
  }

  /// Every library that exports a symbol, on any architecture.
  public func exports(of symbol: String) -> [Export] {
    records.filter { Self.contains($0.names.utf8, symbol.utf8) }.map(\.export)
  }

  /// The versions at which a symbol is exported on an architecture, oldest first, where one of them is this.
  ///
  /// - Parameters:
  ///   - symbol: its name.
  ///   - version: without its namespace, `2.34`.
  ///   - architecture: the one to look at.
  /// - Returns: empty when the symbol is not exported so.
  public func versions(of symbol: String, besides version: String, on architecture: Architecture) -> [LibcVersion] {
    let record = records.first { record in
      record.export.versions.contains(version) && record.export.architectures.contains(architecture)
        && Self.contains(record.names.utf8, symbol.utf8)
    }
    return record?.export.versions.compactMap { LibcVersion($0) } ?? []
  }

  /// True when a word stands among words that are sorted and parted by spaces.
  private static func contains(_ words: Substring.UTF8View, _ word: String.UTF8View) -> Bool {
    let space = UInt8(ascii: " ")
    var start = words.startIndex
    while start < words.endIndex {
      let end = words[start...].firstIndex(of: space) ?? words.endIndex
      let candidate = words[start..<end]
      if candidate.elementsEqual(word) { return true }
      if word.lexicographicallyPrecedes(candidate) { return false }
      start = end == words.endIndex ? end : words.index(after: end)
    }
    return false
  }
}
