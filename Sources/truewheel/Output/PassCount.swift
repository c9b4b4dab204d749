import AuditReports
import WheelAudit
import WheelTags

/// How many objects were read, and which of them had to be inflated more than once.
struct PassCount {
  private var objects = 0
  private var repeatedObjects = 0
  /// Of wheels that are not done with yet.
  private var repeated: [String: [(object: String, count: Int)]] = [:]

  /// - Returns: what is to be said, the same whatever the number of jobs.
  mutating func hear(_ event: Auditor.Event) -> [String] {
    switch event {
    case .awaiting: return []
    case .read(let name, _, let passes):
      objects += passes.count
      let again = passes.filter { $0.count > 1 }
      repeatedObjects += again.count
      if !again.isEmpty { repeated[name.path, default: []] += again }
      return []
    case .concluded(let report):
      let again = (repeated.removeValue(forKey: report.path) ?? []).sorted { $0.object < $1.object }
      let wheel = printable(report.path)
      return again.map { "debug: \(wheel): \(printable($0.object)) was inflated \($0.count) times" }
        + ["debug: \(wheel): \(words(report.work))"]
    }
  }

  private func words(_ work: AuditWork) -> String {
    "\(work.inflatedBytes) bytes inflated, \(work.names) names looked up, \(work.facts) kept with "
      + "\(work.factBytes) bytes, \(work.steps) steps, \(work.findings) findings with \(work.findingBytes) bytes"
  }

  /// What is to be said at the end.
  var sum: String { "debug: \(repeatedObjects) of \(objects) objects were inflated more than once" }
}
