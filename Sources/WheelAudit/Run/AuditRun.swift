import WheelArchive
import WheelTags

/// Goes through wheels: hands out the work on several of them in portions, and puts together what comes back.
///
/// All bookkeeping is here, in one thread: the workers get values and give values, and share nothing but what is known of
/// objects. Nothing is kept of a wheel that is concluded, once those before it are.
struct AuditRun<Goal: RunGoal> {
  /// Says which wheel comes next; with true it may wait until one is known.
  typealias Names = (_ mayWait: Bool) -> NextWheel
  typealias Listener = (AuditEvent<Goal.Conclusion>) -> Void

  private let goal: Goal
  private let limits: Auditor.Options
  /// All that the workers share; nothing of what the run says depends on it.
  private let known: KnownObjects
  /// How many wheels may be open, or wait for one before them to be concluded.
  ///
  /// So many small wheels occupy the other workers while one reads a large member, and their reports take little.
  private let window: Int
  private let jobs: Int
  /// The wheels that have been opened and are not yet concluded, by position.
  private var open: [Int: OpenWheel] = [:]
  /// What came of wheels behind one that is not yet concluded, by position.
  private var waiting: [Int: Goal.Conclusion] = [:]
  private var nextToOpen = 0
  private var nextToConclude = 0
  private var isOutOfNames = false

  /// Reads `jobs` members at a time, over all wheels.
  init(_ goal: Goal, _ options: Auditor.Options, jobs: Int, known: KnownObjects = KnownObjects()) {
    self.goal = goal
    self.limits = options
    self.known = known
    self.jobs = jobs
    window = 32 * jobs
  }

  /// Goes through the wheels, and tells what came of each in their order: the same whatever the number of jobs.
  mutating func run(_ names: Names, hear: Listener) {
    let workers = Workers<(wheel: Int, outcome: Outcome)>(limit: jobs)
    let tools = ReadingTools()
    // As many more as there are workers, so that none waits for its next step while this thread hears of the last.
    let limit = jobs > 1 ? 2 * jobs : 1
    var running = 0
    while true {
      var steps: [(wheel: Int, step: Step)] = []
      while running + steps.count < limit, let next = nextStep(names, mayWait: running + steps.count == 0) {
        steps.append(next)
      }
      // A step with no other beside it is taken here: another thread would only cost the way there and back.
      if running == 0, steps.count == 1, let (wheel, step) = steps.first {
        take(step(tools), of: wheel, hear)
        continue
      }
      for (wheel, step) in steps { workers.start({ (wheel, step($0)) }, orHereWith: tools) }
      running += steps.count
      guard running > 0 else { break }
      let (wheel, outcome) = workers.next()
      running -= 1
      take(outcome, of: wheel, hear)
    }
    workers.end()
  }

  /// What a worker came back with.
  private enum Outcome: Sendable {
    case opened(OpenWheel)
    case read([WheelContents.Member], bytes: UInt64)
    case hashed(Result<[UInt8], UnreadableWheel.Cause>)
    /// The wheel has been read with that, if it is small.
    case concluded(Goal.Conclusion, Reading?)
  }

  /// What listeners are told of a wheel that was read in one step.
  private struct Reading: Sendable {
    let name: WheelName
    let bytes: UInt64
    let passes: [(object: String, count: Int)]
  }

  /// A wheel that is being read.
  private struct OpenWheel: Sendable {
    let assignment: Assignment
    let archive: WheelArchive
    let package: WheelPackage
    let variant: Variant?
    /// What is to be read of it.
    var waiting: [[ArchiveMember]]
    /// Whether the file is to be hashed, and no worker does yet.
    var isUnhashed: Bool
    /// What hashing it came to.
    var sha256: Result<[UInt8], UnreadableWheel.Cause>?
    /// Portions of which nothing has come back yet.
    var pending: Int
    var read: [WheelContents.Member] = []
    var budget: WorkBudget
    /// What it was too much of, when it is not to be read on.
    var failure: OverBudget?

    /// Takes what was read, or gives the wheel up.
    mutating func take(_ members: [WheelContents.Member]) {
      guard failure == nil else { return }
      do throws(OverBudget) {
        for member in members {
          if let excess = member.excess { throw excess }
          try budget.draw(member.work)
          if !member.isNothing { read.append(member) }
        }
      } catch {
        // The sum only grows, so it does not matter which members came back first.
        failure = error
        pending -= waiting.count
        (waiting, read) = ([], [])
      }
    }
  }

