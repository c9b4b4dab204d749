public import WheelTags

/// Which symbols musl exports since which release, and which only glibc has.
///
/// The text behind it says what its lines mean and where the facts come from: `Data/musl-symbols.txt`.
public struct MuslSymbolTable: Sendable {
  /// What the table knows of a symbol.
  public enum Origin: Hashable, Sendable {
    /// musl exports it from this release on.
    case musl(since: LibcVersion)
    /// No release of musl exports it, and glibc does.
    case onlyGlibc
  }

  /// The first measured release of each series: `1.1` → 1.1.24.
  private let firstReleases: [LibcVersion]
  private let origins: [String: Origin]

  public init(_ architecture: Architecture) {
    self.init(TableText(MuslSymbolsText.text), architecture)
  }

  init(_ table: TableText, _ architecture: Architecture) {
    var releases: [LibcVersion] = []
    var origins: [String: Origin] = [:]
    var isKnown = false
    for record in table.records {
      let words = record.words(atMost: 3)
      guard words.count >= 2 else { continue }
      isKnown = isKnown || words[1] == architecture.rawValue
      let isMine = words[1] == "*" || words[1] == architecture.rawValue
      switch words[0] {
      case "release": releases.append(contentsOf: LibcVersion(words[1]).map { [$0] } ?? [])
      case "symbols" where isMine:
        let release = words.count > 2 ? words[2].words(atMost: 2) : []
        guard release.count == 2, let version = LibcVersion(release[0]) else { continue }
        for name in release[1].words() { origins[String(name)] = .musl(since: version) }
      case "glibc" where isMine:
        for name in words.dropFirst(2).flatMap({ $0.words() }) { origins[String(name)] = .onlyGlibc }
      default: break
      }
    }
    self.origins = isKnown ? origins : [:]
    self.firstReleases = releases.sorted().reduce(into: []) { firsts, release in
      if firsts.last?.series != release.series { firsts.append(release) }
    }
  }

  /// What is known of a symbol; nil when neither libc exports it.
  public func origin(of symbol: String) -> Origin? {
    origins[symbol]
  }

  /// Every symbol of which something is known.
  public var symbols: some Sequence<String> { origins.keys }

  /// The series of musl with which a symbol came, as far as a tag can say it.
  public func floor(since release: LibcVersion) -> Floor {
    .libc(release.series)
  }

  /// True when a symbol came after the first release of its series, so that some systems of the series lack it.
  public func cameWithinSeries(_ release: LibcVersion) -> Bool {
    firstReleases.contains { $0.series == release.series && $0 < release }
  }
}
