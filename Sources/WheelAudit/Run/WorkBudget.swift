import ELFReading
public import WheelArchive

/// What auditing one wheel may cost at most, whatever is in it.
///
/// A wheel is a small file that can ask for much: compressed zeros, a million needs of one name, objects that all need
/// each other. Every limit is at least ten times what the largest real wheel known takes, and together they let a wheel
/// of up to 5 MB cost no more than two seconds and 300 MB.
public struct WorkLimits: Hashable, Sendable {
  /// Bytes to inflate, second readings included, whatever the size of the archive.
  public var inflatedBytes = 512 << 20
  /// Bytes to inflate besides for each byte of the archive.
  public var inflatedBytesPerByte = 64
  /// Strings of objects to look up, and records to pass over.
  public var names = 4_000_000
  /// Names that objects need, define or ask for, kept until the report is written; those of which more is made than a
  /// place in a list count for several.
  public var facts = 1_300_000
  /// Bytes of these names.
  public var factBytes = 32 << 20
  /// Needs followed, folders looked into, objects passed on the way.
  public var steps = 4_000_000
  /// Findings.
  public var findings = 20_000
  /// Bytes of what they say.
  public var findingBytes = 8 << 20
  /// Bytes of tables to keep of one object, whatever its size.
  public var tableBytes = 48 << 20
  /// Bytes of tables to keep besides for each byte that it takes in the archive.
  public var tableBytesPerByte = 4

  public init() {}

  /// What one object may cost that takes so many bytes in the archive: all that the wheel may, but for its tables.
  func reading(compressedSize: UInt64) -> ReadingWork {
    ReadingWork(
      names: names, facts: facts, factBytes: factBytes,
      tableBytes: tableBytes.adding(tableBytesPerByte, timesUpTo: Int(clamping: compressedSize / 16 * 16)))
  }
}

/// What is left of the limits for one wheel; all stages draw on it.
struct WorkBudget: Sendable {
  private let limits: WorkLimits
  private let inflatedLimit: Int
  private let deadline: Deadline?
  private(set) var spent = AuditWork()

  /// How many steps are taken, and how many findings made, from one look at the clock to the next: some 10 µs.
  private static let stepsPerLook = 1024
  private static let findingsPerLook = 16

  /// - Parameters:
  ///   - limits: what one wheel may cost.
  ///   - archiveSize: bytes in its file.
  ///   - deadline: when it is given up; nil for never.
  init(_ limits: WorkLimits, archiveSize: Int, _ deadline: Deadline? = nil) {
    self.limits = limits
    self.deadline = deadline
    inflatedLimit = limits.inflatedBytes.adding(limits.inflatedBytesPerByte, timesUpTo: archiveSize)
  }

  /// Draws what reading a member took.
  mutating func draw(_ work: MemberWork) throws(OverBudget) {
    try lookAtClock()
    try draw(work.inflatedBytes, \.inflatedBytes, inflatedLimit, .inflatedBytes)
    let work = work.reading
    // An object that took more by itself has failed with an error of its own, which says which it is.
    try draw(min(work.names, limits.names), \.names, limits.names, .names)
    try draw(min(work.facts, limits.facts), \.facts, limits.facts, .facts)
    try draw(min(work.factBytes, limits.factBytes), \.factBytes, limits.factBytes, .factBytes)
  }

  /// Draws steps on the way through the objects of the wheel.
  mutating func draw(steps: Int) throws(OverBudget) {
    let before = spent.steps / Self.stepsPerLook
    try draw(steps, \.steps, limits.steps, .steps)
    if spent.steps / Self.stepsPerLook > before { try lookAtClock() }
  }

  /// Draws findings that say so many bytes.
  mutating func draw(findings: Int, bytes: Int) throws(OverBudget) {
    let before = spent.findings / Self.findingsPerLook
    try draw(findings, \.findings, limits.findings, .findings)
    try draw(bytes, \.findingBytes, limits.findingBytes, .findingBytes)
    if spent.findings / Self.findingsPerLook > before { try lookAtClock() }
  }

  private mutating func draw(
    _ amount: Int, _ dimension: WritableKeyPath<AuditWork, Int>, _ most: Int, _ limit: WorkLimit
  ) throws(OverBudget) {
    // No amount and no limit is so large that their sum has no room, see `AuditLimit.largest`.
    spent[keyPath: dimension] += amount
    guard spent[keyPath: dimension] <= most else { throw .work(limit, most: most) }
  }

  private func lookAtClock() throws(OverBudget) {
    do throws(TimeLimit.Excess) {
      try deadline?.check()
    } catch {
      throw .time(error)
    }
  }
}

extension Int {
  /// The sum with a product, or the largest number where that has no room.
  fileprivate func adding(_ factor: Int, timesUpTo other: Int) -> Int {
    let (product, isTooLarge) = factor.multipliedReportingOverflow(by: other)
    let (sum, hasNoRoom) = addingReportingOverflow(product)
    return isTooLarge || hasNoRoom ? .max : sum
  }
}

/// What an audit has cost, in the dimensions of its limits.
public struct AuditWork: Hashable, Sendable {
  public var inflatedBytes = 0
  public var names = 0
  public var facts = 0
  public var factBytes = 0
  public var steps = 0
  public var findings = 0
  public var findingBytes = 0

  public init() {}
}

/// Why the audit of a wheel was given up: it would have cost more than it may.
public enum OverBudget: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is more of something than its limit, which is `most`.
  case work(WorkLimit, most: Int)
  case time(TimeLimit.Excess)

  public var description: String {
    switch self {
    case .work(let limit, let most):
      "cannot audit the wheel: there are more than \(most) \(limit.subject), the limit '\(limit.rawValue)'"
    case .time(let excess): "cannot audit the wheel: \(excess)"
    }
  }
}
