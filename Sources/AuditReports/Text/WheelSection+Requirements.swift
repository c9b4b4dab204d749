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

  /// What it takes to get to older tags: down to the claims, or to the next two where these are kept.
  var plans: [String] {
    let oldest = audit.claims.compactMap { $0.tag.libc == audit.libc ? $0.tag.libcVersion : nil }.min()
    let isKept = wheel.status == .clean
    let plans = audit.plans(downTo: isKept ? nil : oldest)
    let shown = style.detail == .everything ? plans : isKept ? Array(plans.prefix(2)) : plans
    guard !shown.isEmpty else { return [] }
    let rows = shown.enumerated().map { index, plan in
      let before = index == 0 ? 0 : shown[index - 1].requirements.count
      // Requirements only ever join, the highest floor first.
      let added = contents(of: plan.requirements.dropFirst(before))
      return [
        "→ \(plan.profile.tag(for: audit.architecture).spelling)", size(of: plan), (index == 0 ? "" : "+ ") + added,
      ]
    }
    return ["", "  The way from \(printable(audit.verdict.minimalTag.spelling)) to older tags:"]
      + columns(rows, indent: 4)
  }

  private func size(of plan: Plan) -> String {
    let hasSymbols = plan.requirements.contains { !$0.symbols.isEmpty }
    return "\(counted(plan.size, hasSymbols ? "symbol" : "requirement")) in \(counted(plan.objects.count, "object"))"
  }

  /// What would have to go, by library: `libm.so.6: exp, log since 2.29`.
  private func contents(of requirements: ArraySlice<Requirement>) -> String {
    let parts = requirements.map { requirement in
      let symbols = requirement.symbols
      let names = symbols.prefix(3).map(printable).joined(separator: ", ")
      let rest = symbols.count > 3 ? " and \(symbols.count - 3) more" : ""
      let what = symbols.isEmpty ? "" : ": \(names)\(rest)"
      let since = requirement.floor.version.map { " since \($0)" } ?? ", in no profile"
      return printable(requirement.library ?? requirement.version ?? requirement.kind.rawValue) + what + since
    }
    let shown = style.detail == .everything ? parts : Array(parts.prefix(4))
    let more = parts.count > shown.count ? ["and \(parts.count - shown.count) more (-v shows all)"] : []
    return (shown + more).joined(separator: "; ")
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
    let symbols = listed(Array(demand.symbols))
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
