import BuildProfiles
import WheelAudit
import WheelTags

/// The full text on one wheel.
struct WheelSection {
  private let wheel: WheelReport
  private let audit: Audit
  private let style: TextStyle

  init(_ wheel: WheelReport, _ audit: Audit, _ style: TextStyle) {
    self.wheel = wheel
    self.audit = audit
    self.style = style
  }

  var lines: [String] {
    [headline, ""] + claims + minimalTag + blockers + requirements + libraries + findings + notJudged
  }

  private var headline: String {
    let name = style.strong(printable(wheel.file))
    let broken = audit.claims.filter { !$0.isSatisfied }.count
    switch (wheel.status, audit.claims.count) {
    case (.clean, _): return "\(name): \(style.good(audit.claims.count == 1 ? "keeps its claim" : "keeps its claims"))"
    case (_, 1): return "\(name): \(style.bad("breaks its claim"))"
    default: return "\(name): \(style.bad("breaks \(broken) of its \(audit.claims.count) claims"))"
    }
  }

  // MARK: The verdict

  private var claims: [String] {
    let rows = audit.claims.map { claim in
      let label = claim.isOwn ? "claim" : "target"
      let promise = claim.tag.libcVersion.map { " (\(claim.tag.libc?.rawValue ?? "") \($0) or newer)" } ?? ""
      let verdict = claim.isSatisfied ? style.good("kept") : style.bad("broken")
      return ["\(label)", "\(printable(claim.tag.spelling))\(promise)", verdict]
    }
    return columns(rows, indent: 2)
  }

  private var minimalTag: [String] {
    let verdict = audit.verdict
    let alias = verdict.alias.map { ", also called \($0.rawValue)_\(audit.architecture)" } ?? ""
    let floor = verdict.libcFloor.map { "needs \(audit.libc) \($0)" } ?? "needs no libc"
    let words =
      verdict.profile == nil
      ? "no manylinux or musllinux tag is true of it" : "\(floor)\(alias)"
    return ["", "  minimal tag  \(style.strong(printable(verdict.minimalTag.spelling)))  (\(words))"]
  }

  // MARK: What stands in the way

  private var blockers: [String] {
    var sections: [String] = []
    var shown: [LibcVersion] = []
    for claim in audit.claims where !claim.isSatisfied {
      guard let version = claim.tag.libcVersion, claim.tag.libc == audit.libc, !shown.contains(version) else {
        continue
      }
      let above = audit.requirements.filter { $0.isAbove(version) }
      guard !above.isEmpty else { continue }
      shown.append(version)
      sections += [
        "", "  What breaks \(style.strong(printable(claim.tag.spelling))), which promises \(audit.libc) \(version):",
      ]
      sections += table(above)
    }
    if shown.isEmpty, audit.verdict.profile == nil {
      let none = audit.requirements.filter { $0.floor == .noProfile }
      if !none.isEmpty {
        sections += ["", "  What keeps it from every \(audit.libc.tagPrefix) tag:"] + table(none)
      }
    }
    if let older = audit.nextOlder, !shown.contains(older.version) {
      let above = audit.requirements.filter { $0.isAbove(older.version) }
      sections += ["", "  What stands between it and \(style.strong("\(older.tag(for: audit.architecture))")):"]
      sections += above.isEmpty ? ["    only the number: nothing in it needs more than \(older.version)"] : table(above)
    }
    return sections
  }

  /// Requirements by the object that brings them in.
  private func table(_ requirements: [Requirement]) -> [String] {
    var byObject: [String: [[String]]] = [:]
    for requirement in requirements {
      for demand in requirement.demands {
        byObject[demand.object, default: []].append(row(requirement, demand))
      }
    }
    let widths = columns(byObject.keys.sorted().flatMap { byObject[$0] ?? [] }, indent: 6)
    var lines: [String] = []
    var next = 0
    for object in byObject.keys.sorted() {
      lines.append("    \(printable(object))")
      let count = byObject[object]?.count ?? 0
      lines += widths[next..<next + count]
      next += count
    }
    return lines
  }

