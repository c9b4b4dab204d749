import ArgumentParser
import AuditReports
import AuditSettings
import BuildProfiles
import Glibc
import WheelAudit
import WheelTags

/// The arguments that `check` and `show` share; what is not given is nil or empty, so that a variable may stand for it.
struct AuditOptions: ParsableArguments {
  @Argument(help: "Wheels, or folders with wheels in or below them.", completion: .file(extensions: ["whl"]))
  var wheels: [String] = []

  @Option(
    help: ArgumentHelp(
      "Take more wheels and folders from this file, one a line, as the run goes on; - is standard input. "
        + "[TRUEWHEEL_FILES_FROM]", valueName: "file"),
    completion: .file())
  var filesFrom: [String] = []

  @Flag(
    name: [.customShort("0"), .customLong("null")],
    help: "In the files of --files-from NULs part the names, not ends of lines. [TRUEWHEEL_NULL]")
  var null = false

  @Option(
    help: ArgumentHelp(
      "Also judge these platform tags; without an architecture the wheel's own is meant. [TRUEWHEEL_TARGET]",
      valueName: "tag,…"),
    transform: Target.list)
  var target: [[Target]] = []

  @Option(
    help: ArgumentHelp(
      "Do not judge libraries whose names match these patterns; the reason, to the end, is shown. [TRUEWHEEL_EXCLUDE]",
      valueName: "pattern,…[=reason]"),
    transform: Exclusion.list)
  var exclude: [[Exclusion]] = []

  @Option(
    help: ArgumentHelp("Take these rules out of the verdict. [TRUEWHEEL_IGNORE]", valueName: "rule,…"),
    completion: .list(Rule.selectableNames), transform: { try Rule.list($0, option: "--ignore") })
  var ignore: [[Rule]] = []

  @Option(
    help: ArgumentHelp("Let only these rules count. [TRUEWHEEL_SELECT]", valueName: "rule,…"),
    completion: .list(Rule.selectableNames), transform: { try Rule.list($0, option: "--select") })
  var select: [[Rule]] = []

  @Option(
    help: ArgumentHelp(
      "Let these rules count too, or a group of them: pypi. [TRUEWHEEL_EXTEND_SELECT]", valueName: "rule,…"),
    completion: .list(Rule.selectableNames), transform: { try Rule.list($0, option: "--extend-select") })
  var extendSelect: [[Rule]] = []

  @Flag(inversion: .prefixedNo, help: "Warnings break claims too. [TRUEWHEEL_STRICT]")
  var strict: Bool?

  @Option(
    help: ArgumentHelp(
      "Read the settings from this file, not from one found from here upwards. [TRUEWHEEL_CONFIG]", valueName: "file"),
    completion: .file(extensions: ["toml"]))
  var config: String?

  @Flag(help: "Read no settings file, and no variable TRUEWHEEL_… but this one. [TRUEWHEEL_ISOLATED]")
  var isolated = false

  @Flag(help: "Look for wheels in folders themselves, and not below them. [TRUEWHEEL_NO_RECURSE]")
  var noRecurse = false

