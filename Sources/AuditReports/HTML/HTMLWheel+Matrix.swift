import BuildProfiles
import WheelAudit
import WheelTags

extension HTMLWheel {
  /// Which object runs on which profile.
  func matrix(_ audit: Audit) -> [Markup] {
    let matrix = ProfileMatrix(audit)
    guard !matrix.rows.isEmpty else { return [] }
    let heads = matrix.columns.map(head)
    let none: Markup? =
      matrix.hasUnprovided ? "<th scope=\"col\" class=\"p\"><span class=\"version\">no profile</span></th>" : nil
    let rows = matrix.rows.map { row($0, matrix, audit) }
    return part(
      "matrix", "Objects and profiles",
      [
        """
        <p>Each column is a build profile, the oldest \(audit.libc.rawValue) first. An object runs from its floor on to \
        the right. A claim covers its own profile and every newer one.</p>
        <ul class="legend">
        <li><span class="cell floor">●</span> floor</li>
        <li><span class="cell runs">✓</span> runs</li>
        <li><span class="cell lacks">·</span> lacks something, but is not claimed</li>
        <li><span class="cell breaks">✗</span> lacks something, and is claimed</li>
        </ul>
        <div class="scroll tall" tabindex="0" role="region" aria-labelledby="\(id)-matrix-title">
        <table class="matrix">
        <thead><tr><th scope="col">Object</th><th scope="col">Floor</th>\(heads)\(none ?? "")</tr></thead>
        <tbody>
        \(rows)</tbody>
        </table>
        </div>
        """
      ])
  }

  private func head(_ column: ProfileMatrix.Column) -> Markup {
    let isClaimed = !column.claims.isEmpty
    let name: Markup = "<span class=\"version\" title=\"\(column.name)\">\(column.version.description)</span>"
    let claims = column.claims.joined(separator: ", ")
    let word = column.isOwn ? "claim" : "target"
    let mark: Markup? = isClaimed ? "<span class=\"claimed\" title=\"\(claims)\">\(word)</span>" : nil
    return "<th scope=\"col\" class=\"p\(isClaimed ? " claim" : "")\">\(name)\(mark ?? "")</th>"
  }

  private func row(_ row: ProfileMatrix.Row, _ matrix: ProfileMatrix, _ audit: Audit) -> Markup {
    let cells = matrix.columns.enumerated().map { index, column -> Markup in
      let claim = column.claims.isEmpty ? "" : " claim"
      return switch row.state(index, matrix) {
      case .floor: "<td class=\"floor\(claim)\">●</td>"
      case .runs: "<td class=\"runs\(claim)\">✓</td>"
      case .lacks: "<td class=\"lacks\(claim)\">·</td>"
      case .breaks: "<td class=\"breaks\(claim)\">✗</td>"
      }
    }
    let last: Markup? = matrix.hasUnprovided ? (row.column == nil ? "<td class=\"breaks\">■</td>" : "<td></td>") : nil
    let floor = row.floor.map { $0.version?.description ?? "no profile" } ?? "–"
    return "<tr><th scope=\"row\">\(name(row))</th><td class=\"number\">\(floor)</td>\(cells)\(last ?? "")</tr>\n"
  }

  private func name(_ row: ProfileMatrix.Row) -> Markup {
    let folder: Markup = "<span class=\"folder\">\(row.folder)</span><wbr>"
    guard row.files.count > 1 else { return "\(folder)\(row.files.first ?? "")" }
    let items = row.files.map { file -> Markup in "<li>\(file)</li>" }
    return "<details><summary>\(folder) (\(counted(row.files.count, "object")))</summary><ul>\(items)</ul></details>"
  }
}

/// For each object the columns of the profiles it runs on.
private struct ProfileMatrix {
  /// A profile, or a claimed version for which none is published.
  struct Column {
    let version: LibcVersion
    let name: String
    let claims: [String]
    let isOwn: Bool
    /// True when some claim promises this or something older.
    let isPromised: Bool
  }

  /// Objects of one folder with one floor.
  struct Row {
    let folder: String
    var files: [String]
    /// Nil for what needs nothing of the system.
    let floor: Floor?
    /// The first column that has everything; nil when none has.
    let column: Int?

    func state(_ index: Int, _ matrix: ProfileMatrix) -> State {
      guard let column, column <= index else { return matrix.columns[index].isPromised ? .breaks : .lacks }
      return column == index ? .floor : .runs
    }
  }

  enum State {
    case floor
    case runs
    case lacks
    case breaks
  }

  let columns: [Column]
  let rows: [Row]

  /// True when no profile has all that some object needs.
  var hasUnprovided: Bool { rows.contains { $0.column == nil } }

  init(_ audit: Audit) {
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

  /// The highest floor first; where there are many objects, those of one folder and floor share a row.
  private static func rows(_ audit: Audit, _ columns: [Column]) -> [Row] {
    var floors: [String: Floor] = [:]
    for requirement in audit.requirements {
      for demand in requirement.demands {
        floors[demand.object] = max(floors[demand.object] ?? requirement.floor, requirement.floor)
      }
    }
    let paths = Set(audit.objects.map(\.path)).union(floors.keys)
    let mayShare = paths.count > 12
    let rows = paths.map { path -> Row in
      let end = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
      let floor = floors[path]
      return Row(
        folder: String(path[..<end]), files: [String(path[end...])], floor: floor, column: column(floor, columns))
    }
    let sorted = rows.sorted { left, right in
      if left.floor != right.floor {
        return left.floor.map { floor in right.floor.map { floor > $0 } ?? true } ?? false
      }
      return (left.folder, left.files.first ?? "") < (right.folder, right.files.first ?? "")
    }
    return sorted.reduce(into: []) { shared, row in
      let last = shared.indices.last
      if mayShare, let last, shared[last].folder == row.folder, shared[last].floor == row.floor {
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
