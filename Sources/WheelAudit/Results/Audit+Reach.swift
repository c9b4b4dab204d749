import BuildProfiles
import WheelTags

extension Audit {
  /// The releases of distributions that a wheel with this verdict runs on at a date.
  ///
  /// It is nil where that cannot be said: nothing is known of distributions with musl, and of what no profile provides.
  static func reach(
    of verdict: Verdict, _ requirements: [Requirement], _ libc: Libc, _ architecture: Architecture,
    at date: CalendarDate?
  ) -> Reach? {
    guard let date, libc == .glibc, verdict.profile != nil else { return nil }
    let versions = Set(requirements.compactMap { $0.kind == .symbolVersion ? $0.version : nil })
    let reach = Reach(
      floor: verdict.libcFloor, needing: versions, on: architecture, at: date, among: DistributionTable())
    return reach.runs.isEmpty && reach.leavesOut.isEmpty ? nil : reach
  }
}
