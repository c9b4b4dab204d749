import BuildProfiles
import ELFReading
import WheelAudit
import WheelTags

extension WheelSection {
  /// What breaks each broken claim, and what keeps the wheel from the next older profile.
  var blockers: [String] {
    var shown: Set<Requirement> = []
    return wheel.blockers.flatMap { blocker -> [String] in
      // Two claims are broken by much the same: what one of them shows the others only count.
      let isKnown = !blocker.requirements.isEmpty && shown.isSuperset(of: blocker.requirements)
      shown.formUnion(blocker.requirements)
      switch blocker.destination {
      case .claims(let tags, let version):
        let names = tags.map { style.strong(printable($0.spelling)) }.joined(separator: " and ")
        if isKnown, style.detail != .everything {
          return ["", "  \(names): broken by \(part(blocker.requirements, of: shown))."]
        }
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

  /// How many of the things that stand above break a claim too.
  private func part(_ requirements: [Requirement], of shown: Set<Requirement>) -> String {
    guard requirements.count < shown.count else { return "all of these" }
    let demands = requirements.byLibrary
    return "what is said of \(style.some(demands.map { $0.library ?? words($0.requirements[0]) }, limit: 3)) too"
  }

  /// What it takes to get to older tags: down to the claims, or to the next two where these are kept.
  var plans: [String] {
    let oldest = audit.claims.compactMap { $0.tag.libc == audit.libc ? $0.tag.libcVersion : nil }.min()
    let isKept = wheel.status == .clean
    let plans = audit.plans(downTo: isKept ? nil : oldest)
    let isAll = style.detail == .everything
    let shown = isAll ? plans : Array(plans.prefix(isKept ? 2 : 3))
    // One step says what stands above.
    guard isAll ? !shown.isEmpty : shown.count > 1 else { return [] }
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

  /// What would have to go, by library: `libm.so.6: exp, log`.
  private func contents(of requirements: ArraySlice<Requirement>) -> String {
    let demands = requirements.byLibrary
    let shown = style.detail == .everything ? demands[...] : demands.prefix(3)
    let parts = shown.map { demand in
      let symbols = symbols(of: demand, limit: 2)
      let name = demand.library ?? demand.requirements[0].version ?? demand.requirements[0].kind.words
      return printable(name) + (symbols.isEmpty ? "" : ": \(symbols)")
    }
    let more = demands.count > shown.count ? ["and \(demands.count - shown.count) more"] : []
    return (parts + more).joined(separator: "; ")
  }

  var requirements: [String] {
    guard style.detail == .everything else { return [] }
    guard !audit.requirements.isEmpty else { return ["", "  It requires nothing of the system."] }
    return ["", "  All that it requires of the system:"] + table(audit.requirements)
  }

  private func table(_ requirements: [Requirement]) -> [String] {
    style.detail == .everything ? tableByObject(requirements) : tableByLibrary(requirements)
  }

  // MARK: By library

  /// One row for each library, however many objects and symbols it is about.
  private func tableByLibrary(_ requirements: [Requirement]) -> [String] {
    let demands = requirements.byLibrary.mostNeededFirst
    let limit = 8
    let shown = demands.count > limit + 1 ? demands.prefix(limit) : demands[...]
    let rows = columns(shown.map(row), indent: 4)
    guard demands.count > shown.count else { return rows }
    return rows + ["    and \(demands.count - shown.count) more libraries (-v shows all)"]
  }

  private func row(_ demand: SystemDemand) -> [String] {
    let first = demand.requirements[0]
    let range = demand.range.words.map { "needs \(audit.libc) \($0)" } ?? "in no profile"
    let symbols = symbols(of: demand, limit: 3)
    let version = first.kind == .symbolVersion ? first.version.map { printable($0) } ?? "" : ""
    let what = symbols.isEmpty ? version : symbols
    let subject = first.library.map(printable) ?? words(first)
    let place = "in \(style.some(demand.objects, limit: 1))"
    // That no profile has it the row begins with.
    let because = (first.isAbsent ? nil : first.reason).map { style.faint(", because \(printable($0))") } ?? ""
    return [subject, range, (what.isEmpty ? place : "\(what), \(place)") + because]
  }

  /// The first symbols of a demand, and how many more there are.
  private func symbols(of demand: SystemDemand, limit: Int) -> String {
    let names = demand.requirements.lazy.flatMap { requirement in
      requirement.symbols.lazy.map { symbol in (symbol, requirement.kind == .symbolVersion ? requirement.version : nil)
      }
    }.prefix(limit).map { symbol, version in shown(symbol: symbol) + (version.map { "@\(printable($0))" } ?? "") }
    let more = demand.symbolCount - names.count
    return names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }

  private func words(_ requirement: Requirement) -> String {
    switch requirement.kind {
    case .relativeRelocations: "DT_RELR"
    case .executableStack: "an executable stack"
    case .instructionSet: "instructions of \(printable(requirement.version ?? ""))"
    default: printable(requirement.version ?? requirement.kind.words)
    }
  }

  // MARK: By object

  /// Requirements by the object that brings them in.
  private func tableByObject(_ requirements: [Requirement]) -> [String] {
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
    let symbols = demand.symbols.map(shown(symbol:)).joined(separator: ", ")
    let version = printable(requirement.version ?? "")
    let what: String =
      switch requirement.kind {
      case .library, .unreachableLibrary: "the library itself"
      case .interpreter: "the loader of a program"
      case .symbolVersion: symbols.isEmpty ? "\(version), for no symbol" : "\(version): \(symbols)"
      case .symbol, .restrictedSymbol, .unversionedSymbol: symbols
      case .pythonABI: symbols.isEmpty ? "the library itself" : symbols
      case .instructionSet, .relativeRelocations, .executableStack, .loading: words(requirement)
      }
    let reason = requirement.reason.map { style.faint(", because \(printable($0))") } ?? ""
    return [range, requirement.library.map(printable) ?? "-", what + reason]
  }
}
