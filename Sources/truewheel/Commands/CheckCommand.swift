import ArgumentParser
import AuditReports
public import AuditSettings
import WheelAudit

/// The gate: fails when a wheel breaks its claims.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration.subcommand(
    "check", abstract: "Check that wheels keep what their platform tags promise; fail when one does not.")

  @OptionGroup var options: AuditOptions

  @Option(help: "The mildest findings that make it fail: error, warning or never.")
  var failOn: Threshold?

  @Flag(help: "Report, but fail for nothing that was found; the same as --fail-on never.")
  var exitZero = false

  @Option(
    help: ArgumentHelp("Fail only for what is not in this file.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var baseline: String?

  @Flag(help: "Write what is found to the file of --baseline, and fail for none of it.")
  var writeBaseline = false

  func validate() throws {
    guard failOn == nil || !exitZero else {
      throw ValidationError("--exit-zero is short for --fail-on never: use one of them.")
    }
  }

  func run() throws {
    let session = try AuditSession(options, detail: .problems)
    let path = session.baselinePath(baseline)
    if writeBaseline, path == nil { throw ValidationError("--write-baseline needs --baseline FILE.") }
    // Read before the audit, which may take long.
    let known = try writeBaseline ? nil : path.map { try Self.read($0) }
    let outcome = try session.run(known: known?.known)
    if writeBaseline, let path {
      let written = Baseline(outcome.report.wheels, releases: outcome.report.releases)
      try Output.write(written.text(), to: path)
      Output.complain("\(counted(written.known.entries.count, "finding")) written to the baseline \(printable(path))")
    }
    let gate = Gate(
      threshold: exitZero || writeBaseline ? .never : failOn ?? session.settings.threshold ?? .error, baseline: known)
    for line in gate.remarks(on: outcome.report) { Output.complain(line) }
    if let status = gate.status(outcome) { throw status }
  }

  private static func read(_ path: String) throws -> Baseline {
    do throws(SettingsError) {
      return try Baseline(path: path)
    } catch {
      throw Output.refusal(of: error)
    }
  }
}

extension Threshold: ArgumentWord {}