  /// Something for a worker to do.
  private typealias Step = @Sendable (ReadingTools) -> Outcome

  /// The next thing for a worker to do; nil when there is nothing but to wait.
  private mutating func nextStep(_ names: Names, mayWait: Bool) -> (wheel: Int, step: Step)? {
    let (goal, known) = (goal, known)
    for wheel in open.keys.sorted() {
      if let archive = open[wheel]?.archive, open[wheel]?.isUnhashed == true {
        open[wheel]?.isUnhashed = false
        return (wheel, { _ in .hashed(Self.hash(archive)) })
      }
      // Not from a copy of the state, which would have the list of portions copied too.
      if let portion = open[wheel]?.waiting.popLast(),
        let (assignment, archive, package) = open[wheel].map({ ($0.assignment, $0.archive, $0.package) })
      {
        return (
          wheel, { .read(Self.read(portion, assignment, archive, package, $0, known), bytes: Self.size(portion)) }
        )
      }
      if let state = open[wheel], state.pending == 0 {
        open[wheel]?.pending = .max
        return (wheel, { _ in .concluded(Self.conclude(state, goal), nil) })
      }
    }
    guard let name = nextName(names, mayWait: mayWait) else { return nil }
    let (wheel, limits) = (nextToOpen, limits)
    nextToOpen += 1
    return (wheel, { Self.open(name, goal, limits, $0, known) })
  }

  /// The next wheel to open; nil when there is none now.
  private mutating func nextName(_ names: Names, mayWait: Bool) -> WheelName? {
    guard !isOutOfNames, nextToOpen - nextToConclude < window else { return nil }
    switch names(mayWait) {
    case .wheel(let name): return name
    case .later: return nil
    case .none:
      isOutOfNames = true
      return nil
    }
  }

  private mutating func take(_ outcome: Outcome, of wheel: Int, _ hear: Listener) {
    switch outcome {
    case .opened(let state):
      open[wheel] = state
      hear(.awaiting(state.assignment.name, bytes: state.waiting.reduce(0) { $0 + Self.size($1) }))
    case .read(let members, let bytes):
      open[wheel]?.pending -= 1
      open[wheel]?.take(members)
      guard let name = open[wheel]?.assignment.name else { return }
      hear(.read(name, bytes: bytes, passes: members.compactMap(\.passes)))
    case .hashed(let digest):
      open[wheel]?.sha256 = digest
      open[wheel]?.pending -= 1
    case .concluded(let conclusion, let reading):
      if let reading {
        hear(.awaiting(reading.name, bytes: reading.bytes))
        hear(.read(reading.name, bytes: reading.bytes, passes: reading.passes))
      }
      open[wheel] = nil
      waiting[wheel] = conclusion
      while let conclusion = waiting.removeValue(forKey: nextToConclude) {
        nextToConclude += 1
        hear(.concluded(conclusion))
      }
    }
  }

  // MARK: Steps

  /// Opens a wheel, and goes on to its end where it is small: to hand it to and fro would cost more than to read it.
  private static func open(
    _ name: WheelName, _ goal: Goal, _ options: Auditor.Options, _ tools: ReadingTools, _ known: KnownObjects
  ) -> Outcome {
    let source: Result<FileSource, UnreadableWheel.Cause>
    do throws(UnreadableWheel.Cause) {
      source = .success(try MemberReader.archiving { () throws(ArchiveError) in try FileSource(path: name.path) })
    } catch {
      source = .failure(error)
    }
    do throws(UnreadableWheel.Cause) {
      let deadline = options.timeout?.start()
      let (archive, assignment) = try opened(name, source, goal, options, deadline)
      let reader = MemberReader(archive, options.work, tools, known)
      let package = try reader.package(of: name, assignment.options)
      let portions = portions(of: reader.candidates(package))
      var wheel = OpenWheel(
        assignment: assignment, archive: archive, package: package, variant: try reader.variant(of: name, package),
        waiting: portions,
        isUnhashed: options.hashesFiles, pending: portions.count + (options.hashesFiles ? 1 : 0),
        budget: WorkBudget(options.work, archiveSize: archive.size, deadline))
      guard portions.count <= 1, portions.joined().allSatisfy({ $0.compressedSize < portionSize }) else {
        return .opened(wheel)
      }
      let members = wheel.waiting.popLast() ?? []
      let read = read(members, assignment, archive, package, tools, known)
      wheel.take(read)
      if options.hashesFiles { wheel.sha256 = hash(archive) }
      return .concluded(
        conclude(wheel, goal), Reading(name: name, bytes: size(members), passes: read.compactMap(\.passes)))
    } catch {
      let file = try? source.get()
      return .concluded(goal.refuse(name, error, file.map { WheelFile($0, isHashed: options.hashesFiles) }), nil)
    }
  }

