public import WheelAudit
import WheelTags

extension Auditor {
  /// The report on one wheel, by the run that users start.
  public func audit(path: String, jobs: Int = 1) -> WheelReport {
    audit([WheelName(path: path)], jobs: jobs)[0]
  }
}
