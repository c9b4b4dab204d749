import AuditSettings
import WheelAudit

/// What is kept in books as a run goes on, of a run that is over.
extension Baseline {
  init(_ reports: [WheelReport]) {
    var found = KnownFindings()
    for report in reports { found.take(report) }
    self.init(found)
  }

  func gone(from reports: [WheelReport]) -> [FindingKey] {
    var use = BaselineUse(self)
    for report in reports { use.take(report) }
    return use.gone
  }
}

extension Settings {
  func stale(in reports: [WheelReport], releases: [Release] = []) -> [String] {
    var stale = StaleSettings(self)
    for report in reports { stale.take(report) }
    for release in releases { stale.take(release) }
    return stale.sentences
  }
}
