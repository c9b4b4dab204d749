import ArgumentParser
import AuditReports

/// The gate: fails when a wheel breaks its claims.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check that wheels keep what their platform tags promise; fail when one does not.")

  @OptionGroup var options: AuditOptions

  func run() async throws {
    if let status = try await options.run(detail: .problems).gate { throw status }
  }
}
