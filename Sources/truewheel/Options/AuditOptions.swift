import ArgumentParser
import AuditReports
import AuditSettings
import BuildProfiles
import Glibc
public import WheelAudit
import WheelTags

/// The arguments that `check` and `show` share.
struct AuditOptions: ParsableArguments {
  @Argument(help: "Wheels, or folders of wheels.", completion: .file(extensions: ["whl"]))
  var wheels: [String] = []

  @Option(help: "Also judge this platform tag; without an architecture the wheel's own is meant.")
  var target: [String] = []

  @Option(
    help: ArgumentHelp(
      "Do not judge libraries whose name matches this pattern; the reason is shown.", valueName: "pattern[=reason]"),
    transform: Exclusion.init(argument:))
  var exclude: [Exclusion] = []

  @Option(help: ArgumentHelp("Take this rule out of the verdict.", valueName: "rule"))
  var ignore: [Rule] = []

  @Option(help: ArgumentHelp("Let only the rules count that are named so.", valueName: "rule"))
  var select: [Rule] = []

  @Flag(help: "Warnings break claims too.")
  var strict = false

  @Option(
    help: ArgumentHelp("Read the settings from this file, not from one found from here upwards.", valueName: "file"),
    completion: .file(extensions: ["toml"]))
  var config: String?

  @Flag(help: "Read no settings file.")
  var isolated = false

  @Option(name: .shortAndLong, help: "How many members to read at a time; as many as there are cores, if not given.")
  var jobs: Int = Self.coreCount

  @Option(help: "The form of the report.")
  var format: ReportFormat = .text

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the report to this file; FORMAT=FILE writes one more, in another form.", valueName: "[format=]file"),
    completion: .file(), transform: ReportOutput.init)
  var output: [ReportOutput] = []

  @Option(
    help: ArgumentHelp(
      "Append the report to this file in Markdown, as to $GITHUB_STEP_SUMMARY in a job of GitHub.", valueName: "file"),
    completion: .file())
  var summary: String?

  @Option(
    help: ArgumentHelp("Say for this day where wheels run; for today, if not given.", valueName: "yyyy-mm-dd"),
    transform: Today.day)
  var date: CalendarDate?

  @Option(help: "When to use colour.")
  var color: ColorChoice = .auto

  @Flag(name: .shortAndLong, help: "Show every requirement and every library.")
  var verbose = false

  @Flag(name: .shortAndLong, help: "Say nothing of wheels in which nothing is wrong.")
  var quiet = false

  @Flag(help: ArgumentHelp("Say on standard error which objects were inflated more than once.", visibility: .hidden))
  var debug = false

  func validate() throws {
    guard !wheels.isEmpty else { throw ValidationError("Name at least one wheel or a folder of wheels.") }
    for text in target where Target(text) == nil {
      throw ValidationError("'\(text)' is no platform tag. Tags look like \(Target.examples).")
    }
    guard (1...1024).contains(jobs) else { throw ValidationError("--jobs takes a number from 1 to 1024.") }
    guard output.count(where: { $0.format == nil }) <= 1 else {
      throw ValidationError("Only one --output can do without a format: write further ones as FORMAT=FILE.")
    }
    guard summary != "" else { throw ValidationError("--summary needs the name of a file.") }
    guard config == nil || !isolated else {
      throw ValidationError("--config reads a settings file and --isolated reads none: use one of them.")
    }
    guard !verbose || !quiet else {
      throw ValidationError("--verbose says more and --quiet says less: use one of them.")
    }
  }

  /// The day for which reports say where wheels run.
  private var day: CalendarDate { date ?? Today.date }

  /// The settings of the file, if there is one, and those of the arguments on top.
  func settings() throws(SettingsError) -> (settings: Settings, file: SettingsFile?) {
    let file: SettingsFile? =
      if isolated {
        nil
      } else if let config {
        try SettingsFile(path: config)
      } else {
        try SettingsFile.nearest(to: Self.workingFolder)
      }
    var settings = file?.settings ?? Settings()
    settings.targets += target.compactMap { Target($0) }
    if !select.isEmpty { settings.selectedRules = select }
    if strict { settings.isStrict = true }
    return (settings, file)
  }

  /// What the auditor is to do: the settings, and what only arguments can say without a reason.
  func auditorOptions(_ settings: Settings) -> Auditor.Options {
    var options = settings.auditorOptions
    options.exclusions += exclude
    options.ignoredRules.formUnion(ignore)
    options.date = day
    return options
  }

  private static var workingFolder: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }

  /// The cores that this process may use.
  private static var coreCount: Int {
    max(1, min(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1024))
  }
}

enum ColorChoice: String, ArgumentWord {
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

extension Rule: ArgumentWord {}

extension Exclusion {
  /// Reads `PATTERN` or `PATTERN=REASON`.
  fileprivate init(argument: String) throws {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let pattern = parts.first, !pattern.isEmpty else {
      throw ValidationError("--exclude needs a pattern of names, such as 'libcuda.so.*'.")
    }
    guard parts.count == 1 || parts.last != "" else {
      throw ValidationError("--exclude '\(printable(argument))' needs a reason behind the =, or no =.")
    }
    self.init(pattern: pattern, reason: parts.count == 1 ? "on the command line" : parts[1])
  }
}
