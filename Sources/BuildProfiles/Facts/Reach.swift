public import WheelTags

/// On which releases, among those supported at a date, something runs that needs a libc.
public struct Reach: Hashable, Sendable {
  public let libc: Libc
  public let architecture: Architecture
  public let date: CalendarDate
  public let runs: [DistributionRelease]
  /// Supported, but too old, too new, or without a symbol version that is needed.
  public let leavesOut: [DistributionRelease]

  /// What runs where that works with a range of libcs and needs these symbol versions.
  ///
  /// Releases with the other libc, and those of which it is not known how long they are supported, are left aside.
  ///
  /// - Parameters:
  ///   - floor: nil for what needs no libc at all; of musl with the patch where that is known, which tags cannot say.
  ///   - ceiling: the first libc that refuses it; nil when none does.
  ///   - versions: the symbol versions that are needed.
  ///   - architecture: the one to look at.
  ///   - libc: the one that is needed.
  ///   - date: when they are to be supported.
  ///   - table: every release.
  public init(
    floor: LibcVersion?, until ceiling: LibcVersion? = nil, needing versions: Set<String> = [],
    on architecture: Architecture, libc: Libc, at date: CalendarDate, among table: DistributionTable
  ) {
    var (runs, leavesOut): ([DistributionRelease], [DistributionRelease]) = ([], [])
    for release in table.releases where release.libc == libc && release.isSupported(at: date) == true {
      guard let own = release.versions[architecture] else { continue }
      let isInRange = floor.map { own >= $0 } ?? true && ceiling.map { own < $0 } ?? true
      if isInRange, release.missing[architecture]?.isDisjoint(with: versions) ?? true {
        runs.append(release)
      } else {
        leavesOut.append(release)
      }
    }
    self.libc = libc
    self.architecture = architecture
    self.date = date
    (self.runs, self.leavesOut) = (runs, leavesOut)
  }
}
