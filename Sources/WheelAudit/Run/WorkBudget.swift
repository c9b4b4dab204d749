import ELFReading

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
      tableBytes: tableBytes + tableBytesPerByte * Int(clamping: compressedSize / 16) * 16)
  }
}

/// What is left of the limits for one wheel; all stages draw on it.
struct WorkBudget: Sendable {
  private let limits: WorkLimits
  private let inflatedLimit: Int
  private(set) var spent = AuditWork()

  /// - Parameters:
  ///   - limits: what one wheel may cost.
  ///   - archiveSize: bytes in its file.
  init(_ limits: WorkLimits, archiveSize: Int) {
    self.limits = limits
    let (more, overflow) = archiveSize.multipliedReportingOverflow(by: limits.inflatedBytesPerByte)
    inflatedLimit = overflow ? .max : limits.inflatedBytes.addingReportingOverflow(more).partialValue
  }

  /// Draws what reading a member took.
  mutating func draw(_ work: MemberWork) throws(OverBudget) {
    try draw(work.inflatedBytes, \.inflatedBytes, inflatedLimit, "bytes to inflate")
    let work = work.reading
    // An object that took more by itself has failed with an error of its own, which says which it is.
    try draw(min(work.names, limits.names), \.names, limits.names, "names to look up in its objects")
    try draw(min(work.facts, limits.facts), \.facts, limits.facts, "names to keep of its objects")
    try draw(min(work.factBytes, limits.factBytes), \.factBytes, limits.factBytes, "bytes of names to keep")
  }

  /// Draws steps on the way through the objects of the wheel.
  mutating func draw(steps: Int) throws(OverBudget) {
    try draw(steps, \.steps, limits.steps, "steps from object to object")
  }

  /// Draws findings that say so many bytes.
  mutating func draw(findings: Int, bytes: Int) throws(OverBudget) {
    try draw(findings, \.findings, limits.findings, "findings")
    try draw(bytes, \.findingBytes, limits.findingBytes, "bytes of findings")
  }

  private mutating func draw(
    _ amount: Int, _ dimension: WritableKeyPath<AuditWork, Int>, _ limit: Int, _ what: String
  ) throws(OverBudget) {
    spent[keyPath: dimension] += amount
    guard spent[keyPath: dimension] <= limit else { throw OverBudget(what: what, limit: limit) }
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

/// Why the audit of a wheel was given up: it would have cost more than any real wheel does.
public struct OverBudget: Error, Hashable, Sendable, CustomStringConvertible {
  /// What there is too much of.
  public let what: String
  public let limit: Int

  public var description: String {
    "cannot audit the wheel: there are more than \(limit) \(what), which no real wheel comes near"
  }
}
