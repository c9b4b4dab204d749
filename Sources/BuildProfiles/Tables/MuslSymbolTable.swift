public import WheelTags

/// Which symbols musl exports since which release, and which only glibc has.
///
/// The text behind it says what its lines mean and where the facts come from: `Data/musl-symbols.txt`. One object for all
/// wheels and threads, as ``Platform`` is.
public final class MuslSymbolTable: Sendable {
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

  init(_ text: TableText, _ architecture: Architecture) throws(TableError) {
    var releases: [LibcVersion] = []
    var groups: [Group] = []
    var isKnown = false
    for record in text.records {
      let words = record.words(atMost: 3)
      let place: Substring
      let origin: Origin
      let names: Substring
      switch words.first {
      case "release":
        guard words.count == 2 else { throw record.malformed("release VERSION") }
        let release = try record.version(words[1])
        if let last = releases.last, last >= release { throw record.error("release \(release) stands behind \(last)") }
        releases.append(release)
        continue
      case "symbols":
        let rest = words.count == 3 ? words[2].words(atMost: 2) : []
        guard rest.count == 2 else { throw record.malformed("symbols ARCH RELEASE NAME…") }
        let release = try record.version(rest[0])
        guard releases.contains(release) else { throw record.error("no 'release' line before it names \(release)") }
        (place, origin, names) = (words[1], .musl(since: release), rest[1])
      case "glibc":
        guard words.count == 3 else { throw record.malformed("glibc ARCH NAME…") }
        (place, origin, names) = (words[1], .onlyGlibc, words[2])
      default: throw record.unknown("release", "symbols", "glibc")
      }
      let isMine = place == architecture.rawValue
      isKnown = isKnown || isMine
      if place != "*" { _ = try record.architecture(place) }
      if isMine || place == "*" { groups.append(Group(origin: origin, names: try record.sorted(names))) }
    }
    self.groups = isKnown ? groups : []
    self.firstReleases = releases.reduce(into: []) { firsts, release in
      if firsts.last?.series != release.series { firsts.append(release) }
    }
  }

  /// True on an architecture of which nothing is known.
  public var isEmpty: Bool { groups.isEmpty }

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
