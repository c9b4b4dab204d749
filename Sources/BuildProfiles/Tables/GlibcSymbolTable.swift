public import WheelTags

/// Which symbols the libraries of glibc export, and at which versions.
///
/// The text behind it says what its lines mean and where the facts come from: `Data/glibc-symbols.txt`. ``GlibcExports``
/// answers what an object of one architecture asks.
public struct GlibcSymbolTable: Sendable {
  /// A library that exports a symbol on some architectures, at the same versions on each.
  public struct Export: Hashable, Sendable {
    public let library: String
    /// In order of age.
    public let versions: [String]
    public let architectures: [Architecture]
  }

  /// That a library exports names at the same versions in the same releases, on some architectures.
  struct Record: Sendable {
    let library: String
    /// None where the newest release has the names for those only who ask for a version of them.
    let versions: [(number: String, releases: ReleaseSpan)]
    let architectures: [Architecture]

    /// Those of its versions that the newest release has.
    var current: [String] { versions.filter { $0.releases.last == nil }.map(\.number) }
  }

  /// What libraries define, in releases of the past too: at versions with names and without.
  let definitions: [Record]
  /// By library those that bring it with them.
  let bringers: [String: [String]]
  private let names: NameIndex
  /// By the numbers of the lines of the text.
  private let lines: [Record?]

  /// - Parameters:
  ///   - text: the lines without their names.
  ///   - names: the names with the numbers of those lines.
  ///   - architecture: the only one that matters; nil where all do.
  /// - Throws: `TableError` for a line that is not understood.
  init(_ text: TableText, _ names: TableText, only architecture: Architecture? = nil) throws(TableError) {
    var reader = Reader(architecture: architecture)
    for record in text.records { try reader.read(record) }
    self.names = NameIndex(names)
    lines = reader.lines
    definitions = lines.compactMap { $0 } + reader.definitions
    bringers = reader.bringers
  }

  /// What is said of a name, in the order of the text.
  func records(of name: String) -> [Record] {
    names.lines(of: name).compactMap { lines.indices.contains($0 - 1) ? lines[$0 - 1] : nil }
  }

  /// Every library that exports a symbol in the newest release, on any architecture.
  public func exports(of symbol: String) -> [Export] {
    records(of: symbol).compactMap { record in
      let versions = record.current
      guard !versions.isEmpty else { return nil }
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
    let export = exports(of: symbol).first { $0.versions.contains(version) && $0.architectures.contains(architecture) }
    return export?.versions.compactMap { LibcVersion($0) } ?? []
  }
}

/// The lines of the text, by their kinds.
private struct Reader {
  /// The only one whose lines matter.
  let architecture: Architecture?
  var lines: [GlibcSymbolTable.Record?] = []
  var definitions: [GlibcSymbolTable.Record] = []
  var bringers: [String: [String]] = [:]
  /// Most lines name architectures that another one has named.
  private var known: [Substring: [Architecture]] = [:]

  init(architecture: Architecture?) {
    self.architecture = architecture
  }

  mutating func read(_ record: TableRecord) throws(TableError) {
    let words = record.words(atMost: 4)
    var own: GlibcSymbolTable.Record?
    switch words.first {
    case "defines":
      guard words.count == 4 else { throw record.malformed("defines LIBRARY VERSION[:SINCE],… ARCH,…") }
      if let facts = try facts(record, words[1], versions: words[2], on: words[3]) { definitions.append(facts) }
    case "hidden":
      guard words.count == 3 else { throw record.malformed("hidden LIBRARY ARCH,…") }
      own = try facts(record, words[1], versions: "", on: words[2])
    case "needs":
      let words = record.words()
      guard words.count > 2 else { throw record.malformed("needs LIBRARY LIBRARY…") }
      for library in words.dropFirst(2) { bringers[String(library), default: []].append(String(words[1])) }
    default:
      guard words.count == 3 else { throw record.malformed("LIBRARY VERSION[:SINCE][-UNTIL],… ARCH,…") }
      own = try facts(record, words[0], versions: words[1], on: words[2])
    }
    lines.append(own)
  }

  private mutating func facts(
    _ record: TableRecord, _ library: Substring, versions: Substring, on architectures: Substring
  ) throws(TableError) -> GlibcSymbolTable.Record? {
    let own = if let own = known[architectures] { own } else { try record.architectures(architectures) }
    known[architectures] = own
    if let architecture, !own.contains(architecture) { return nil }
    return GlibcSymbolTable.Record(
      library: String(library),
      versions: try versions.items.map { (item) throws(TableError) in try version(item, record) },
      architectures: own)
  }

  /// `2.34`, `2.2.5:2.34`, `2.2.5-2.33`, `ABI_DT_RELR:2.36`.
  private func version(_ word: Substring, _ record: TableRecord) throws(TableError) -> (String, ReleaseSpan) {
    if let version = LibcVersion(word) { return (String(word), ReleaseSpan(from: version)) }
    let parts = word.parts(separatedBy: "-", atMost: 2)
    guard let since = parts.first?.parts(separatedBy: ":", atMost: 2), let number = since.first, let first = since.last
    else { throw record.error("'\(word)' is no version with its releases, such as 2.34, 2.2.5:2.34 or 2.2.5-2.33") }
    let last: LibcVersion? = if parts.count > 1 { try record.version(parts[1]) } else { nil }
    return (String(number), ReleaseSpan(from: try record.version(first), to: last))
  }
}
