/// A limit of the work on one wheel; the raw value is the word that users have for it.
public enum WorkLimit: String, Hashable, Sendable, CaseIterable {
  case inflatedBytes = "inflated-size"
  case inflatedBytesPerByte = "inflated-ratio"
  case names
  case facts
  case factBytes = "fact-size"
  case steps
  case findings
  case findingBytes = "finding-size"
  case tableBytes = "table-size"
  case tableBytesPerByte = "table-ratio"

  /// What there is too much of in a wheel over it.
  var subject: String {
    switch self {
    case .inflatedBytes, .inflatedBytesPerByte: "bytes to inflate"
    case .names: "names to look up in its objects"
    case .facts: "names to keep of its objects"
    case .factBytes: "bytes of names to keep"
    case .steps: "steps from object to object"
    case .findings: "findings"
    case .findingBytes: "bytes of findings"
    case .tableBytes, .tableBytesPerByte: "bytes of tables"
    }
  }

  fileprivate var place: WritableKeyPath<WorkLimits, Int> {
    switch self {
    case .inflatedBytes: \.inflatedBytes
    case .inflatedBytesPerByte: \.inflatedBytesPerByte
    case .names: \.names
    case .facts: \.facts
    case .factBytes: \.factBytes
    case .steps: \.steps
    case .findings: \.findings
    case .findingBytes: \.findingBytes
    case .tableBytes: \.tableBytes
    case .tableBytesPerByte: \.tableBytesPerByte
    }
  }
}

extension WorkLimits {
  /// The value of a limit, in its unit.
  public subscript(limit: WorkLimit) -> Int {
    get { self[keyPath: limit.place] }
    set { self[keyPath: limit.place] = newValue }
  }
}
