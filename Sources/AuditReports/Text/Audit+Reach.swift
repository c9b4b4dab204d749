import BuildProfiles
import WheelAudit
import WheelTags

extension Audit {
  /// The releases of distributions that the wheel runs on at a date.
  ///
  /// It is nil for what no profile provides, of which it cannot be said, and for musl, of which it is not said yet.
  func reach(at date: CalendarDate?) -> Reach? {
    guard let date, libc == .glibc, verdict.profile != nil, let table = try? Facts().distributions else { return nil }
    let versions = Set(requirements.compactMap { $0.kind == .symbolVersion ? $0.version : nil })
    let reach = Reach(
      floor: verdict.libcFloor, needing: versions, on: architecture, libc: libc, at: date, among: table)
    return reach.runs.isEmpty && reach.leavesOut.isEmpty ? nil : reach
  }
}
