import BuildProfiles
import WheelAudit
import WheelTags

extension WheelSection {
  /// What breaks each broken claim, and what keeps the wheel from the next older profile.
  var blockers: [String] {
    let broken = audit.claims.map(\.tag).filter { tag in
      tag.libc == audit.libc && audit.claims.contains { $0.tag == tag && !$0.isSatisfied }
    }
    var sections: [String] = []
    var shown: [LibcVersion] = []
    for case let version? in broken.map(\.libcVersion) where !shown.contains(version) {
      let above = requirements(above: version)
      guard !above.isEmpty else { continue }
      shown.append(version)
      // Two names of one promise are broken by the same things.
      let tags = broken.filter { $0.libcVersion == version }.map { style.strong(printable($0.spelling)) }
      let promise = "which \(tags.count == 1 ? "promises" : "promise") \(audit.libc) \(version)"
      sections += ["", "  What breaks \(tags.joined(separator: " and ")), \(promise):"] + table(above)
    }
    if shown.isEmpty, audit.verdict.profile == nil {
      let none = audit.requirements.filter { $0.floor == .noProfile }
      if !none.isEmpty { sections += ["", "  What keeps it from every \(audit.libc.tagPrefix) tag:"] + table(none) }
    }
    if let older = audit.nextOlder, !shown.contains(older.version) {
      let above = audit.requirements.filter { $0.isAbove(older.version) }
      sections += ["", "  What keeps it from \(style.strong(older.tag(for: audit.architecture).spelling)):"]
      sections += above.isEmpty ? ["    only the number: nothing in it needs more than \(older.version)"] : table(above)
    }
    return sections
  }

  var requirements: [String] {
    guard style.detail == .everything else { return [] }
    guard !audit.requirements.isEmpty else { return ["", "  It requires nothing of the system."] }
    return ["", "  All that it requires of the system:"] + table(audit.requirements)
  }

  private func requirements(above version: LibcVersion) -> [Requirement] {
    audit.requirements.filter { $0.isAbove(version) && !wheel.ignoredRules.contains($0.rule) }
  }

  /// Requirements by the object that brings them in.
  private func table(_ requirements: [Requirement]) -> [String] {
    var byObject: [String: [[String]]] = [:]
    for requirement in requirements {
      for demand in requirement.demands {
        byObject[demand.object, default: []].append(row(requirement, demand))
      }
    }
    let objects = byObject.sorted { $0.key < $1.key }
    // All rows are laid out together, so that the columns of one object stand under those of another.
    var rows = columns(objects.flatMap(\.value), indent: 6)[...]
    return objects.flatMap { object, own in
      defer { rows = rows.dropFirst(own.count) }
      return ["    \(printable(object))"] + rows.prefix(own.count)
    }
  }

  private func row(_ requirement: Requirement, _ demand: Requirement.Demand) -> [String] {
    let floor = requirement.floor.version.map { "needs \(audit.libc) \($0)" } ?? "in no profile"
    let symbols = listed(demand.symbols)
    let version = printable(requirement.version ?? "")
    let what: String =
      switch requirement.kind {
      case .library: "the library itself"
      case .symbolVersion: symbols.isEmpty ? "\(version), for no symbol" : "\(version): \(symbols)"
      case .symbol, .restrictedSymbol: symbols
      case .instructionSet: "instructions of \(version)"
      case .pythonABI: symbols.isEmpty ? "the library itself" : symbols
      case .relativeRelocations: "DT_RELR"
      }
    let reason = requirement.reason.map { style.faint(", because \(printable($0))") } ?? ""
    return [floor, requirement.library.map(printable) ?? "-", what + reason]
  }

  /// The first symbols, unless everything is to be shown; a name is never cut.
  private func listed(_ symbols: [String]) -> String {
    let limit = 10
    guard style.detail != .everything, symbols.count > limit + 1 else {
      return symbols.map(printable).joined(separator: ", ")
    }
    let first = symbols.prefix(limit).map(printable).joined(separator: ", ")
    return "\(first) and \(symbols.count - limit) more (-v shows all)"
  }
}
