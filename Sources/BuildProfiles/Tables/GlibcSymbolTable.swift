public import WheelTags

/// Which symbols the libraries of glibc export, and at which versions.
///
/// The text behind it says what its lines mean and where the facts come from: `Data/glibc-symbols.txt`. Its names stay
/// text, and are searched in place when somebody asks; ``GlibcExports`` has them in order for one architecture.
public struct GlibcSymbolTable: Sendable {
  /// A library that exports a symbol on some architectures, at the same versions on each.
  public struct Export: Hashable, Sendable {
    public let library: String
    /// In order of age.
    public let versions: [String]
    public let architectures: [Architecture]
  }

  /// Names that a library exports at the same versions in the same releases, on some architectures.
  struct Record: Sendable {
    let library: String
    let versions: [(number: String, releases: ReleaseSpan)]
    let architectures: [Architecture]
    let names: Substring

    /// Those of its versions that the newest release has.
    var current: [String] { versions.filter { $0.releases.last == nil }.map(\.number) }

    fileprivate func contains(_ name: String) -> Bool { GlibcSymbolTable.contains(names.utf8, name.utf8) }
  }

  /// What libraries export, in releases of the past too.
  let records: [Record]
  /// Versions that libraries define beside those of what they export; no names.
  let definitions: [Record]
  /// Names that the newest release has for those only who ask for a version of them; no versions.
  let hidden: [Record]
  /// By library those that bring it with them.
  let bringers: [String: [String]]

  init(_ text: TableText) throws(TableError) {
    var reader = Reader()
    for record in text.records { try reader.read(record) }
    records = reader.records
    definitions = reader.definitions
    hidden = reader.hidden
    bringers = reader.bringers
  }

  /// Every library that exports a symbol in the newest release, on any architecture.
  public func exports(of symbol: String) -> [Export] {
    records.compactMap { record in
      let versions = record.current
      guard !versions.isEmpty, record.contains(symbol) else { return nil }
      return Export(library: record.library, versions: versions, architectures: record.architectures)
    }
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
      record.versions.contains { $0.number == version && $0.releases.last == nil }
        && record.architectures.contains(architecture) && record.contains(symbol)
    }
    return record?.current.compactMap { LibcVersion($0) } ?? []
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

/// The lines of the text, by their kinds.
private struct Reader {
  var records: [GlibcSymbolTable.Record] = []
  var definitions: [GlibcSymbolTable.Record] = []
  var hidden: [GlibcSymbolTable.Record] = []
  var bringers: [String: [String]] = [:]
  /// Most lines name architectures that another one has named.
  private var known: [Substring: [Architecture]] = [:]

  mutating func read(_ record: TableRecord) throws(TableError) {
    let words = record.words(atMost: 4)
    switch words.first {
    case "defines":
      guard words.count == 4 else { throw record.malformed("defines LIBRARY VERSION[:SINCE],… ARCH,…") }
      definitions.append(try facts(record, words[1], versions: words[2], on: words[3], names: ""))
    case "hidden":
      guard words.count == 4 else { throw record.malformed("hidden LIBRARY ARCH,… NAME…") }
      hidden.append(try facts(record, words[1], versions: "", on: words[2], names: words[3]))
    case "needs":
      let words = record.words()
      guard words.count > 2 else { throw record.malformed("needs LIBRARY LIBRARY…") }
      for library in words.dropFirst(2) { bringers[String(library), default: []].append(String(words[1])) }
    default:
      guard words.count == 4 else { throw record.malformed("LIBRARY VERSION[:SINCE][-UNTIL],… ARCH,… NAME…") }
      records.append(try facts(record, words[0], versions: words[1], on: words[2], names: words[3]))
    }
  }

  private mutating func facts(
    _ record: TableRecord, _ library: Substring, versions: Substring, on architectures: Substring, names: Substring
  ) throws(TableError) -> GlibcSymbolTable.Record {
    let own = if let own = known[architectures] { own } else { try record.architectures(architectures) }
    known[architectures] = own
    return GlibcSymbolTable.Record(
      library: String(library),
      versions: try versions.items.map { (item) throws(TableError) in try version(item, record) },
      architectures: own, names: names)
  }

  /// `2.34`, `2.2.5:2.34`, `2.2.5-2.33`, `ABI_DT_RELR:2.36`.
  private func version(_ word: Substring, _ record: TableRecord) throws(TableError) -> (String, ReleaseSpan) {
    let parts = word.parts(separatedBy: "-", atMost: 2)
    guard let since = parts.first?.parts(separatedBy: ":", atMost: 2), let number = since.first, let first = since.last
    else { throw record.error("'\(word)' is no version with its releases, such as 2.34, 2.2.5:2.34 or 2.2.5-2.33") }
    let last: LibcVersion? = if parts.count > 1 { try record.version(parts[1]) } else { nil }
    return (String(number), ReleaseSpan(from: try record.version(first), to: last))
  }
}
