import AuditReports
import Glibc
import WheelAudit
import WheelTags

/// One line on standard error that says how far a long audit has come; nothing where that is no terminal.
struct Progress {
  private let isShown: Bool
  private let wheels: Int
  private var concluded = 0
  private var bytes: UInt64 = 0
  private var total: UInt64 = 0
  private var lastShown = ContinuousClock.now
  private var hasShown = false

  /// What is done sooner than that shows nothing.
  private static let interval = Duration.milliseconds(150)

  init(wheels: Int, isQuiet: Bool) {
    self.wheels = wheels
    isShown = !isQuiet && Terminal.canShowProgress
    if isShown { Terminal.clearLineWhenInterrupted() }
  }

  mutating func hear(_ event: Auditor.Event) {
    guard isShown else { return }
    switch event {
    case .awaiting(let name, let bytes):
      total += bytes
      show(name)
    case .read(let name, let bytes, _):
      self.bytes += bytes
      show(name)
    case .concluded(let report):
      concluded += 1
      show(report.name)
    }
  }

  /// Takes the line away.
  func end() {
    if hasShown { Output.writeToError(Terminal.clearedLine.description) }
  }

  private mutating func show(_ wheelName: WheelName) {
    let now = ContinuousClock.now
    guard now - lastShown >= Self.interval else { return }
    (lastShown, hasShown) = (now, true)
    let name = printable(wheelName.file)
    let wheel = wheels > 1 ? "wheel \(min(concluded + 1, wheels)) of \(wheels), " : ""
    let line = "\(wheel)\(bytes >> 20) of \(total >> 20) MiB: \(name)"
    // A line that wraps could not be written over.
    let room = (Terminal.columns(of: STDERR_FILENO) ?? 80) - 1
    Output.writeToError(Terminal.clearedLine.description + line.prefix(room))
  }
}
