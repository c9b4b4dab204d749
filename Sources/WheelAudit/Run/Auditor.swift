public import BuildProfiles
import ELFReading
public import WheelTags

/// Audits wheels: reads one, finds what it requires, compares that with the build profiles, and says what to tell.
public struct Auditor: Sendable {
  let facts: Facts
  let options: Options
  private let cache: ObjectCache?

  /// - Parameters:
  ///   - facts: what wheels are judged by.
  ///   - options: what the user asks for.
  ///   - cache: what runs before this one know of objects, which changes nothing of what is said.
  public init(_ facts: Facts, options: Options = Options(), cache: ObjectCache? = nil) {
    self.facts = facts
    self.options = options
    self.cache = cache
  }

  public typealias Event = AuditEvent<WheelReport>

  /// Audits wheels one after the other, and keeps nothing of one that it has told of.
  ///
  /// What goes wrong with one is part of its report: `unreadable`.
  ///
  /// - Parameters:
  ///   - names: asked for the next wheel when there is room for one. With true it may wait until one is known; with false
  ///     there is work to go on with meanwhile.
  ///   - jobs: how many members to read at a time, each by a thread of its own; with one, this thread reads all.
  ///   - hear: told of what happens; of conclusions in the order of the wheels, the same whatever the number of jobs.
  public func audit(_ names: (_ mayWait: Bool) -> NextWheel, jobs: Int, hear: (Event) -> Void) {
    var run = AuditRun(self, options, jobs: jobs, known: KnownObjects(cache: cache))
    run.run(names, hear: hear)
  }

  /// Audits wheels, and keeps the reports.
  ///
  /// - Returns: the reports in the order of the wheels.
  public func audit(_ wheels: [WheelName], jobs: Int, hear: (Event) -> Void = { _ in }) -> [WheelReport] {
    var run = AuditRun(self, options, jobs: jobs, known: KnownObjects(cache: cache))
    return run.conclusions(wheels, hear: hear)
  }
}

extension Auditor: RunGoal {
  func assignment(_ name: WheelName) throws(UnreadableWheel.Cause) -> Assignment {
    do throws(WheelFilenameError) {
      _ = try name.parsed.get()
    } catch {
      throw .name(error)
    }
    return Assignment(name: name, options: options.options(forWheel: name.file))
  }

  /// The report on a wheel that has been read.
  func conclude(_ assignment: Assignment, _ contents: WheelContents) -> WheelReport {
    var budget = contents.budget
    do throws(UnreadableWheel.Cause) {
      guard let filename = assignment.name.filename else { return try skipped(assignment, contents, [], &budget) }
      let found = try PackageJudgement(assignment, filename, contents, facts).findings(&budget)
      // A program of Linux in a wheel for another system is data.
      guard !filename.isForOtherSystems, let subject = Subject(contents.objects, tags: filename.platformTags) else {
        return try skipped(assignment, contents, found, &budget)
      }
      let judgement = try judge(assignment, filename, contents, subject, &budget)
      let others = try subject.underOtherLibcs(of: filename.platformTags + judgement.tags).map {
        (other) throws(UnreadableWheel.Cause) in
        try judge(assignment, filename, contents, other, &budget)
      }
      return try report(assignment, judgement, others, contents.file, besides: found, &budget)
    } catch {
      return refuse(assignment.name, error, contents.file)
    }
  }

  func refuse(_ name: WheelName, _ cause: UnreadableWheel.Cause, _ file: WheelFile?) -> WheelReport {
    let failure = UnreadableWheel(name: name, cause)
    return WheelReport(
      name: name, file: file, status: .unreadable, audit: nil,
      findings: [
        Finding(.unreadable, .error, failure.description, help: failure.remedy, object: failure.member)
      ], ignoredRules: [],
      work: AuditWork())
  }

  private func judge(
    _ assignment: Assignment, _ filename: WheelFilename, _ contents: WheelContents, _ subject: Subject,
    _ budget: inout WorkBudget
  ) throws(UnreadableWheel.Cause) -> Judgement {
    let yardstick = try Yardstick(facts, subject.libc, subject.architecture)
    let (platform, muslSymbols) = (yardstick.platform, yardstick.muslSymbols)
    do throws(OverBudget) {
      let graph = try LibraryGraph(
        subject.judged, foreign: subject.foreign, unloadable: subject.unloadable, files: contents.files, on: platform,
        excluding: assignment.options.exclusions, &budget)
      var finder = try RequirementFinder(
        subject.judged, graph, on: yardstick, filename, as: contents.variant, &budget)
      let requirements = try finder.requirements(&budget)
      let isUnfit = subject.libcs.count > 1 || subject.judged.isEmpty
      return Judgement(
        name: assignment.name.file, filename: filename,
        tags: tags(filename, assignment.options, on: subject.architecture),
        metadata: contents.package.wheel, variant: contents.variant, staticLibraries: contents.staticLibraries,
        files: contents.files, facts: facts,
        subject: subject,
        platform: platform, muslSymbols: muslSymbols, graph: graph, requirements: requirements,
        storageNeeds: try finder.storageNeeds(&budget),
        undefinedSymbols: finder.undefinedSymbols, refusedIfOpened: finder.refusedIfOpened,
        verdict: Verdict(requirements, on: platform, isUnfit: isUnfit, named: subject.namedArchitecture),
        date: assignment.options.date)
    } catch {
      throw .budget(error)
    }
  }

