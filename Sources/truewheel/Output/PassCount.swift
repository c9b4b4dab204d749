import AuditReports
import WheelAudit

/// How many objects were read, and which of them had to be inflated more than once.
struct PassCount {
  private var objects = 0
  private var repeated: [(wheel: String, object: String, count: Int)] = []

  mutating func hear(_ event: Auditor.Event) {
    guard case .read(let path, _, let passes) = event else { return }
    objects += passes.count
    repeated += passes.filter { $0.count > 1 }.map { (path, $0.object, $0.count) }
  }

  /// Says it on standard error, in the same order whatever the number of jobs.
  func say() {
    for (wheel, object, count) in repeated.sorted(by: { ($0.wheel, $0.object) < ($1.wheel, $1.object) }) {
      Output.complain("debug: \(printable(wheel)): \(printable(object)) was inflated \(count) times")
    }
    Output.complain("debug: \(repeated.count) of \(objects) objects were inflated more than once")
  }
}
