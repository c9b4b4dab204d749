public import ArgumentParser
import AuditReports
import BuildProfiles
import Glibc
public import WheelAudit
import WheelTags

/// The arguments that `check` and `show` share, and what both do with them.
struct AuditOptions: ParsableArguments {
  @Argument(help: "Wheels, or folders of wheels.", completion: .file(extensions: ["whl"]))
  var wheels: [String] = []

  @Option(help: "Also judge this platform tag; without an architecture the wheel's own is meant.")
  var target: [String] = []

  @Option(help: ArgumentHelp("Do not judge libraries whose name matches this pattern.", valueName: "pattern"))
  var exclude: [String] = []

  @Option(help: ArgumentHelp("Take this rule out of the verdict.", valueName: "rule"))
  var ignore: [Rule] = []

  @Flag(help: "Warnings break claims too.")
  var strict = false

  @Option(name: .shortAndLong, help: "How many members to read at a time; as many as there are cores, if not given.")
  var jobs: Int = Self.coreCount

  @Option(help: "The form of the report.")
  var format: ReportFormat = .text

  @Option(name: .shortAndLong, help: ArgumentHelp("Write the report to this file.", valueName: "file"))
  var output: String?

  @Option(help: "When to use colour.")
  var color: ColorChoice = .auto

  @Flag(name: .shortAndLong, help: "Show every requirement and every library.")
  var verbose = false

  func validate() throws {
    guard !wheels.isEmpty else { throw ValidationError("Name at least one wheel or a folder of wheels.") }
    for tag in target where !Self.isPlausible(tag) {
      throw ValidationError(
        "'\(tag)' is no platform tag. Tags look like manylinux_2_28, manylinux2014_x86_64 or musllinux_1_2_aarch64.")
    }
    guard (1...1024).contains(jobs) else { throw ValidationError("--jobs takes a number from 1 to 1024.") }
  }

  /// Audits the wheels, says on standard error what could not be audited, and writes the report.
  ///
  /// - Returns: the status for a gate; nil for success.
  func run(detail: TextStyle.Detail) async throws -> (gate: ExitCode?, isUnreadable: Bool) {
    Output.ignoreClosedPipes()
    let found = WheelFinder.wheels(wheels)
    if format == .auditwheel, found.paths.count > 1 {
      throw ValidationError("--format auditwheel takes one wheel, as 'auditwheel show --json' does.")
    }
    var options = Auditor.Options()
    options.targets = target.map { PlatformTag($0) }
    options.exclusions = exclude.map { Exclusion(pattern: $0, reason: "on the command line") }
    options.ignoredRules = Set(ignore)
    options.isStrict = strict
    let auditor = Auditor(ProfileTable(), options: options)
    let reports = await auditor.audit(paths: found.paths, jobs: jobs)
    for failure in found.failures { Output.complain(failure.description) }
    for report in reports where report.status == .unreadable {
      for finding in report.findings {
        Output.complain("\(printable(report.path)): \(printable(finding.message))")
      }
    }
    let style = TextStyle(isColored: color.isOn(toFile: output != nil), detail: verbose ? .everything : detail)
    let report = AuditReport(toolVersion: Truewheel.toolVersion, wheels: reports)
    try Output.write(try format.render(report, style), to: output)
    let gate = found.failures.isEmpty ? ExitStatus.gate(reports) : ExitStatus.unreadable
    return (gate, !found.failures.isEmpty || report.count(.unreadable) > 0)
  }

  /// The cores that this process may use.
  private static var coreCount: Int {
    max(1, min(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1024))
  }

  private static func isPlausible(_ tag: String) -> Bool {
    if PlatformTag(tag).promise != .other { return true }
    return PlatformTag("\(tag)_x86_64").libcVersion != nil
  }
}

/// The forms of a report; the one place where they are told apart.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
  case html
  case auditwheel

  func render(_ report: AuditReport, _ style: TextStyle) throws -> String {
    switch self {
    case .text: TextReport(style).render(report)
    case .json: try JSONReport().render(report)
    case .html: HTMLReport().render(report)
    case .auditwheel: try report.wheels.map { try AuditwheelReport().render($0) }.joined()
    }
  }
}

enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case always
  case never

  /// `auto` means: on a terminal that can, unless NO_COLOR is set (no-color.org).
  func isOn(toFile: Bool) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      let refuses = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
      let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
      return !toFile && !refuses && !isDumb && isatty(STDOUT_FILENO) == 1
    }
  }
}

extension Rule: ExpressibleByArgument {}
