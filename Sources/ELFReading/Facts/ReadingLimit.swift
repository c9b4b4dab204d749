/// What the reading of one object may take only so much of; the raw value is the word that users have for it.
public enum ReadingLimit: String, Hashable, Sendable, CaseIterable {
  case names
  case facts
  case factBytes = "fact-size"
  case tableBytes = "table-size"

  /// What there is too much of in an object over it.
  var subject: String {
    switch self {
    case .names: "names to look up"
    case .facts: "names to keep"
    case .factBytes: "bytes of names to keep"
    case .tableBytes: "bytes of tables"
    }
  }
}
