public import BuildProfiles
public import WheelTags

/// Which object runs on which profile: a row for each object, a column for each profile.
public struct ProfileMatrix: Sendable {
  /// A profile, or a claimed version for which none is published.
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

  /// Objects of one folder with one floor.
  public struct Row: Sendable {
    /// With the slash behind it; empty for the root of the wheel.
    public let folder: String
    public fileprivate(set) var files: [String]
    /// Nil for what needs nothing of the system.
    public let floor: Floor?
    /// The first column that has everything; nil when none has.
    public let column: Int?
  }

  /// What is the case where a row and a column meet.
  public enum State: Sendable {
    /// It is the oldest that has everything.
    case floor
    case runs
    /// Something is missing, and nothing was promised.
    case lacks
    /// Something is missing that a claim promises.
    case breaks
  }

  public let columns: [Column]
  /// The highest floor first.
  public let rows: [Row]

  /// Above this many objects, those of one folder and floor share a row.
  private static let sharingLimit = 12

  /// True when no profile has all that some object needs.
  public var hasUnprovided: Bool { rows.contains { $0.column == nil } }

  /// The state of a row in the column at a position.
  public func state(of row: Row, in index: Int) -> State {
    guard let column = row.column, column <= index else { return columns[index].isPromised ? .breaks : .lacks }
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
    return Set(audit.profiles.map(\.version) + claimed).sorted().map { version in
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
      let floor = audit.floors[path]?.floor
      return Row(
        folder: String(path[..<end]), files: [String(path[end...])], floor: floor, column: column(floor, columns))
    }
    let sorted = rows.sorted { left, right in
      if left.floor != right.floor {
        return left.floor.map { floor in right.floor.map { floor > $0 } ?? true } ?? false
      }
      return (left.folder, left.files.first ?? "") < (right.folder, right.files.first ?? "")
    }
    guard rows.count > sharingLimit else { return sorted }
    return sorted.reduce(into: []) { shared, row in
      if let last = shared.indices.last, shared[last].folder == row.folder, shared[last].floor == row.floor {
        shared[last].files += row.files
      } else {
        shared.append(row)
      }
    }
  }

  private static func column(_ floor: Floor?, _ columns: [Column]) -> Int? {
    guard let floor else { return columns.isEmpty ? nil : 0 }
    guard let version = floor.version else { return nil }
    return columns.firstIndex { version.series <= $0.version }
  }
}

extension Audit {
  public var profileMatrix: ProfileMatrix { ProfileMatrix(self) }
}