  private func report(
    _ assignment: Assignment, _ judgement: Judgement, _ others: [Judgement], _ file: WheelFile,
    besides package: [Finding],
    _ budget: inout WorkBudget
  ) throws(UnreadableWheel.Cause) -> WheelReport {
    let options = assignment.options
    var found = try judgement.findings(&budget)
    for other in others { found += Set(try other.findings(&budget)).subtracting(found) }
    let (findings, ignored) = options.filtered((found + package).sorted(by: Finding.inOrder))
    let requirements = judgement.requirements
    let claims = judgement.tags.map { tag in
      let own = others.first { $0.platform.libc == tag.libc } ?? judgement
      let isBeyond = own.requirements.contains {
        !options.ignoredRules.contains($0.rule) && $0.breaks(tag, comparedWith: own.platform.libc)
      }
      let errors = findings.filter {
        $0.severity == .error && !$0.rule.isOnPackage && ($0.tag == nil || $0.tag == tag)
      }
      return Claim(
        tag: tag, isOwn: judgement.filename.platformTags.contains(tag), isSatisfied: !isBeyond && errors.isEmpty,
        isHeldToWarnings: !isBeyond && !errors.isEmpty && errors.allSatisfy(\.isRaised))
    }
    let hasError = findings.contains { $0.severity == .error } || claims.contains { !$0.isSatisfied }
    let subject = judgement.subject
    let isBeyondReach = found.contains { $0.isBeyondReach && !options.ignoredRules.contains($0.rule) }
    // Profiles are of another architecture than one that only its tags name.
    let isPublished = subject.namedArchitecture == subject.architecture && !subject.isOfSeveralArchitectures
    let audit = Audit(
      architecture: subject.namedArchitecture,
      architectures: subject.isOfSeveralArchitectures ? subject.architectures : [], libc: subject.libc,
      verdict: judgement.verdict, claims: claims, requirements: requirements,
      objects: ObjectReport.all(of: subject, judgement.graph), graph: judgement.graph,
      profiles: isPublished ? judgement.platform.profiles : [],
      reach: isPublished && !isBeyondReach ? try reach(judgement) : nil)
    return WheelReport(
      name: assignment.name, file: file, status: hasError ? .violations : .clean, audit: audit, findings: findings,
      ignoredRules: ignored, variant: judgement.variant, work: budget.spent)
  }

  private func reach(_ judgement: Judgement) throws(UnreadableWheel.Cause) -> Reach? {
    guard let date = judgement.date else { return nil }
    let distributions = try UnreadableWheel.Cause.tabled { () throws(TableError) in try facts.distributions }
    return Audit.reach(
      of: judgement.verdict, judgement.requirements, judgement.platform, at: date, among: distributions)
  }

  /// The report on a wheel without an object that is judged, of which something may be wrong all the same.
  private func skipped(
    _ assignment: Assignment, _ contents: WheelContents, _ package: [Finding], _ budget: inout WorkBudget
  ) throws(UnreadableWheel.Cause) -> WheelReport {
    var found = FindingList(budget)
    try Judgement.addUnjudged(
      contents.objects.filter { $0.reasonNotLoaded != nil }, staticLibraries: contents.staticLibraries, to: &found)
    if let filename = assignment.name.filename {
      try Judgement.addImpostors(contents.files, contents.objects, filename, to: &found)
      try Judgement.addVariant(contents.variant, on: nil, to: &found)
      _ = try TagComparison(filename: filename, metadata: contents.package.wheel).addMismatch(to: &found)
    }
    let (findings, ignored) = assignment.options.filtered(package.sorted(by: Finding.inOrder) + found.findings)
    let hasError = findings.contains { $0.severity == .error && $0.rule.isOnPackage }
    return WheelReport(
      name: assignment.name, file: contents.file, status: hasError ? .violations : .skipped, audit: nil,
      findings: findings, ignoredRules: ignored, variant: contents.variant, work: found.budget.spent)
  }

  /// The tags to judge, each once: those of the file name, then the targets.
  private func tags(_ filename: WheelFilename, _ options: Options, on architecture: Architecture) -> [PlatformTag] {
    (filename.platformTags + options.targets.map { $0.tag(on: architecture) }).reduce(into: []) { tags, tag in
      if !tags.contains(tag) { tags.append(tag) }
    }
  }
}
