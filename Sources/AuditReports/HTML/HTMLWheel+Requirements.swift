import BuildProfiles
import WheelAudit
import WheelTags

extension HTMLWheel {
  /// Everything that the wheel asks of the system, for sorting and filtering.
  func requirements(_ audit: Audit) -> [Markup] {
    guard !audit.requirements.isEmpty else {
      return part("requirements", "What it requires", ["<p>It requires nothing of the system.</p>"])
    }
    let table = "\(id)-requirements-table"
    let rows = audit.requirements.map { row($0, audit) }
    let total = counted(audit.requirements.count, "requirement")
    return part(
      "requirements", "What it requires",
      [
        """
        <div class="filter" data-table="\(table)" hidden>
        <label for="\(table)-filter">Filter by object, library or symbol</label>
        <input type="search" id="\(table)-filter" autocomplete="off" spellcheck="false">
        <output for="\(table)-filter" aria-live="polite">\(total)</output>
        </div>
        <div class="scroll tall" tabindex="0" role="region" aria-labelledby="\(id)-requirements-title">
        <table id="\(table)" class="requirements cards" data-sortable data-noun="requirement">
        <thead><tr><th scope="col" aria-sort="descending">Floor</th><th scope="col">Kind</th>\
        <th scope="col">Library</th><th scope="col">Version</th><th scope="col">Symbols</th>\
        <th scope="col">Objects</th></tr></thead>
        <tbody>
        \(rows)</tbody>
        </table>
        </div>
        """
      ])
  }

  private func row(_ requirement: Requirement, _ audit: Audit) -> Markup {
    let broken = audit.claims.filter { requirement.breaks($0.tag, comparedWith: audit.libc) }
    let isBreaking = !broken.isEmpty && !report.ignoredRules.contains(requirement.rule)
    let what = broken.contains(where: \.isOwn) ? "claim" : "target"
    let mark: Markup? = isBreaking ? " <span class=\"badge bad\">✗ breaks the \(what)</span>" : nil
    let reason: Markup? = requirement.reason.map { " <small>\($0)</small>" }
    let symbols = requirement.symbols.map(shown(symbol:))
    return """
      <tr><td data-key="\(requirement.range.lastingFloor.version?.description ?? "999999")">\(words(requirement.range, audit))\
      \(mark ?? "")\(reason ?? "")</td><td>\(requirement.kind.words)</td>\
      <td>\(code(requirement.library))</td><td>\(code(requirement.version))</td>\
      <td data-key="\(symbols.count)">\(folded(symbols))</td>\
      <td data-key="\(requirement.demands.count)">\(folded(requirement.demands.map(\.object)))</td></tr>

      """
  }

  /// What a requirement asks for, in words.
  func summary(_ requirement: Requirement) -> Markup {
    let library = code(requirement.library)
    let version = code(requirement.version)
    let symbols = requirement.symbols
    let first = symbols.prefix(3).map { name -> Markup in "<code>\(shown(symbol: name))</code>" }.joined(by: ", ")
    let rest = symbols.count > 3 ? " and \(symbols.count - 3) more" : ""
    switch requirement.kind {
    case .library, .unreachableLibrary: return "the library \(library)"
    case .interpreter: return "the loader \(library)"
    case .symbolVersion:
      return symbols.isEmpty ? "\(version) of \(library)" : "\(first)\(rest) at \(version) of \(library)"
    case .symbol, .restrictedSymbol, .unversionedSymbol: return "\(first)\(rest) of \(library)"
    case .instructionSet: return "instructions of \(version)"
    case .pythonABI: return symbols.isEmpty ? library : "\(first)\(rest)"
    case .relativeRelocations: return "packed relative relocations (DT_RELR)"
    case .executableStack: return "an executable stack"
    case .loading: return version
    }
  }

  private func code(_ text: String?) -> Markup {
    text.map { "<code>\(Markup.name($0))</code>" } ?? ""
  }
}
