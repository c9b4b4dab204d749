import ELFReading

/// One judged object.
public struct ObjectReport: Sendable {
  public struct Needed: Sendable, Hashable {
    public enum Resolution: String, Sendable, CaseIterable {
      case platform
      case bundled
      case unreachable
      case external
      case mismatched
      case excluded
    }

    public let library: String
    public let resolution: Resolution
    /// The path in the wheel of what was found there, or was passed over.
    public let path: String?
  }

  public let path: String
  public let soname: String?
  public let isPythonExtension: Bool
  public let needed: [Needed]
}

extension ObjectReport {
  /// What is said of each judged object.
  static func all(of subject: Subject, _ graph: LibraryGraph) -> [ObjectReport] {
    let found = subject.judged + subject.foreign
    return zip(subject.judged, graph.edges).map { object, edges in
      ObjectReport(
        path: object.path, soname: object.file.soname, isPythonExtension: object.isPythonExtension,
        needed: edges.map { edge in
          Needed(
            library: edge.library, resolution: edge.resolution.kind,
            path: edge.resolution.position.map { found[$0].path })
        })
    }
  }
}

extension LibraryGraph.Resolution {
  fileprivate var kind: ObjectReport.Needed.Resolution {
    switch self {
    case .platform: .platform
    case .bundled: .bundled
    case .unreachable: .unreachable
    case .external: .external
    case .mismatched: .mismatched
    case .excluded: .excluded
    }
  }

  /// The position of what lies in the wheel, loaded or passed over.
  fileprivate var position: Int? {
    if case .mismatched(let index) = self { index } else { object }
  }
}

extension ObjectReport.Needed.Resolution {
  /// Where such a library comes from, in words.
  public var words: String {
    switch self {
    case .platform: "from the system"
    case .bundled: "from the wheel"
    case .unreachable: "in the wheel, out of reach"
    case .external: "from nowhere"
    case .mismatched: "in the wheel, for another architecture"
    case .excluded: "excluded"
    }
  }
}
