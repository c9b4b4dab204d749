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
  private let groups: [Group]

  /// Symbols of one origin.
  private struct Group {
    let origin: Origin
    /// Sorted, as they are in the text.
    let names: [Substring]

    func contains(_ name: String) -> Bool {
      var (low, high) = (0, names.count)
      while low < high {
        let middle = (low + high) / 2
        if names[middle] < name { low = middle + 1 } else { high = middle }
      }
      return low < names.count && names[low] == name
    }
  }

  public init(_ architecture: Architecture) {
    self.init(TableText(MuslSymbolsText.text), architecture)
  }

  init(_ table: TableText, _ architecture: Architecture) {
    var releases: [LibcVersion] = []
    var groups: [Group] = []
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
        groups.append(Group(origin: .musl(since: version), names: release[1].words()))
      case "glibc" where isMine:
        groups.append(Group(origin: .onlyGlibc, names: words.dropFirst(2).flatMap { $0.words() }))
      default: break
      }
    }
    self.groups = isKnown ? groups : []
    self.firstReleases = releases.sorted().reduce(into: []) { firsts, release in
      if firsts.last?.series != release.series { firsts.append(release) }
    }
  }

  /// What is known of a symbol; nil when neither libc exports it.
  public func origin(of symbol: String) -> Origin? {
    groups.first { $0.contains(symbol) }?.origin
  }

  /// Every symbol of which something is known, in lists by origin.
  public var symbols: [[Substring]] { groups.map(\.names) }

  /// The series of musl with which a symbol came, as far as a tag can say it.
  public func floor(since release: LibcVersion) -> Floor {
    .libc(release.series)
  }

  /// True when a symbol came after the first release of its series, so that some systems of the series lack it.
  public func cameWithinSeries(_ release: LibcVersion) -> Bool {
    firstReleases.contains { $0.series == release.series && $0 < release }
  }
}