  @Option(
    name: .shortAndLong,
    help: "How many members to read at a time; as many as there are cores, if not given. [TRUEWHEEL_JOBS]")
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "Pass over wheels that this earlier output of --format jsonl has: the same bytes, version and options. "
        + "[TRUEWHEEL_RESUME]", valueName: "file"),
    completion: .file(extensions: ["jsonl"]))
  var resume: String?

  @Option(
    help: ArgumentHelp(
      "Refuse a wheel that takes longer, and go on with the next. [TRUEWHEEL_TIMEOUT]", valueName: "seconds"),
    transform: Seconds.argument)
  var timeout: Seconds?

  @Option(
    help: ArgumentHelp(
      "Refuse wheels for more, or for less, than by default: member-size=1GiB. [TRUEWHEEL_LIMIT]",
      valueName: "limit=value,…"),
    completion: .list(AuditLimit.allCases.map { "\($0.name)=" }), transform: LimitValue.list)
  var limit: [[LimitValue]] = []

  @Option(
    help: ArgumentHelp(
      "Keep in this folder, for the next runs, what is read of objects. [TRUEWHEEL_CACHE]", valueName: "folder"),
    completion: .directory)
  var cache: String?

  @Option(
    help: ArgumentHelp(
      "Megabytes that the folder of --cache may take; 1024, if not given. [TRUEWHEEL_CACHE_SIZE]",
      valueName: "megabytes"))
  var cacheSize: Int?

  @Option(help: "The form of the report; text, if not given. [TRUEWHEEL_FORMAT]")
  var format: ReportFormat?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the report to this file; FORMAT=FILE writes one more, in another form. [TRUEWHEEL_OUTPUT]",
      valueName: "[format=]file"),
    completion: .file(), transform: ReportOutput.init)
  var output: [ReportOutput] = []

  @Option(
    help: ArgumentHelp(
      "Append the report to this file in Markdown, as to $GITHUB_STEP_SUMMARY in a job of GitHub. [TRUEWHEEL_SUMMARY]",
      valueName: "file"),
    completion: .file())
  var summary: String?

  @Flag(help: "Say how often each rule found something, after the report. [TRUEWHEEL_STATISTICS]")
  var statistics = false

  @Option(
    help: ArgumentHelp(
      "Say for this day where wheels run; for today, if not given. [TRUEWHEEL_DATE]", valueName: "yyyy-mm-dd"),
    transform: Today.day)
  var date: CalendarDate?

  @Option(help: "When to use colour; auto, if not given. [TRUEWHEEL_COLOR]")
  var color: ColorChoice?

  @Flag(name: .shortAndLong, help: "Show every requirement and every library. [TRUEWHEEL_VERBOSE]")
  var verbose = false

  @Flag(name: .shortAndLong, help: "Say nothing of wheels in which nothing is wrong. [TRUEWHEEL_QUIET]")
  var quiet = false

  @Flag(
    help: ArgumentHelp(
      "Say on standard error which objects were inflated more than once. [TRUEWHEEL_DEBUG]", visibility: .hidden))
  var debug = false

  func validate() throws {
    // A variable may name lists.
    guard !wheels.isEmpty || !filesFrom.isEmpty || (!isolated && OptionVariables.has("files-from")) else {
      throw ValidationError("Name at least one wheel or a folder of wheels.")
    }
    try Self.require(lists: filesFrom)
    if null, filesFrom.isEmpty, isolated || !OptionVariables.has("files-from") {
      throw ValidationError("--null is for lists of names: use it with --files-from.")
    }
    if let resume { try Self.require(resume: resume) }
    if let jobs { try Self.require(jobs: jobs) }
    if let cacheSize { try Self.require(cacheSize: cacheSize) }
    guard cache != "" else { throw ValidationError("--cache needs the name of a folder.") }
    try Self.require(outputs: output)
    guard summary != "" else { throw ValidationError("--summary needs the name of a file.") }
    guard config == nil || !isolated else {
      throw ValidationError("--config reads a settings file and --isolated reads none: use one of them.")
    }
    guard !verbose || !quiet else {
      throw ValidationError("--verbose says more and --quiet says less: use one of them.")
    }
  }

  static func require(lists: [String]) throws {
    guard !lists.contains("") else { throw ValidationError("--files-from needs the name of a file, or - .") }
    guard lists.count(where: { $0 == NameList.standardInput }) <= 1 else {
      throw ValidationError("Standard input is one list: name - once.")
    }
  }

  static func require(resume file: String) throws {
    guard file != "", file != "-" else {
      throw ValidationError("--resume needs the name of a file that an earlier run wrote.")
    }
  }

  static func require(jobs: Int) throws {
    guard (1...1024).contains(jobs) else { throw ValidationError("--jobs takes a number from 1 to 1024.") }
  }

  static func require(cacheSize: Int) throws {
    guard (1...largestCacheSize).contains(cacheSize) else {
      throw ValidationError("--cache-size takes a number of megabytes from 1 to \(largestCacheSize).")
    }
  }

  private static let largestCacheSize = 1 << 20

  static func require(outputs: [ReportOutput]) throws {
    guard outputs.count(where: { $0.format == nil }) <= 1 else {
      throw ValidationError("Only one --output can do without a format: write further ones as FORMAT=FILE.")
    }
  }
}
