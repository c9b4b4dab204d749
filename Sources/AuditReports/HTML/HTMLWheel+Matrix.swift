import BuildProfiles
import WheelAudit
import WheelTags

extension HTMLWheel {
  /// Which object runs on which profile.
  func matrix(_ audit: Audit) -> [Markup] {
    let matrix = audit.profileMatrix
    guard !matrix.rows.isEmpty else { return [] }
    let heads = matrix.columns.map(head)
    let none: Markup? =
      matrix.hasUnprovided ? "<th scope=\"col\" class=\"p\"><span class=\"version\">no profile</span></th>" : nil
    let rows = matrix.rows.map { row($0, matrix) }
    return part(
      "matrix", "Objects and profiles",
      [
        """
        <p>Each column is a build profile, the oldest \(audit.libc.rawValue) first. An object runs from its floor on to \
        the right, up to the first that refuses it. A claim covers its own profile and every newer one.</p>
        <ul class="legend">
        <li><span class="cell floor">●</span> floor</li>
        <li><span class="cell runs">✓</span> runs</li>
        <li><span class="cell lacks">·</span> does not run, but is not claimed</li>
        <li><span class="cell breaks">✗</span> does not run, and is claimed</li>
        </ul>
        <p class="hint">Scroll sideways for newer profiles.</p>
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

  private func row(_ row: ProfileMatrix.Row, _ matrix: ProfileMatrix) -> Markup {
    let cells = matrix.columns.enumerated().map { index, column -> Markup in
      let claim = column.claims.isEmpty ? "" : " claim"
      return switch matrix.state(of: row, in: index) {
      case .floor: "<td class=\"floor\(claim)\">●</td>"
      case .runs: "<td class=\"runs\(claim)\">✓</td>"
      case .lacks: "<td class=\"lacks\(claim)\">·</td>"
      case .breaks: "<td class=\"breaks\(claim)\">✗</td>"
      }
    }
    let last: Markup? = matrix.hasUnprovided ? (row.column == nil ? "<td class=\"breaks\">■</td>" : "<td></td>") : nil
    let floor = row.range.map { $0.words ?? "no profile" } ?? "–"
    return "<tr><th scope=\"row\">\(name(row))</th><td class=\"number\">\(floor)</td>\(cells)\(last ?? "")</tr>\n"
  }

  private func name(_ row: ProfileMatrix.Row) -> Markup {
    let folder: Markup = "<span class=\"folder\">\(Markup.name(row.folder))</span><wbr>"
    guard row.files.count > 1 else { return "\(folder)\(Markup.name(row.files.first ?? ""))" }
    let names = row.files.map { file -> Markup in "\(file)" }.joined(by: "\n")
    return """
      <details><summary>\(folder) (\(counted(row.files.count, "object")))</summary>\
      <span class="lines">\(names)</span></details>
      """
  }
}
