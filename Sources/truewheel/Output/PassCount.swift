import AuditReports
import WheelAudit
import WheelTags

/// How many objects were read, and which of them had to be inflated more than once.
struct PassCount {
  private var objects = 0
  private var works: [(wheel: String, work: AuditWork)] = []
  private var repeated: [(wheel: String, object: String, count: Int)] = []

  mutating func hear(_ event: Auditor.Event) {
    switch event {
    case .awaiting: break
    case .read(let name, _, let passes):
      objects += passes.count
      repeated += passes.filter { $0.count > 1 }.map { (name.path, $0.object, $0.count) }
    case .concluded(let report): works.append((report.path, report.work))
    }
  }

  /// Says it on standard error, in the same order whatever the number of jobs.
  func say() {
    for (wheel, object, count) in repeated.sorted(by: { ($0.wheel, $0.object) < ($1.wheel, $1.object) }) {
      Output.complain("debug: \(printable(wheel)): \(printable(object)) was inflated \(count) times")
    }
    for (wheel, work) in works {
      Output.complain(
        "debug: \(printable(wheel)): \(work.inflatedBytes) bytes inflated, \(work.names) names looked up, "
          + "\(work.facts) kept with \(work.factBytes) bytes, \(work.steps) steps, "
          + "\(work.findings) findings with \(work.findingBytes) bytes")
    }
    Output.complain("debug: \(repeated.count) of \(objects) objects were inflated more than once")
  }
}
