/// A limit of an archive; the raw value is the word that users have for it.
public enum ArchiveLimit: String, Hashable, Sendable, CaseIterable {
  case directorySize = "directory-size"
  case memberCount = "members"
  case nameLength = "name-length"
  case memberSize = "member-size"
  case totalSize = "total-size"
  case ratio
  case ratioThreshold = "ratio-from"
  case metadataSize = "metadata-size"
  case recordSize = "record-size"
  case recordLines = "record-lines"

  /// What is compared with it.
  var subject: String {
    switch self {
    case .directorySize: "the size of its directory"
    case .memberCount: "the number of members"
    case .nameLength: "the length of its name"
    case .memberSize, .metadataSize, .recordSize: "its size"
    case .recordLines: "the number of its lines"
    case .totalSize: "the size of all members"
    case .ratio, .ratioThreshold: "its compression ratio"
    }
  }

  fileprivate var place: WritableKeyPath<ArchiveLimits, UInt64> {
    switch self {
    case .directorySize: \.directorySize
    case .memberCount: \.memberCount
    case .nameLength: \.nameLength
    case .memberSize: \.memberSize
    case .totalSize: \.totalSize
    case .ratio: \.ratio
    case .ratioThreshold: \.ratioThreshold
    case .metadataSize: \.metadataSize
    case .recordSize: \.recordSize
    case .recordLines: \.recordLines
    }
  }
}

extension ArchiveLimits {
  /// The value of a limit, in its unit.
  public subscript(limit: ArchiveLimit) -> UInt64 {
    get { self[keyPath: limit.place] }
    set { self[keyPath: limit.place] = newValue }
  }
}
