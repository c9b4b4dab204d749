import ArgumentParser
import AuditReports
public import AuditSettings
import WheelAudit

/// The gate: fails when a wheel breaks its claims.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration.subcommand(
    "check", abstract: "Check that wheels keep what their platform tags promise; fail when one does not.")

  @OptionGroup var options: AuditOptions

  @Option(help: "The mildest findings that make it fail; error, if not given. [TRUEWHEEL_FAIL_ON]")
  var failOn: Threshold?

  @Flag(help: "Report, but fail for nothing that was found; the same as --fail-on never. [TRUEWHEEL_EXIT_ZERO]")
  var exitZero = false

  @Option(
    help: ArgumentHelp("Fail only for what is not in this file. [TRUEWHEEL_BASELINE]", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var baseline: String?

  @Flag(help: "Write what is found to the file of --baseline, and fail for none of it. [TRUEWHEEL_WRITE_BASELINE]")
  var writeBaseline = false

  func validate() throws {
    guard failOn == nil || !exitZero else {
      throw ValidationError("--exit-zero is short for --fail-on never: use one of them.")
    }
  }

  func run() throws {
    var command = self
    try command.fill()
    try command.check()
  }

  /// Takes the values of variables for the options that the arguments do not name.
  private mutating func fill() throws {
    let variables = try options.fill()
    guard !variables.isEmpty else { return }
    // One is short for a value of the other, so an argument for one is an argument against the other.
    if failOn == nil, !exitZero {
      failOn = try variables.word("fail-on")
      if try variables.flag("exit-zero") == true { failOn = .never }
    }
    baseline = baseline ?? variables.text("baseline")
    writeBaseline = try writeBaseline || variables.flag("write-baseline") == true
  }

  private func check() throws {
    let session = try AuditSession(options, detail: .problems)
    let path = session.baselinePath(baseline)
    if writeBaseline, options.resume != nil {
      throw ValidationError(
        "--write-baseline needs what all wheels have, and --resume passes some over: use one of them.")
    }
    if writeBaseline, path == nil { throw ValidationError("--write-baseline needs --baseline FILE.") }
    // Read before the audit, which may take long.
    let known = try writeBaseline ? nil : path.map { try Self.read($0) }
    var gate = Gate(exitZero || writeBaseline ? .never : failOn ?? session.settings.threshold ?? .error, known)
    var found = KnownFindings()
    let outcome = try session.run(
      known: known?.known,
      .init(needsReleases: writeBaseline || gate.needsReleases) { part in
        if writeBaseline { found.take(part) }
        return gate.take(part)
      })
    if writeBaseline, let path {
      let written = Baseline(found)
      try Output.write(written.text(), to: path, isForPrograms: true)
      Output.complain("\(counted(written.known.entries.count, "finding")) written to the baseline \(printable(path))")
    }
    for line in gate.remarks(isWhole: outcome.isWhole) { Output.complain(line) }
    if outcome.isUnreadable { throw ExitStatus.unreadable }
    if gate.isFailing { throw ExitStatus.violations }
  }

  private static func read(_ path: String) throws -> Baseline {
    do throws(SettingsError) {
      return try Baseline(path: path)
    } catch {
      throw Output.refusal(of: error)
    }
  }
}

extension KnownFindings {
  fileprivate mutating func take(_ part: RunPart) {
    switch part {
    case .wheel(let report): take(report)
    case .release(let release): take(release)
    case .passedOver: break
    }
  }
}

extension Threshold: ArgumentWord {}