  private func row(_ requirement: Requirement, _ demand: Requirement.Demand) -> [String] {
    let floor = requirement.floor.version.map { "\(audit.libc) \($0)" } ?? "no profile"
    let symbols = demand.symbols.map(printable).joined(separator: ", ")
    let what: String =
      switch requirement.kind {
      case .library: "the library itself"
      case .symbolVersion: "\(printable(requirement.version ?? ""))\(symbols.isEmpty ? "" : ": \(symbols)")"
      case .symbol, .restrictedSymbol: symbols
      case .instructionSet: "instructions of \(printable(requirement.version ?? ""))"
      case .pythonABI: symbols.isEmpty ? "the library itself" : symbols
      case .relativeRelocations: "packed relative relocations (DT_RELR)"
      }
    let reason = requirement.reason.map { style.faint("  (\(printable($0)))") } ?? ""
    return [floor, printable(requirement.library ?? "-"), what + reason]
  }

  private var requirements: [String] {
    guard style.detail == .everything else { return [] }
    guard !audit.requirements.isEmpty else { return ["", "  It requires nothing of the system."] }
    return ["", "  All that it requires of the system:"] + table(audit.requirements)
  }

  // MARK: Libraries

  private var libraries: [String] {
    let needed = audit.objects.flatMap(\.needed)
    func names(_ resolution: ObjectReport.Needed.Resolution) -> [String] {
      Set(needed.filter { $0.resolution == resolution }.map(\.library)).sorted().map(printable)
    }
    var rows: [[String]] = []
    let kinds: [(ObjectReport.Needed.Resolution, String)] = [
      (.platform, "from the system"), (.bundled, "from the wheel"), (.unreachable, "in the wheel, out of reach"),
      (.external, "from nowhere"), (.excluded, "excluded"),
    ]
    for (kind, words) in kinds where kind != .platform || style.detail == .everything {
      let found = names(kind)
      if !found.isEmpty { rows.append([words, found.joined(separator: ", ")]) }
    }
    return rows.isEmpty ? [] : ["", "  Libraries its objects need:"] + columns(rows, indent: 4)
  }

  // MARK: The rest

  /// Findings that the tables above do not already show.
  private var findings: [String] {
    let shown: Set<Rule> = [
      .symbolVersion, .platformLibrary, .externalLibrary, .restrictedSymbol, .muslSymbol, .glibcSymbol, .instructionSet,
      .pythonABI,
      .libpython, .relativeRelocations,
    ]
    let rest = wheel.findings.filter { finding in
      guard finding.severity == .error && shown.contains(finding.rule) else {
        return finding.severity != .note || style.detail != .problems || wheel.status != .clean
      }
      return false
    }
    var lines: [String] = []
    for severity in Finding.Severity.allCases {
      let group = rest.filter { $0.severity == severity }
      guard !group.isEmpty else { continue }
      lines += ["", "  \(group.count == 1 ? severity.rawValue : "\(severity.rawValue)s"):"]
      for finding in group {
        let place = finding.object.map { "\(printable($0)): " } ?? ""
        lines.append("    \(paint(severity, finding.rule.rawValue))  \(place)\(printable(finding.message))")
        if let help = finding.help { lines.append("      \(style.faint("→ " + printable(help)))") }
      }
    }
    let remedies = Set(wheel.findings.filter { $0.severity == .error && shown.contains($0.rule) }.compactMap(\.help))
      .sorted()
    if !remedies.isEmpty {
      lines += ["", "  What to do:"] + remedies.map { "    → \(printable($0))" }
    }
    return lines
  }

  private func paint(_ severity: Finding.Severity, _ text: String) -> String {
    switch severity {
    case .error: style.bad(text)
    case .warning: style.doubtful(text)
    case .note: style.faint(text)
    }
  }

  private var notJudged: [String] {
    guard style.detail != .problems || wheel.status != .clean else { return [] }
    var parts = ["libraries opened at run time (dlopen)"]
    for (rule, words) in [
      (Rule.foreignArchitecture, "object for another architecture"), (.excludedLibrary, "excluded library"),
      (.unjudgedObject, "unloadable file"),
    ] {
      let count = wheel.findings.count { $0.rule == rule && $0.severity != .error }
      if count > 0 { parts.append(counted(count, words)) }
    }
    if !wheel.ignoredRules.isEmpty {
      parts.append("what the ignored rules found: \(wheel.ignoredRules.map(\.rawValue).joined(separator: ", "))")
    }
    return ["", "  \(style.faint("Not judged: \(parts.joined(separator: "; "))."))"]
  }
}
