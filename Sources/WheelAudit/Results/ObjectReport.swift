import ELFReading

/// One judged object.
public struct ObjectReport: Sendable {
  public struct Needed: Sendable, Hashable {
    public enum Resolution: String, Sendable, CaseIterable {
      case platform
      case bundled
      case unreachable
      case external
      case excluded
    }

    public let library: String
    public let resolution: Resolution
    /// The path in the wheel of what was found there.
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
    zip(subject.judged, graph.edges).map { object, edges in
      ObjectReport(
        path: object.path, soname: object.file.soname, isPythonExtension: object.isPythonExtension,
        needed: edges.map { edge in
          Needed(
            library: edge.library, resolution: edge.resolution.kind,
            path: edge.resolution.object.map { subject.judged[$0].path })
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
    case .external, .mismatched: .external
    case .excluded: .excluded
    }
  }
}
