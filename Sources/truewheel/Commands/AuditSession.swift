import ArgumentParser
import AuditReports
import AuditSettings
import BuildProfiles
import WheelAudit
import WheelTags

/// One run of `check` or `show`: from the arguments to the written reports.
struct AuditSession {
  private let options: AuditOptions
  private let detail: TextStyle.Detail
  let settings: Settings
  private let file: SettingsFile?

  /// What came of a run.
  struct Outcome {
    let report: AuditReport
    /// Arguments that stand for no wheel.
    let failures: [WheelFinder.Failure]

    /// True when something could not be audited, whatever else was found.
    var isUnreadable: Bool { !failures.isEmpty || report.count(.unreadable) > 0 }
  }

  init(_ options: AuditOptions, detail: TextStyle.Detail) throws {
    self.options = options
    self.detail = detail
    do throws(SettingsError) {
      (settings, file) = try options.settings()
    } catch {
      throw Output.refusal(of: error)
    }
  }

  /// Audits the wheels, says on standard error what could not be audited, and writes the reports.
  ///
  /// What is known, that is what the baseline has, is marked in them.
  func run(known: KnownFindings? = nil) throws -> Outcome {
    Output.ignoreClosedPipes()
    let found = WheelFinder(recurses: !options.noRecurse).wheels(options.wheels)
    if isAsked(for: .auditwheel), found.paths.count > 1 {
      throw ValidationError("--format auditwheel takes one wheel, as 'auditwheel show --json' does.")
    }
    let mainFile = options.output.first { $0.format == nil }?.file
    // Lines are printed as wheels are done; every other form needs all of them.
    let isStreamed = format == .jsonl && mainFile == nil
    let auditorOptions = options.auditorOptions(settings)
    let cache = try options.objectCache()
    let auditor = Auditor(Facts(), options: auditorOptions, cache: cache)
    var progress = Progress(wheels: found.paths.count, isQuiet: options.quiet)
    var passes = PassCount()
    var streamError: (any Error)?
    let reports = auditor.audit(found.paths.map { WheelName(path: $0) }, jobs: options.jobCount) { event in
      progress.hear(event)
      passes.hear(event)
      guard isStreamed, streamError == nil, case .concluded(let report) = event else { return }
      let marked = known.map { report.marking($0) } ?? report
      do {
        try Output.write(JSONLinesReport().line(marked), to: nil, isForPrograms: true)
      } catch {
        streamError = error
      }
    }
    progress.end()
    if options.debug { passes.say() }
    if let path = options.cache, let failure = cache?.failure {
      Output.complain("warning: \(printable(path)): cannot write what was read of objects: \(failure)")
    }
    let report = AuditReport(toolVersion: Truewheel.toolVersion, wheels: reports, options: auditorOptions, known: known)
    let outcome = Outcome(report: report, failures: found.failures)
    for remark in found.remarks { Output.complain(remark) }
    complain(of: outcome)
    try write(report, isStreamed: isStreamed, to: mainFile)
    if let streamError { throw streamError }
    return outcome
  }

  private var format: ReportFormat { options.format ?? .text }

  /// Writes every report that can be written, and then fails if one could not.
  private func write(_ report: AuditReport, isStreamed: Bool, to mainFile: String?) throws {
    var outputs: [(format: ReportFormat, file: String?, isAppended: Bool)] = []
    if !isStreamed { outputs.append((format, mainFile, false)) }
    outputs += options.output.compactMap { output in output.format.map { ($0, output.file, false) } }
    if let summary = options.summary { outputs.append((.markdown, summary, true)) }
    var failure: (any Error)?
    for (format, file, isAppended) in outputs {
      do { try write(report, format, to: file, appending: isAppended) } catch { failure = failure ?? error }
    }
    // Other forms have no place for a table.
    if options.statistics, format != .text { Output.writeToError(StatisticsTable().render(report)) }
    if let failure { throw failure }
  }

  private func isAsked(for format: ReportFormat) -> Bool {
    self.format == format || options.output.contains { $0.format == format }
  }

  private func write(_ report: AuditReport, _ format: ReportFormat, to file: String?, appending: Bool) throws {
    let style = TextStyle(
      isColored: (options.color ?? .auto).isOn(toFile: file != nil),
      detail: options.verbose ? .everything : options.quiet ? .silence : detail,
      width: file == nil ? Terminal.width : nil)
    let table = options.statistics && format == .text ? "\n" + StatisticsTable().render(report) : ""
    try Output.write(
      try format.render(report, style) + table, to: file, appending: appending, isForPrograms: format.isForPrograms)
  }

  private func complain(of outcome: Outcome) {
    for failure in outcome.failures { Output.complain(failure.description) }
    for report in outcome.report.wheels where report.status == .unreadable {
      for finding in report.findings {
        Output.complain("\(printable(report.path)): \(printable(finding.message))")
      }
    }
    guard let file else { return }
    for sentence in settings.stale(in: outcome.report.wheels, releases: outcome.report.releases) {
      Output.complain("warning: \(printable(file.path)): \(printable(sentence))")
    }
  }

  // MARK: The baseline

  /// The path of the baseline: of the argument, or of the settings file.
  func baselinePath(_ argument: String?) -> String? {
    argument ?? settings.baseline.map { file?.path($0) ?? $0 }
  }
}
