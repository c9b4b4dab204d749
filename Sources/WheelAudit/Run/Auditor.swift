public import BuildProfiles
import ELFReading
import WheelArchive
import WheelTags

/// Audits wheels: reads one, finds what it requires, compares that with the build profiles, and says what to tell.
public struct Auditor: Sendable {
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
    /// What the user asks for of this wheel.
    let options: Options
  }

  func task(_ path: String) throws(UnreadableWheel.Cause) -> Task {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let filename: WheelFilename
    do throws(WheelFilenameError) {
      filename = try WheelFilename(name)
    } catch {
      try requireFile(path)
      throw .name(error)
    }
    let expected = platforms.platform(expectedBy: filename.platformTags)
    return Task(
      filename: filename, expected: expected, reader: reader(path, expected), options: options.options(forWheel: name))
  }

  /// That there is no such file is said first: a pattern of the shell that matched nothing has no wheel's name either.
  private func requireFile(_ path: String) throws(UnreadableWheel.Cause) {
    do throws(ArchiveError) {
      _ = try WheelArchive(path: path, limits: options.limits)
    } catch  where error.problem == .notFound {
      throw .archive(error)
    } catch {
      // The name is wrong whatever else is.
    }
  }

  /// The report on a wheel that has been read.
  func conclude(_ task: Task, _ contents: WheelContents) -> WheelReport {
    let path = task.reader.path
    let own = task.filename.platformTags
    var (contents, compared) = (contents, task.expected)
    guard var subject = Subject(contents.objects, tags: own) else { return skipped(task, contents) }
    do throws(UnreadableWheel.Cause) {
      if !compared.isFor(subject) {
        compared = platforms.platform(subject.libc, subject.architecture)
        if subject.libc == .musl {
          // The symbols of musl have not been asked for, since the tags did not lead one to expect it.
          contents = try reader(path, compared).contents()
          guard let again = Subject(contents.objects, tags: own) else { return skipped(task, contents) }
          subject = again
        }
      }
      return report(task, try judge(task, contents, subject, compared))
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
    _ task: Task, _ contents: WheelContents, _ subject: Subject, _ compared: ComparedPlatform
  ) throws(UnreadableWheel.Cause) -> Judgement {
    let filename = task.filename
    let (platform, muslSymbols) = (compared.platform, compared.muslSymbols)
    let graph = try graph(subject, platform, task.options)
    let requirements = RequirementFinder(
      objects: subject.judged, graph: graph, platform: platform, muslSymbols: muslSymbols, filename: filename
    ).requirements()
    let isUnfit = subject.libcs.count > 1 || subject.judged.isEmpty
    return Judgement(
      filename: filename, tags: tags(of: task, on: subject.architecture),
      metadata: contents.metadata, staticLibraries: contents.staticLibraries, subject: subject, platform: platform,
      muslSymbols: muslSymbols, graph: graph, requirements: requirements,
      verdict: Verdict(requirements, on: platform, isUnfit: isUnfit))
  }

  func graph(
    _ subject: Subject, _ platform: any Platform, _ options: Options
  ) throws(UnreadableWheel.Cause) -> LibraryGraph {
    do throws(LibraryGraph.TooLarge) {
      return try LibraryGraph(
        subject.judged, foreign: subject.foreign, on: platform, excluding: options.exclusions)
    } catch {
      throw .graph(error)
    }
  }

  private func report(_ task: Task, _ judgement: Judgement) -> WheelReport {
    let options = task.options
    let (findings, ignored) = options.filtered(judgement.findings())
    let requirements = judgement.requirements
    let claims = judgement.tags.map { tag in
      let isBroken =
        requirements.contains {
          !options.ignoredRules.contains($0.rule) && $0.breaks(tag, comparedWith: judgement.platform.libc)
        }
        || findings.contains { $0.severity == .error && ($0.tag == nil || $0.tag == tag) }
      return Claim(tag: tag, isOwn: judgement.filename.platformTags.contains(tag), isSatisfied: !isBroken)
    }
    let hasError = findings.contains { $0.severity == .error } || claims.contains { !$0.isSatisfied }
    let (verdict, libc, architecture) = (judgement.verdict, judgement.subject.libc, judgement.subject.architecture)
    let audit = Audit(
      architecture: architecture, libc: libc, verdict: verdict, claims: claims, requirements: requirements,
      objects: ObjectReport.all(of: judgement.subject, judgement.graph), graph: judgement.graph,
      profiles: judgement.platform.profiles,
      reach: Audit.reach(of: verdict, requirements, libc, architecture, at: options.date))
    return WheelReport(
      path: task.reader.path, status: hasError ? .violations : .clean, audit: audit, findings: findings,
      ignoredRules: ignored)
  }

  private func skipped(_ task: Task, _ contents: WheelContents) -> WheelReport {
    let (findings, ignored) = task.options.filtered(
      Judgement.unjudged(
        contents.objects.filter { !$0.file.identity.isLoadable }, staticLibraries: contents.staticLibraries))
    return WheelReport(
      path: task.reader.path, status: .skipped, audit: nil, findings: findings, ignoredRules: ignored)
  }

  /// The tags to judge, each once: those of the file name, then the targets.
  ///
  /// A target may leave out the architecture, and then means the wheel's own.
  private func tags(of task: Task, on architecture: Architecture) -> [PlatformTag] {
    let targets = task.options.targets.map { $0.promise == .other ? PlatformTag("\($0)_\(architecture)") : $0 }
    return (task.filename.platformTags + targets).reduce(into: []) { tags, tag in
      if !tags.contains(tag) { tags.append(tag) }
    }
  }
}
