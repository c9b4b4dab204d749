import ArgumentParser
import AuditReports

/// The same report as `check` for every wheel; findings are no failure.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration.subcommand(
    "show", abstract: "Show what wheels promise and what they need; findings are no failure.")

  @OptionGroup var options: AuditOptions

  func run() throws {
    if try AuditSession(options, detail: .full).run().isUnreadable { throw ExitStatus.unreadable }
  }
}
