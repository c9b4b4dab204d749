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

  /// What a command makes of what a run comes to.
  struct Listener {
    /// True where what releases show matters to it.
    var needsReleases = false
    /// Takes a part, and gives lines to say.
    var hear: (RunPart) -> [String] = { _ in [] }
  }

  /// What came of a run.
  struct Outcome {
    /// True when something could not be audited, or not be written.
    let isUnreadable: Bool
    /// True when the run came to all wheels itself.
    let isWhole: Bool
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

  /// Audits the wheels, says on standard error what could not be audited, and writes the reports: those that can be as
  /// the run goes on, so that nothing of a wheel is kept then.
  ///
  /// What is known, that is what the baseline has, is marked in them.
  func run(known: KnownFindings? = nil, _ listener: Listener = Listener()) throws -> Outcome {
    Output.ignoreClosedPipes()
    var auditorOptions = options.auditorOptions(settings)
    let targets = targets
    let cache = try options.objectCache()
    // What else is said of files bears on no verdict.
    let asked = auditorOptions
    // To say what an audit rests on costs more than a small wheel, and few reports say it.
    let basis = { AuditBasis(toolVersion: Truewheel.toolVersion, options: asked, known: known) }
    auditorOptions.hashesFiles = targets.contains { $0.format == .jsonl }
    let earlier = try options.resume.map { try read($0, basis(), targets) }
    var finder = WheelFinder(
      options.wheels, lists: options.filesFrom.map { NameList(file: $0, isNullSeparated: options.null) },
      recurses: !options.noRecurse)
    if targets.contains(where: { $0.format == .auditwheel }) { try requireOne(&finder) }
    let outputs = ReportOutputs(goingOn(targets, earlier)) { target in rendering(target, basis) }
    var books = RunBooks(
      finder: finder, earlier: earlier, outputs: outputs, known: known, listener: listener, settings: settings,
      options: options, auditorOptions: auditorOptions)
    Auditor(Facts(), options: auditorOptions, cache: cache).audit(
      { mayWait in books.next(mayWait: mayWait) }, jobs: options.jobCount
    ) { event in books.hear(event) }
    if let path = options.cache, let failure = cache?.failure {
      Output.complain("warning: \(printable(path)): cannot write what was read of objects: \(failure)")
    }
    return try books.end(settingsFile: file)
  }

  private var format: ReportFormat { options.format ?? .text }

  /// The reports that are asked for.
  private var targets: [ReportOutputs.Target] {
    let mainFile = options.output.first { $0.format == nil }?.file
    let others = options.output.compactMap { output in
      output.format.map { ReportOutputs.Target(format: $0, file: output.file) }
    }
    let summary = options.summary.map { ReportOutputs.Target(format: .markdown, file: $0, start: .append) }
    return [ReportOutputs.Target(format: format, file: mainFile)] + others + (summary.map { [$0] } ?? [])
  }

  private func rendering(_ target: ReportOutputs.Target, _ basis: () -> AuditBasis) -> ReportFormat.Rendering {
    let rendering = target.format.rendering(basis, style(toFile: target.file != nil))
    guard options.statistics, target.format == .text, case .whole(let render) = rendering else { return rendering }
    return .whole { report in try render(report) + "\n" + StatisticsTable().render(report.ruleCounts) }
  }

  private func style(toFile isFile: Bool) -> TextStyle {
    TextStyle(
      isColored: (options.color ?? .auto).isOn(toFile: isFile),
      detail: options.verbose ? .everything : options.quiet ? .silence : detail, width: isFile ? nil : Terminal.width)
  }

  private func requireOne(_ finder: inout WheelFinder) throws {
    guard finder.hasSeveral() else { return }
    throw ValidationError("--format auditwheel takes one wheel, as 'auditwheel show --json' does.")
  }

  // MARK: Earlier runs

  /// What an earlier run came to; nothing where the run that is to be gone on with has not begun.
  private func read(
    _ path: String, _ basis: AuditBasis, _ targets: [ReportOutputs.Target]
  ) throws -> EarlierAudits {
    let isOwn = targets.contains { $0.format == .jsonl && OutputFile.isSame($0.file, path) }
    do throws(SettingsError) {
      return try EarlierAudits(
        path: path, basis: basis, schemaVersion: JSONReport.schemaVersion, mayBeMissing: isOwn)
    } catch {
      throw Output.refusal(of: error)
    }
  }

  /// The same, where a report of lines goes on behind what the earlier run wrote into its file.
  private func goingOn(_ targets: [ReportOutputs.Target], _ earlier: EarlierAudits?) -> [ReportOutputs.Target] {
    guard let earlier, let path = options.resume else { return targets }
    return targets.map { target in
      guard target.format == .jsonl, OutputFile.isSame(target.file, path) else { return target }
      var target = target
      target.start = .goOn(from: earlier.end)
      return target
    }
  }

  // MARK: The baseline

  /// The path of the baseline: of the argument, or of the settings file.
  func baselinePath(_ argument: String?) -> String? {
    argument ?? settings.baseline.map { file?.path($0) ?? $0 }
  }
}
