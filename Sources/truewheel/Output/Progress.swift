import AuditReports
import Glibc
import WheelAudit
import WheelTags

/// One line on standard error that says how far a long audit has come; nothing where that is no terminal.
struct Progress {
  private let isShown: Bool
  private var concluded = 0
  private var bytes: UInt64 = 0
  private var total: UInt64 = 0
  private var lastShown = ContinuousClock.now
  private var hasShown = false

  /// What is done sooner than that shows nothing.
  private static let interval = Duration.milliseconds(150)

  init(isQuiet: Bool) {
    isShown = !isQuiet && Terminal.canShowProgress
    if isShown { Terminal.clearLineWhenInterrupted() }
  }

  /// Takes what has happened in a run; it is not always known how many wheels that has.
  mutating func hear(_ event: Auditor.Event, of wheels: () -> Int?) {
    guard isShown else { return }
    switch event {
    case .awaiting(let name, let bytes):
      total += bytes
      show(name, of: wheels)
    case .read(let name, let bytes, _):
      self.bytes += bytes
      show(name, of: wheels)
    case .concluded(let report):
      concluded += 1
      show(report.name, of: wheels)
    }
  }

  /// Takes the line away, so that something else can be said.
  mutating func clear() {
    if hasShown { Output.writeToError(Terminal.clearedLine.description) }
    hasShown = false
  }

  private mutating func show(_ wheelName: WheelName, of count: () -> Int?) {
    let now = ContinuousClock.now
    guard now - lastShown >= Self.interval else { return }
    (lastShown, hasShown) = (now, true)
    let name = printable(wheelName.file)
    let wheels = count()
    let number = wheels.map { "\(min(concluded + 1, $0)) of \($0)" } ?? "\(concluded + 1)"
    let line = "\(wheels == 1 ? "" : "wheel \(number), ")\(bytes >> 20) of \(total >> 20) MiB: \(name)"
    // A line that wraps could not be written over.
    let room = (Terminal.columns(of: STDERR_FILENO) ?? 80) - 1
    Output.writeToError(Terminal.clearedLine.description + line.prefix(room))
  }
}
