public import BuildProfiles
public import WheelTags

/// Which object runs on which profile: a row for each object, a column for each profile.
public struct ProfileMatrix: Sendable {
  /// A profile, or a version for which none is published, and that is claimed or refuses something.
  public struct Column: Sendable {
    public let version: LibcVersion
    /// The tag: `manylinux_2_17_x86_64`.
    public let name: String
    /// The tags that claim just this version.
    public let claims: [String]
    /// True where one of them stands in the file name.
    public let isOwn: Bool
    /// True when some claim promises this or something older.
    public let isPromised: Bool
  }

  /// Objects of one folder with one range.
  public struct Row: Sendable {
    /// With the slash behind it; empty for the root of the wheel.
    public let folder: String
    public fileprivate(set) var files: [String]
    /// Nil for what needs nothing of the system.
    public let range: LibcRange?
    /// The first column that has everything; nil when none has.
    public let column: Int?
    /// The first column that refuses something; nil when none does.
    public let ceilingColumn: Int?
  }

  /// What is the case where a row and a column meet.
  public enum State: Sendable {
    /// It is the oldest that has everything.
    case floor
    case runs
    /// Something is missing or refused, and nothing was promised.
    case lacks
    /// Something is missing or refused that a claim promises.
    case breaks
  }

  public let columns: [Column]
  /// The most demanding first.
  public let rows: [Row]

  /// Above this many objects, those of one folder and range share a row.
  private static let sharingLimit = 12

  /// True when no profile has all that some object needs.
  public var hasUnprovided: Bool { rows.contains { $0.column == nil } }

  /// The state of a row in the column at a position.
  public func state(of row: Row, in index: Int) -> State {
    guard let column = row.column, column <= index, index < row.ceilingColumn ?? columns.count else {
      return columns[index].isPromised ? .breaks : .lacks
    }
    return column == index ? .floor : .runs
  }

  fileprivate init(_ audit: Audit) {
    columns = Self.columns(audit)
    rows = Self.rows(audit, columns)
  }

  private static func columns(_ audit: Audit) -> [Column] {
    let claims = audit.claims.filter { $0.tag.libc == audit.libc }
    let claimed = claims.compactMap(\.tag.libcVersion)
    let oldest = claimed.min()
    let ceilings = audit.requirements.compactMap(\.ceiling)
    return Set(audit.profiles.map(\.version) + claimed + ceilings).sorted().map { version in
      let own = claims.filter { $0.tag.libcVersion == version }
      return Column(
        version: version, name: PlatformTag(audit.libc, version, audit.architecture).spelling,
        claims: own.map(\.tag.spelling), isOwn: own.contains(where: \.isOwn),
        isPromised: oldest.map { $0 <= version } ?? false)
    }
  }

  private static func rows(_ audit: Audit, _ columns: [Column]) -> [Row] {
    let paths = Set(audit.objects.map(\.path)).union(audit.floors.keys)
    let rows = paths.map { path -> Row in
      let end = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
      let range = audit.floors[path]?.range
      return Row(
        folder: String(path[..<end]), files: [String(path[end...])], range: range,
        column: columns.firstIndex { !(range?.floor.isAbove($0.version) ?? false) },
        ceilingColumn: range?.ceiling.flatMap { ceiling in columns.firstIndex { $0.version >= ceiling } })
    }
    let sorted = rows.sorted { left, right in
      if left.range != right.range {
        return left.range.map { range in right.range.map { range > $0 } ?? true } ?? false
      }
      return (left.folder, left.files.first ?? "") < (right.folder, right.files.first ?? "")
    }
    guard rows.count > sharingLimit else { return sorted }
    return sorted.reduce(into: []) { shared, row in
      if let last = shared.indices.last, shared[last].folder == row.folder, shared[last].range == row.range {
        shared[last].files += row.files
      } else {
        shared.append(row)
      }
    }
  }
}

extension Audit {
  public var profileMatrix: ProfileMatrix { ProfileMatrix(self) }
}
