import AuditReports
import AuditSettings
import WheelAudit
import WheelTags

/// The books of a run: which wheel comes next, and what becomes of what was found.
///
/// Reports are kept only where one is written that needs all of them.
struct RunBooks {
  private var finder: WheelFinder
  private let earlier: EarlierAudits?
  private var outputs: ReportOutputs
  private let known: KnownFindings?
  private let listener: AuditSession.Listener
  private let options: AuditOptions
  private let auditorOptions: Auditor.Options
  private var progress: Progress
  private var passes: PassCount?
  private var counts: RuleCounts?
  private var stale: StaleSettings
  /// Nil where nobody asks what releases show, or where they are made at the end.
  private var window: ReleaseWindow?
  /// The reports, where they are needed to the end.
  private var reports: [WheelReport] = []
  private var passedOver = 0
  private var isUnreadable = false
  /// True when wheels were left, since nothing could be written any more.
  private var isCut = false

  init(
    finder: WheelFinder, earlier: EarlierAudits?, outputs: ReportOutputs, known: KnownFindings?,
    listener: AuditSession.Listener, settings: Settings, options: AuditOptions, auditorOptions: Auditor.Options
  ) {
    (self.finder, self.earlier, self.outputs, self.known) = (finder, earlier, outputs, known)
    (self.listener, self.options, self.auditorOptions) = (listener, options, auditorOptions)
    progress = Progress(isQuiet: options.quiet)
    passes = options.debug ? PassCount() : nil
    // A report of text has a place for the table.
    counts = options.statistics && options.format ?? .text != .text ? RuleCounts() : nil
    stale = StaleSettings(settings)
    let needsReleases =
      listener.needsReleases || outputs.showsReleases || counts != nil || StaleSettings.isAboutReleases(settings)
    window =
      outputs.needsAll || !needsReleases ? nil : ReleaseWindow(auditorOptions, limit: ReleaseWindow.smallLimit)
  }

  // MARK: Wheels

  /// The next wheel that is to be audited.
  mutating func next(mayWait: Bool) -> NextWheel {
    while true {
      let found = finder.next(mayWait: mayWait)
      if case .none = found { return .none }
      guard !outputs.isOver else {
        isCut = true
        return .none
      }
      switch found {
      case .wheel(let path):
        let name = WheelName(path: path)
        guard let audit = earlier?.audit(path: path) else { return .wheel(name) }
        passOver(name, audit)
      case .failure(let failure):
        isUnreadable = true
        say(failure.description)
      case .remark(let remark): say(remark)
      case .later: return .later
      case .none: return .none
      }
    }
  }

  private mutating func passOver(_ name: WheelName, _ audit: EarlierAudits.Audit) {
    passedOver += 1
    tell(.passedOver(audit))
    for release in window?.passOver(name) ?? [] { take(release) }
  }

  // MARK: What was found

  mutating func hear(_ event: Auditor.Event) {
    for line in passes?.hear(event) ?? [] { say(line) }
    if case .concluded(let report) = event { take(known.map { report.marking($0) } ?? report) }
    progress.hear(event) { [finder] in finder.total }
  }

  private mutating func take(_ report: WheelReport) {
    if report.status == .unreadable {
      isUnreadable = true
      for finding in report.findings { say("\(printable(report.path)): \(printable(finding.message))") }
    }
    tell(.wheel(report))
    counts?.take(report)
    stale.take(report)
    write { $0.take(report) }
    if outputs.needsAll { reports.append(report) }
    for release in window?.take(report) ?? [] { take(release) }
  }

  private mutating func take(_ release: Release) {
    let release = known.map { release.marking($0) } ?? release
    tell(.release(release))
    counts?.take(release)
    stale.take(release)
    write { $0.take(release) }
  }

  private mutating func tell(_ part: RunPart) {
    for line in listener.hear(part) { say(line) }
  }

  private mutating func write(_ body: (inout ReportOutputs) -> Void) {
    progress.clear()
    body(&outputs)
  }

  private mutating func say(_ line: String) {
    progress.clear()
    Output.complain(line)
  }

  // MARK: The end

  /// Writes what is left.
  ///
  /// - Throws: the status of a report that could not be written.
  mutating func end(settingsFile: SettingsFile?) throws -> AuditSession.Outcome {
    progress.clear()
    var report: AuditReport?
    if outputs.needsAll {
      let whole = AuditReport(
        toolVersion: Truewheel.toolVersion, wheels: reports, options: auditorOptions, known: known)
      for release in whole.releases { take(release) }
      report = whole
    }
    for release in window?.end() ?? [] { take(release) }
    let isWhole = passedOver == 0 && !isCut
    if let passes { say(passes.sum) }
    if let file = settingsFile, isWhole {
      for sentence in stale.sentences { say("warning: \(printable(file.path)): \(printable(sentence))") }
    }
    if let earlier, let path = options.resume {
      for line in remarks(on: earlier, path) { say(line) }
    }
    outputs.end(report)
    if let counts { Output.writeToError(StatisticsTable().render(counts)) }
    if let failure = outputs.failure { throw failure }
    // To say nothing of wheels that were left would be to say that they are good.
    return AuditSession.Outcome(isUnreadable: isUnreadable || isCut, isWhole: isWhole)
  }

  private func remarks(on earlier: EarlierAudits, _ path: String) -> [String] {
    let others = earlier.otherLines
    return ["\(counted(passedOver, "wheel")) passed over, of which \(printable(path)) tells"]
      + (others == 0
        ? []
        : [
          "\(counted(others, "line")) of \(printable(path)) \(others == 1 ? "is" : "are") by another version or with "
            + "other options: what \(others == 1 ? "it tells" : "they tell") of is audited again"
        ])
  }
}
