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
      case notLoadable
      case excluded
    }

    /// A copy for the processors of a level, and better ones.
    public struct Alternate: Sendable, Hashable {
      /// The level as glibc calls it: `x86-64-v3`.
      public let level: String
      public let path: String
    }

    public let library: String
    public let resolution: Resolution
    /// The path in the wheel of what was found there, was passed over, or ended the search.
    public let path: String?
    /// What processors of higher levels load in its place, the lowest level first.
    public var alternates: [Alternate] = []
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
            path: edge.resolution.position.map { found[$0].path } ?? edge.resolution.obstacle?.path,
            alternates: edge.alternates.map { .init(level: $0.level, path: found[$0.object].path) })
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
    case .notLoadable: .notLoadable
    case .excluded: .excluded
    }
  }

  /// The position of what lies in the wheel, loaded or passed over.
  fileprivate var position: Int? {
    if case .mismatched(let index) = self { index } else { object }
  }

  fileprivate var obstacle: LibraryGraph.Obstacle? {
    if case .notLoadable(let obstacle) = self { obstacle } else { nil }
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
    case .notLoadable: "in the wheel, not loadable"
    case .excluded: "excluded"
    }
  }
}
