import WheelArchive

extension Auditor {
  /// What happens while wheels are audited.
  public enum Event: Sendable {
    /// A wheel is open: so many bytes may have to be inflated.
    case opened(path: String, bytes: UInt64)
    /// So many more of these bytes are done with; objects among them were inflated so many times.
    case read(path: String, bytes: UInt64, passes: [(object: String, count: Int)])
    /// A wheel is done with, and so are all before it.
    case concluded(WheelReport)
  }

  /// Audits wheels with so many members at a time, over all wheels.
  ///
  /// - Parameters:
  ///   - paths: the wheels.
  ///   - jobs: how many members to read at a time.
  ///   - hear: told of what happens; of conclusions in the order of the paths.
  /// - Returns: the reports in the order of the paths, the same whatever the number of jobs.
  public func audit(
    paths: [String], jobs: Int, hear: (Event) -> Void = { _ in }
  ) async -> [WheelReport] {
    await AuditRun(self, paths).reports(jobs: jobs, hear: hear)
  }
}

/// Hands out the work on several wheels in portions, and puts together what comes back.
///
/// All bookkeeping is here, in one task: the workers get values and give values, and share nothing.
private struct AuditRun {
  private let auditor: Auditor
  private let paths: [String]
  private var reports: [WheelReport?]
  /// The wheels that have been opened and are not yet concluded, by position.
  private var open: [Int: OpenWheel] = [:]
  private var nextToOpen = 0
  private var nextToConclude = 0

  init(_ auditor: Auditor, _ paths: [String]) {
    self.auditor = auditor
    self.paths = paths
    self.reports = Array(repeating: nil, count: paths.count)
  }

  consuming func reports(jobs: Int, hear: (Auditor.Event) -> Void) async -> [WheelReport] {
    var run = self
    await withTaskGroup(of: (wheel: Int, outcome: Outcome).self) { group in
      var running = 0
      while true {
        var steps: [(wheel: Int, step: Step)] = []
        while running + steps.count < jobs, let next = run.nextStep() { steps.append(next) }
        // A step with no other beside it is taken here: another thread would only cost the way there and back.
        if running == 0, steps.count == 1, let (wheel, step) = steps.first {
          run.take(step(), of: wheel, hear)
          continue
        }
        for (wheel, step) in steps { group.addTask { (wheel, step()) } }
        running += steps.count
        guard let (wheel, outcome) = await group.next() else { return }
        running -= 1
        run.take(outcome, of: wheel, hear)
      }
    }
    return run.reports.compactMap { $0 }
  }

  /// What a worker came back with.
  private enum Outcome: Sendable {
    case opened(OpenWheel)
    case read([WheelContents.Member], Handle, bytes: UInt64)
    case concluded(WheelReport)
  }

  /// A reader of an open wheel on its way between tasks.
  ///
  /// Unchecked, since a reader is not to be used by two threads at a time: each is held either by the one worker that
  /// it was given to or by the run, and goes from one to the other with a result.
  private struct Handle: @unchecked Sendable {
    let reader: MemberReader
  }

  /// A wheel that is being read.
  private struct OpenWheel: Sendable {
    let task: Auditor.Task
    let archive: WheelArchive
    let metadata: WheelMetadata?
    /// What is still to be handed out.
    var portions: [[ArchiveMember]]
    /// Readers that no worker is using.
    var idle: [Handle]
    var pending: Int
    var read: [WheelContents.Member] = []
  }

  /// Something for a worker to do.
  private typealias Step = @Sendable () -> Outcome

  /// The next thing for a worker to do; nil when there is nothing but to wait.
  private mutating func nextStep() -> (wheel: Int, step: Step)? {
    let auditor = auditor
    for wheel in open.keys.sorted() {
      // Not from a copy of the state, which would have the list of portions copied too.
      if let (task, archive) = open[wheel].map({ ($0.task, $0.archive) }),
        let portion = open[wheel]?.portions.popLast()
      {
        let handle = open[wheel]?.idle.popLast()
        return (wheel, { Self.read(portion, with: handle, task, archive) })
      }
      if let state = open[wheel], state.pending == 0 {
        open[wheel] = nil
        return (
          wheel,
          {
            do throws(UnreadableWheel.Cause) {
              try MemberReader.requireUnchanged(state.archive)
              let contents = try WheelContents(metadata: state.metadata, state.read)
              return .concluded(auditor.conclude(state.task, contents))
            } catch {
              return .concluded(auditor.unreadable(state.task.reader.path, error))
            }
          }
        )
      }
    }
    guard nextToOpen < paths.count else { return nil }
    let (wheel, path) = (nextToOpen, paths[nextToOpen])
    nextToOpen += 1
    return (wheel, { Self.open(path, auditor) })
  }

  private mutating func take(_ outcome: Outcome, of wheel: Int, _ hear: (Auditor.Event) -> Void) {
    switch outcome {
    case .opened(let state):
      open[wheel] = state
      hear(.opened(path: paths[wheel], bytes: state.portions.reduce(0) { $0 + Self.size($1) }))
    case .read(let members, let handle, let bytes):
      open[wheel]?.read += members
      open[wheel]?.idle.append(handle)
      open[wheel]?.pending -= 1
      hear(.read(path: paths[wheel], bytes: bytes, passes: members.compactMap(\.passes)))
    case .concluded(let report):
      open[wheel] = nil
      reports[wheel] = report
      while nextToConclude < reports.count, let report = reports[nextToConclude] {
        hear(.concluded(report))
        nextToConclude += 1
      }
    }
  }

  private static func open(_ path: String, _ auditor: Auditor) -> Outcome {
    do throws(UnreadableWheel.Cause) {
      let task = try auditor.task(path)
      let reader = try task.reader.open()
      let metadata = try reader.metadata()
      let portions = portions(of: reader.candidates)
      return .opened(
        OpenWheel(
          task: task, archive: reader.archive, metadata: metadata, portions: portions,
          idle: [Handle(reader: reader)], pending: portions.count)
      )
    } catch {
      return .concluded(auditor.unreadable(path, error))
    }
  }

  private static func read(
    _ portion: [ArchiveMember], with handle: Handle?, _ task: Auditor.Task, _ archive: WheelArchive
  ) -> Outcome {
    let reader = handle?.reader ?? MemberReader(archive, task.reader.interest)
    return .read(reader.read(portion), Handle(reader: reader), bytes: size(portion))
  }

  /// Bytes of members, inflated; no limit of an archive lets them overflow.
  private static func size(_ members: [ArchiveMember]) -> UInt64 {
    members.reduce(0) { $0 &+ $1.size }
  }

  /// Compressed bytes that are worth a portion of their own.
  private static let portionSize: UInt64 = 256 << 10

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
