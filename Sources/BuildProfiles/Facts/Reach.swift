public import WheelTags

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
