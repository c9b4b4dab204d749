import ArgumentParser
import AuditReports

/// The same report as `check` for every wheel; findings are no failure.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration.subcommand(
    "show", abstract: "Show what wheels promise and what they need; findings are no failure.")

  @OptionGroup var options: AuditOptions

  @Flag(help: "Print what 'auditwheel show --json' prints; the same as --format auditwheel.")
  var json = false

  func validate() throws {
    guard !json || options.format == nil else {
      throw ValidationError("--json is short for --format auditwheel: use one of them.")
    }
  }

  func run() throws {
    var options = options
    if json { options.format = .auditwheel }
    _ = try options.fill()
    if try AuditSession(options, detail: .full).run().isUnreadable { throw ExitStatus.unreadable }
  }
}
