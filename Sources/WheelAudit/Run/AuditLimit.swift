public import WheelArchive

/// A limit that users set by its word: the table of all of them, from which options, settings and documents come.
public enum AuditLimit: Hashable, Sendable {
  case archive(ArchiveLimit)
  case work(WorkLimit)

  public enum Unit: String, Sendable {
    case bytes
    case number
    /// Bytes for each byte.
    case ratio
  }

  /// The largest value that a limit can have: sums of sizes below it have room in every number.
  public static let largest = 1 << 50

  /// The word that stands for it: `member-size`.
  public var name: String {
    switch self {
    case .archive(let limit): limit.rawValue
    case .work(let limit): limit.rawValue
    }
  }

  /// What its value counts.
  public var unit: Unit {
    switch self {
    case .archive(let limit):
      switch limit {
      case .directorySize, .nameLength, .memberSize, .totalSize, .ratioThreshold, .metadataSize, .recordSize: .bytes
      case .memberCount, .recordLines: .number
      case .ratio: .ratio
      }
    case .work(let limit):
      switch limit {
      case .inflatedBytes, .factBytes, .findingBytes, .tableBytes: .bytes
      case .names, .facts, .steps, .findings: .number
      case .inflatedBytesPerByte, .tableBytesPerByte: .ratio
      }
    }
  }

  /// The smallest value that it can have: where nothing passed it, every wheel would be refused.
  public var smallest: Int {
    switch self {
    case .archive(.ratioThreshold), .work(.inflatedBytesPerByte), .work(.tableBytesPerByte): 0
    case .archive, .work: 1
    }
  }

  /// What it is a limit of, in a few words for a table; without an end mark.
  public var summary: String {
    switch self {
    case .archive(let limit):
      switch limit {
      case .directorySize: "the central directory of the archive"
      case .memberCount: "members of the archive"
      case .nameLength: "the name of a member"
      case .memberSize: "a member, inflated"
      case .totalSize: "all members, inflated, as the directory says"
      case .ratio: "inflated bytes of a member for each that it takes in the archive (deflate reaches 1032)"
      case .ratioThreshold: "the size of a member up to which its ratio does not matter"
      case .metadataSize: "a file of metadata that is read whole, such as WHEEL, and the fields of METADATA"
      case .recordSize: "RECORD"
      case .recordLines: "lines of RECORD, which has one for each file"
      }
    case .work(let limit):
      switch limit {
      case .inflatedBytes: "what is inflated, second readings included"
      case .inflatedBytesPerByte: "inflated bytes besides for each byte of the archive"
      case .names: "strings looked up in objects"
      case .facts: "names kept of objects"
      case .factBytes: "these names"
      case .steps: "steps from object to object, and through folders"
      case .findings: "findings"
      case .findingBytes: "what findings say"
      case .tableBytes: "tables kept of one object"
      case .tableBytesPerByte: "bytes of tables besides for each byte that the object takes in the archive"
      }
    }
  }
}

extension AuditLimit: CaseIterable {
  /// Those of the archive, then those of the work.
  public static let allCases = ArchiveLimit.allCases.map(Self.archive) + WorkLimit.allCases.map(Self.work)

  /// The limit that a word stands for; nil for no such word.
  public init?(name: String) {
    guard let limit = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = limit
  }
}

extension Auditor.Options {
  /// The value of a limit, in its unit.
  public subscript(limit: AuditLimit) -> Int {
    get {
      switch limit {
      case .archive(let limit): Int(clamping: limits[limit])
      case .work(let limit): work[limit]
      }
    }
    set {
      switch limit {
      case .archive(let limit): limits[limit] = UInt64(clamping: newValue)
      case .work(let limit): work[limit] = newValue
      }
    }
  }
}
