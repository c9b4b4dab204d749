import BuildProfiles
import WheelAudit
import WheelTags

extension WheelSection {
  /// What breaks each broken claim, and what keeps the wheel from the next older profile.
  var blockers: [String] {
    wheel.blockers.flatMap { blocker -> [String] in
      switch blocker.destination {
      case .claims(let tags, let version):
        let names = tags.map { style.strong(printable($0.spelling)) }.joined(separator: " and ")
        let promise = "which \(tags.count == 1 ? "promises" : "promise") \(audit.libc) \(version)"
        return ["", "  What breaks \(names), \(promise):"] + table(blocker.requirements)
      case .everyTag(let libc):
        return ["", "  What keeps it from every \(libc.tagPrefix) tag:"] + table(blocker.requirements)
      case .nextOlder(let older):
        let title = "  What keeps it from \(style.strong(older.tag(for: audit.architecture).spelling)):"
        guard !blocker.requirements.isEmpty else {
          return ["", title, "    only the number: nothing in it needs more than \(older.version)"]
        }
        return ["", title] + table(blocker.requirements)
      }
    }
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
      // Requirements only ever join, the most demanding first.
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
    let shown = style.detail == .everything ? requirements : requirements.prefix(4)
    let parts = shown.map { requirement in
      let symbols = requirement.symbols
      let names = symbols.prefix(3).map(shown(symbol:)).joined(separator: ", ")
      let rest = symbols.count > 3 ? " and \(symbols.count - 3) more" : ""
      let what = symbols.isEmpty ? "" : ": \(names)\(rest)"
      let since = requirement.floor.version.map { " since \($0)" } ?? ", in no profile"
      let until = requirement.ceiling.map { ", refused by \($0) and newer" }
      return printable(requirement.library ?? requirement.version ?? requirement.kind.words) + what + (until ?? since)
    }
    let more =
      requirements.count > shown.count ? ["and \(requirements.count - shown.count) more (-v shows all)"] : []
    return (parts + more).joined(separator: "; ")
  }

  var requirements: [String] {
    guard style.detail == .everything else { return [] }
    guard !audit.requirements.isEmpty else { return ["", "  It requires nothing of the system."] }
    return ["", "  All that it requires of the system:"] + table(audit.requirements)
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
    let range = requirement.range.words.map { "needs \(audit.libc) \($0)" } ?? "in no profile"
    let symbols = listed(Array(demand.symbols))
    let version = printable(requirement.version ?? "")
    let what: String =
      switch requirement.kind {
      case .library, .unreachableLibrary: "the library itself"
      case .interpreter: "the loader of a program"
      case .symbolVersion: symbols.isEmpty ? "\(version), for no symbol" : "\(version): \(symbols)"
      case .symbol, .restrictedSymbol, .unversionedSymbol: symbols
      case .instructionSet: "instructions of \(version)"
      case .pythonABI: symbols.isEmpty ? "the library itself" : symbols
      case .relativeRelocations: "DT_RELR"
      case .executableStack: "an executable stack"
      case .loading: version
      }
    let reason = requirement.reason.map { style.faint(", because \(printable($0))") } ?? ""
    return [range, requirement.library.map(printable) ?? "-", what + reason]
  }

  /// The first symbols, unless everything is to be shown; a name is never cut.
  private func listed(_ symbols: [String]) -> String {
    let limit = 10
    guard style.detail != .everything, symbols.count > limit + 1 else {
      return symbols.map(shown(symbol:)).joined(separator: ", ")
    }
    let first = symbols.prefix(limit).map(shown(symbol:)).joined(separator: ", ")
    return "\(first) and \(symbols.count - limit) more (-v shows all)"
  }
}
