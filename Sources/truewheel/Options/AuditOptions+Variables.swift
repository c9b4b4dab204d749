import AuditSettings
import BuildProfiles
import WheelAudit
import WheelTags

extension AuditOptions {
  /// Takes the values of variables for the options that the arguments do not name.
  ///
  /// - Returns: the variables, which the options of a single command may have too; none in a run that is isolated.
  /// - Throws: the status of wrong arguments, after it was said what is wrong with a variable.
  mutating func fill() throws -> OptionVariables {
    if isolated { return .none }
    let variables = OptionVariables()
    guard !variables.isEmpty else { return variables }
    // A settings file that an argument names is to be read.
    if config == nil, try variables.flag("isolated") == true {
      isolated = true
      return .none
    }
    try fillRules(from: variables)
    try fillCache(from: variables)
    try fillReports(from: variables)
    return variables
  }

  /// What is judged, and how.
  private mutating func fillRules(from variables: OptionVariables) throws {
    if target.isEmpty { target = try variables.values("target", Target.list) }
    if exclude.isEmpty { exclude = try variables.values("exclude", Exclusion.list) }
    if ignore.isEmpty { ignore = try variables.values("ignore") { try Rule.list($0, option: "--ignore") } }
    if select.isEmpty { select = try variables.values("select") { try Rule.list($0, option: "--select") } }
    if extendSelect.isEmpty {
      extendSelect = try variables.values("extend-select") { try Rule.list($0, option: "--extend-select") }
    }
    strict = try strict ?? variables.flag("strict")
    config = config ?? variables.text("config")
    if filesFrom.isEmpty {
      filesFrom = variables.lines("files-from")
      _ = try variables.value("files-from") { _ in try Self.require(lists: filesFrom) }
    }
    null = try null || variables.flag("null") == true
    resume =
      try resume
      ?? variables.value("resume") { file in
        try Self.require(resume: file)
        return file
      }
    timeout = try timeout ?? variables.value("timeout", Seconds.argument)
    if limit.isEmpty { limit = try variables.values("limit", LimitValue.list) }
    noRecurse = try noRecurse || variables.flag("no-recurse") == true
    jobs =
      try jobs
      ?? variables.value("jobs") { text in
        let jobs = Int(text) ?? 0
        try Self.require(jobs: jobs)
        return jobs
      }
  }

  /// What is kept for the next runs.
  private mutating func fillCache(from variables: OptionVariables) throws {
    cache = cache ?? variables.text("cache")
    cacheSize =
      try cacheSize
      ?? variables.value("cache-size") { text in
        let size = Int(text) ?? 0
        try Self.require(cacheSize: size)
        return size
      }
  }

  /// What is said, and where.
  private mutating func fillReports(from variables: OptionVariables) throws {
    format = try format ?? variables.word("format")
    if output.isEmpty {
      output = try variables.values("output", ReportOutput.init)
      _ = try variables.value("output") { _ in try Self.require(outputs: output) }
    }
    summary = summary ?? variables.text("summary")
    statistics = try statistics || variables.flag("statistics") == true
    date = try date ?? variables.value("date", Today.day)
    color = try color ?? variables.word("color")
    debug = try debug || variables.flag("debug") == true
    // They exclude each other, so an argument for one is an argument against the other.
    guard !verbose, !quiet else { return }
    verbose = try variables.flag("verbose") == true
    quiet = try variables.flag("quiet") == true
    guard !verbose || !quiet else {
      throw OptionVariables.refusal("quiet", "TRUEWHEEL_VERBOSE says more and this says less: set one of them")
    }
  }
}