  /// What there is to do, and the archive to do it with.
  ///
  /// That there is no such file is said first, since a pattern of the shell that matched nothing has no wheel's name
  /// either; then what is wrong with the name, whatever else is wrong.
  private static func opened(
    _ name: WheelName, _ source: Result<FileSource, UnreadableWheel.Cause>, _ goal: Goal, _ options: Auditor.Options,
    _ deadline: Deadline?
  ) throws(UnreadableWheel.Cause) -> (WheelArchive, Assignment) {
    if case .failure(.archive(let problem)) = source, problem.problem == .notFound { throw .archive(problem) }
    let assignment = try goal.assignment(name)
    let file = try source.get()
    let archive = try MemberReader.archiving { () throws(ArchiveError) in
      try WheelArchive(file, limits: options.limits, until: deadline)
    }
    try PlaceCheck.run(archive.members)
    return (archive, assignment)
  }

  private static func hash(_ archive: WheelArchive) -> Result<[UInt8], UnreadableWheel.Cause> {
    do throws(UnreadableWheel.Cause) {
      return .success(try MemberReader.archiving { () throws(ArchiveError) in try archive.sha256() })
    } catch {
      return .failure(error)
    }
  }

  private static func read(
    _ portion: [ArchiveMember], _ assignment: Assignment, _ archive: WheelArchive, _ package: WheelPackage,
    _ tools: ReadingTools, _ known: KnownObjects
  ) -> [WheelContents.Member] {
    MemberReader(archive, assignment.options.work, tools, known).read(
      portion, of: package, within: WorkBudget(assignment.options.work, archiveSize: archive.size))
  }

  private static func conclude(_ wheel: OpenWheel, _ goal: Goal) -> Goal.Conclusion {
    var file = WheelFile(size: wheel.archive.size, sha256: nil)
    do throws(UnreadableWheel.Cause) {
      try MemberReader.archiving { () throws(ArchiveError) in try wheel.archive.requireUnchanged() }
      file = WheelFile(size: wheel.archive.size, sha256: try wheel.sha256?.get())
      if let failure = wheel.failure { throw .budget(failure) }
      let contents = try WheelContents(wheel.package, variant: wheel.variant, wheel.read, file, wheel.budget)
      return goal.conclude(wheel.assignment, contents)
    } catch {
      return goal.refuse(wheel.assignment.name, error, file)
    }
  }

  /// Bytes of members, inflated; no limit of an archive lets them overflow.
  private static func size(_ members: [ArchiveMember]) -> UInt64 {
    members.reduce(0) { $0 &+ $1.size }
  }

  /// Compressed bytes that are worth a portion of their own.
  private static var portionSize: UInt64 { 256 << 10 }

  /// The members in portions; the largest come last, and are handed out first.
  ///
  /// The small ones keep the order of the archive, so that one read of the file serves several.
  private static func portions(of members: some Sequence<ArchiveMember>) -> [[ArchiveMember]] {
    var portions: [[ArchiveMember]] = []
    var large: [ArchiveMember] = []
    var portion: [ArchiveMember] = []
    var size: UInt64 = 0
    for member in members {
      guard member.compressedSize < portionSize else {
        large.append(member)
        continue
      }
      portion.append(member)
      // A member that turns out not to be ELF costs no more than its first bytes.
      size += member.compressedSize + 1024
      if size >= portionSize {
        portions.append(portion)
        (portion, size) = ([], 0)
      }
    }
    if !portion.isEmpty { portions.append(portion) }
    return portions + large.sorted { ($0.compressedSize, $1.index) < ($1.compressedSize, $0.index) }.map { [$0] }
  }
}

extension AuditRun {
  /// What came of each wheel, for those who need all of it.
  mutating func conclusions(
    _ names: [WheelName], hear: (AuditEvent<Goal.Conclusion>) -> Void = { _ in }
  ) -> [Goal.Conclusion] {
    var conclusions: [Goal.Conclusion] = []
    var next = names.startIndex
    run({ _ in
      guard next < names.endIndex else { return .none }
      defer { next += 1 }
      return .wheel(names[next])
    }) { event in
      if case .concluded(let conclusion) = event { conclusions.append(conclusion) }
      hear(event)
    }
    return conclusions
  }
}
