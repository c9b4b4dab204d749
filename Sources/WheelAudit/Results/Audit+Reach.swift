import BuildProfiles
import WheelTags

extension Audit {
  /// The releases of distributions that a wheel with this verdict runs on at a date.
  ///
  /// It is nil for what no profile provides, of which it cannot be said; what newer ones refuse runs on the older.
  static func reach(
    of verdict: Verdict, _ requirements: [Requirement], _ platform: Platform, at date: CalendarDate,
    among table: DistributionTable
  ) -> Reach? {
    guard verdict.floorProfile != nil else { return nil }
    let versions = Set(requirements.compactMap { $0.kind == .symbolVersion ? $0.version : nil })
    // Tags cannot say with which release of a series a symbol of musl came; a distribution has the release.
    let floor = ([verdict.libcFloor] + requirements.map(\.release)).compactMap { $0 }.max()
    let reach = Reach(
      floor: floor, until: verdict.libcCeiling, needing: versions, on: platform.architecture, libc: platform.libc,
      at: date, among: table)
    return reach.runs.isEmpty && reach.leavesOut.isEmpty ? nil : reach
  }
}
