public import BuildProfiles
import ELFReading
public import WheelArchive
public import WheelTags

/// Audits wheels: reads one, finds what it requires, compares that with the build profiles, and says what to tell.
public struct Auditor: Sendable {
  /// What the user asks for beyond the wheel's own claims.
  public struct Options: Sendable {
    /// Tags to judge besides those of the file name.
    public var targets: [PlatformTag] = []
    public var exclusions: [Exclusion] = []
    public var ignoredRules: Set<Rule> = []
    /// Warnings count as errors.
    public var isStrict = false
    public var limits = ArchiveLimits()

    public init() {}
  }

  let platforms: ComparedPlatforms
  let options: Options

  public init(_ table: ProfileTable, options: Options = Options()) {
    self.platforms = ComparedPlatforms(table)
    self.options = options
  }

  /// Audits one wheel, one member after the other.
  ///
  /// What goes wrong is part of the report: `unreadable`.
  public func audit(path: String) -> WheelReport {
    do throws(UnreadableWheel.Cause) {
      let task = try task(path)
      return conclude(task, try task.reader.contents())
    } catch {
      return unreadable(path, error)
    }
  }

  /// What is to be done for one wheel, as its name says.
  struct Task {
    let filename: WheelFilename
    /// The platform that the tags lead one to expect: it decides which symbols are asked for.
    let expected: ComparedPlatform
    let reader: WheelReader
  }

  func task(_ path: String) throws(UnreadableWheel.Cause) -> Task {
    let filename: WheelFilename
    do throws(WheelFilenameError) {
      filename = try WheelFilename(path.split(separator: "/").last.map(String.init) ?? path)
    } catch {
      throw .name(error)
    }
    let expected = platforms.platform(expectedBy: filename.platformTags)
    return Task(filename: filename, expected: expected, reader: reader(path, expected))
  }

  /// The report on a wheel that has been read.
  func conclude(_ task: Task, _ contents: WheelContents) -> WheelReport {
    let path = task.reader.path
    let own = task.filename.platformTags
    var (contents, compared) = (contents, task.expected)
    guard var subject = Subject(contents.objects, tags: own) else { return skipped(path, contents) }
    do throws(UnreadableWheel.Cause) {
      if !compared.isFor(subject) {
        compared = platforms.platform(subject.libc, subject.architecture)
        if subject.libc == .musl {
          // The symbols of musl have not been asked for, since the tags did not lead one to expect it.
          contents = try reader(path, compared).contents()
          guard let again = Subject(contents.objects, tags: own) else { return skipped(path, contents) }
          subject = again
        }
      }
      return report(path, try judge(task.filename, contents, subject, compared))
    } catch {
      return unreadable(path, error)
    }
  }

  func unreadable(_ path: String, _ cause: UnreadableWheel.Cause) -> WheelReport {
    let failure = UnreadableWheel(path: path, cause)
    return WheelReport(
      path: path, status: .unreadable, audit: nil,
      findings: [Finding(.unreadable, .error, failure.description, object: failure.member)], ignoredRules: [])
  }

  func reader(_ path: String, _ compared: ComparedPlatform) -> WheelReader {
    WheelReader(path: path, limits: options.limits, interest: compared.interest)
  }

  private func judge(
    _ filename: WheelFilename, _ contents: WheelContents, _ subject: Subject, _ compared: ComparedPlatform
  ) throws(UnreadableWheel.Cause) -> Judgement {
    let (platform, muslSymbols) = (compared.platform, compared.muslSymbols)
    let graph = try graph(subject, platform)
    let requirements = RequirementFinder(
      objects: subject.judged, graph: graph, platform: platform, muslSymbols: muslSymbols,
      isForPython2: filename.isForPython2Only
    ).requirements()
    let isUnfit = subject.libcs.count > 1 || subject.judged.isEmpty
    return Judgement(
      filename: filename, tags: tags(of: filename, on: subject.architecture),
      metadata: contents.metadata, staticLibraries: contents.staticLibraries, subject: subject, platform: platform,
      muslSymbols: muslSymbols, graph: graph, requirements: requirements,
      verdict: Verdict(requirements, on: platform, isUnfit: isUnfit))
  }

  func graph(_ subject: Subject, _ platform: any Platform) throws(UnreadableWheel.Cause) -> LibraryGraph {
    do throws(LibraryGraph.TooLarge) {
      return try LibraryGraph(
        subject.judged, foreign: subject.foreign, on: platform, excluding: options.exclusions)
    } catch {
      throw .graph(error)
    }
  }

  private func report(_ path: String, _ judgement: Judgement) -> WheelReport {
    let (findings, ignored) = filtered(judgement.findings())
    let requirements = judgement.requirements
    let claims = judgement.tags.map { tag in
      let isBroken =
        requirements.contains { !options.ignoredRules.contains($0.rule) && judgement.breaks($0, tag) }
        || findings.contains { $0.severity == .error && ($0.tag == nil || $0.tag == tag) }
      return Claim(tag: tag, isOwn: judgement.filename.platformTags.contains(tag), isSatisfied: !isBroken)
    }
    let hasError = findings.contains { $0.severity == .error } || claims.contains { !$0.isSatisfied }
    let audit = Audit(
      architecture: judgement.subject.architecture, libc: judgement.subject.libc, verdict: judgement.verdict,
      claims: claims, requirements: requirements, objects: ObjectReport.all(of: judgement.subject, judgement.graph),
      profiles: judgement.platform.profiles)
    return WheelReport(
      path: path, status: hasError ? .violations : .clean, audit: audit, findings: findings, ignoredRules: ignored)
  }

  private func skipped(_ path: String, _ contents: WheelContents) -> WheelReport {
    let (findings, ignored) = filtered(
      Judgement.unjudged(
        contents.objects.filter { !$0.file.identity.isLoadable }, staticLibraries: contents.staticLibraries))
    return WheelReport(path: path, status: .skipped, audit: nil, findings: findings, ignoredRules: ignored)
  }

  /// What is left when ignored rules are taken out and, where asked for, warnings are raised; and which were taken out.
  private func filtered(_ findings: [Finding]) -> ([Finding], ignored: [Rule]) {
    let left = findings.filter { !options.ignoredRules.contains($0.rule) }
    let ignored = Set(findings.map(\.rule)).intersection(options.ignoredRules)
    return (
      options.isStrict ? left.map { $0.raised } : left, ignored.sorted { $0.rawValue < $1.rawValue }
    )
  }

  /// The tags to judge, each once: those of the file name, then the targets.
  ///
  /// A target may leave out the architecture, and then means the wheel's own.
  private func tags(of filename: WheelFilename, on architecture: Architecture) -> [PlatformTag] {
    let targets = options.targets.map { $0.promise == .other ? PlatformTag("\($0)_\(architecture)") : $0 }
    return (filename.platformTags + targets).reduce(into: []) { tags, tag in
      if !tags.contains(tag) { tags.append(tag) }
    }
  }
}
