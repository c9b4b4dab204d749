public import WheelTags

/// A release of a Linux distribution with glibc.
public struct DistributionRelease: Hashable, Sendable {
  /// Until when a release is supported.
  public enum Support: Hashable, Sendable {
    /// The last day.
    case until(CalendarDate)
    /// It has no end: what is installed today is another release tomorrow.
    case rolling
    case unknown
  }

  public let name: String
  public let release: String
  public let support: Support
  /// Its glibc on each architecture it has.
  public fileprivate(set) var glibc: [Architecture: LibcVersion]
  /// Symbol versions that the profile of its glibc promises, and it lacks.
  public fileprivate(set) var missing: [Architecture: Set<String>]

  /// `Debian 12`.
  public var title: String { "\(name) \(release)" }

  public func isSupported(at date: CalendarDate) -> Bool? {
    switch support {
    case .until(let end): date <= end
    case .rolling: true
    case .unknown: nil
    }
  }
}

/// Which glibc the releases of distributions have, and until when they are supported.
///
/// The text behind it says what its lines mean and where the facts come from: `Data/distributions.txt`.
public struct DistributionTable: Sendable {
  /// Every release, by name and oldest first.
  public let releases: [DistributionRelease]

  public init() {
    self.init(TableText(DistributionsText.text))
  }

  init(_ table: TableText) {
    var releases: [DistributionRelease] = []
    for record in table.records {
      let words = record.words()
      guard words.count >= 3 else { continue }
      switch words[0] {
      case "release" where words.count == 4:
        releases.append(
          DistributionRelease(
            name: Self.spaced(words[2]), release: Self.spaced(words[3]), support: Self.support(words[1]), glibc: [:],
            missing: [:]))
      case "glibc":
        guard let last = releases.indices.last, let version = LibcVersion(words[1]) else { continue }
        for architecture in words[2].items {
          releases[last].glibc[Architecture(rawValue: String(architecture))] = version
        }
      case "missing":
        guard let last = releases.indices.last else { continue }
        releases[last].missing[Architecture(rawValue: String(words[1]))] = Set(words.dropFirst(2).map(String.init))
      default: break
      }
    }
    self.releases = releases
  }

  private static func spaced(_ word: Substring) -> String { word.parts(separatedBy: "_").joined(separator: " ") }

  private static func support(_ word: Substring) -> DistributionRelease.Support {
    if word == "rolling" { return .rolling }
    return CalendarDate(word).map(DistributionRelease.Support.until) ?? .unknown
  }
}

/// On which releases, among those supported at a date, something runs that needs a glibc.
public struct Reach: Hashable, Sendable {
  public let architecture: Architecture
  public let date: CalendarDate
  public let runs: [DistributionRelease]
  /// Supported, but too old, or without a symbol version that is needed.
  public let leavesOut: [DistributionRelease]

  /// What runs where that has a floor and needs these symbol versions.
  ///
  /// Releases of which it is not known how long they are supported are left aside.
  ///
  /// - Parameters:
  ///   - floor: nil for what needs no glibc at all.
  ///   - versions: the symbol versions that are needed.
  ///   - architecture: the one to look at.
  ///   - date: when they are to be supported.
  ///   - table: every release.
  public init(
    floor: LibcVersion?, needing versions: Set<String> = [], on architecture: Architecture, at date: CalendarDate,
    among table: DistributionTable
  ) {
    let supported = table.releases.filter { $0.isSupported(at: date) == true && $0.glibc[architecture] != nil }
    func runs(_ release: DistributionRelease) -> Bool {
      guard let glibc = release.glibc[architecture] else { return false }
      return floor.map { glibc >= $0 } ?? true && release.missing[architecture]?.isDisjoint(with: versions) ?? true
    }
    self.architecture = architecture
    self.date = date
    self.runs = supported.filter(runs)
    self.leavesOut = supported.filter { !runs($0) }
  }
}
