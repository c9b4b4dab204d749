import BuildProfiles
import WheelAudit
import WheelTags

/// The full text on one wheel, in the order in which one asks: what holds, what it may be called, what stands in the
/// way, where its libraries come from, what else to know.
struct WheelSection {
  let wheel: WheelReport
  let audit: Audit
  let style: TextStyle
  /// The day for which to say where the wheel runs.
  private let date: CalendarDate?
  /// The rules whose errors the tables of requirements show, symbol by symbol.
  let tabled: Set<Rule>

  init(_ wheel: WheelReport, _ audit: Audit, _ style: TextStyle, date: CalendarDate? = nil) {
    self.wheel = wheel
    self.audit = audit
    self.style = style
    self.date = date
    tabled = Set(audit.requirements.map(\.rule))
  }

  var lines: [String] {
    [headline, ""] + claims + (consequence.map { ["", "  \($0)"] } ?? []) + minimalTag + reach + blockers + errors
      + remedies + plans
      + requirements + libraries + remarks + notJudged
  }

  private var headline: String {
    "\(style.strong(printable(wheel.file))): \(wheel.status == .clean ? style.good(outcome) : style.bad(outcome))"
  }

  /// The verdict in a few words.
  var outcome: String {
    let own = audit.claims.filter(\.isOwn)
    let broken = own.filter { !$0.isSatisfied }.count
    let claims = own.count == 1 ? "its claim" : "its claims"
    if wheel.status == .clean { return "keeps \(claims)" }
    if broken == own.count { return "breaks \(claims)" }
    return broken == 0 ? "keeps \(claims), but not all targets" : "breaks \(broken) of its \(own.count) claims"
  }

  private var claims: [String] {
    let rows = audit.claims.map { claim in
      let label = claim.isOwn ? "claim" : "target"
      let promise = claim.tag.libcVersion.map { " (\(claim.tag.libc?.rawValue ?? "") \($0) or newer)" } ?? ""
      let verdict = claim.isSatisfied ? style.good("kept") : style.bad("broken")
      return [label, "\(printable(claim.tag.spelling))\(promise)", verdict]
    }
    return columns(rows, indent: 2)
  }

  /// What a broken claim means for those who install the wheel.
  var consequence: String? {
    guard
      let claim = audit.claims.first(where: { $0.isOwn && !$0.isSatisfied && $0.tag.libc == audit.libc }),
      let promised = claim.tag.libcVersion
    else { return nil }
    let systems = "every \(audit.architecture) Linux with \(audit.libc) \(promised) or newer"
    if audit.requirements.contains(where: { $0.floor == .noProfile }) {
      return "Installers offer it to \(systems), and no such system is sure to have all that it needs."
    }
    guard let floor = audit.verdict.libcFloor?.series, floor > promised else { return nil }
    return "Installers offer it to \(systems). It cannot be loaded where that is older than \(floor)."
  }

  private var minimalTag: [String] {
    let verdict = audit.verdict
    let alias = verdict.alias.map { ", also called \($0.rawValue)_\(audit.architecture)" } ?? ""
    let floor = verdict.libcFloor.map { "needs \(audit.libc) \($0)" } ?? "needs no libc"
    let words = verdict.profile == nil ? "no manylinux or musllinux tag is true of it" : floor
    return ["", "  minimal tag  \(style.strong(printable(verdict.minimalTag.spelling)))\(alias)  (\(words))"]
  }

  /// On how many releases of distributions it runs, and which supported ones it leaves out.
  private var reach: [String] {
    guard let reach = audit.reach(at: date) else { return [] }
    let total = reach.runs.count + reach.leavesOut.count
    let left = reach.leavesOut.map { release in
      "\(release.title) (\(release.versions[audit.architecture]?.description ?? ""))"
    }
    let words = "runs on \(reach.runs.count) of \(total) distribution releases supported on \(reach.date)"
    return ["  reach        \(words)" + (left.isEmpty ? "" : ", but not on \(left.joined(separator: ", "))")]
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

  // MARK: What was not judged

  private var notJudged: [String] {
    let parts = ["libraries opened at run time (dlopen)"] + wheel.unjudged
    return ["", "  \(style.faint("Not judged: \(parts.joined(separator: "; "))."))"]
  }
}

extension WheelReport {
  /// What of this wheel took no part in the verdict, in words.
  var unjudged: [String] {
    let kinds: [(rule: Rule, one: String, many: String)] = [
      (.foreignArchitecture, "object for another architecture", "objects for other architectures"),
      (.excludedLibrary, "excluded library", "excluded libraries"),
      (.unjudgedObject, "file that nothing loads", "files that nothing loads"),
    ]
    var parts: [String] = []
    for (rule, one, many) in kinds {
      let found = findings.filter { $0.rule == rule && $0.severity != .error }
      // Two objects may need the same excluded library.
      let count = Set(found.map { rule == .excludedLibrary ? $0.library : $0.object }).count
      if count > 0 { parts.append("\(count) \(count == 1 ? one : many)") }
    }
    if !ignoredRules.isEmpty {
      parts.append("findings of ignored rules (\(ignoredRules.map(\.rawValue).joined(separator: ", ")))")
    }
    return parts
  }
}
