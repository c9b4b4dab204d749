import BuildProfiles
import WheelAudit
import WheelTags

/// The full text on one wheel, in the order in which one asks: what holds, what it may be called, what stands in the
/// way, where its libraries come from, what else to know.
struct WheelSection {
  let wheel: WheelReport
  let audit: Audit
  let style: TextStyle
  /// The rules whose errors the tables of requirements show, symbol by symbol.
  let tabled: Set<Rule>

  init(_ wheel: WheelReport, _ audit: Audit, _ style: TextStyle) {
    self.wheel = wheel
    self.audit = audit
    self.style = style
    tabled = Set(audit.requirements.map(\.rule))
  }

  var lines: [String] {
    [headline, ""] + claims + (audit.consequence.map { ["", "  \($0)"] } ?? []) + minimalTag + reach + blockers + errors
      + remedies + plans
      + requirements + libraries + remarks + notJudged
  }

  private var headline: String {
    let outcome = wheel.outcome.words
    return
      "\(style.strong(printable(wheel.file))): \(wheel.status == .clean ? style.good(outcome) : style.bad(outcome))"
  }

  private var claims: [String] {
    let rows = audit.claims.map { claim in
      let label = claim.isOwn ? "claim" : "target"
      let promise = claim.promise.map { " (\($0))" } ?? ""
      let verdict = claim.isSatisfied ? style.good("kept") : style.bad("broken")
      return [label, "\(printable(claim.tag.spelling))\(promise)", verdict]
    }
    return columns(rows, indent: 2)
  }

  private var minimalTag: [String] {
    let verdict = audit.verdict
    let alias = verdict.alias.map { ", also called \($0.rawValue)_\(audit.architecture)" } ?? ""
    let needs = verdict.floorProfile == nil ? nil : "needs \(audit.neededLibc ?? "no libc")"
    let none = verdict.profile == nil ? "no manylinux or musllinux tag is true of it" : nil
    let words = [needs, none].compactMap { $0 }.joined(separator: ": ")
    return ["", "  minimal tag  \(style.strong(printable(verdict.minimalTag.spelling)))\(alias)  (\(words))"]
  }

  /// On how many releases of distributions it runs, and which supported ones it leaves out.
  private var reach: [String] {
    guard let reach = audit.reach else { return [] }
    let total = reach.runs.count + reach.leavesOut.count
    let left = reach.leavesOut.map { release in
      "\(release.title) (\(release.versions[audit.architecture]?.description ?? ""))"
    }
    let words = "runs on \(reach.runs.count) of \(total) distribution releases supported on \(reach.date)"
    return ["  reach        \(words)" + (left.isEmpty ? "" : ", but not on \(left.joined(separator: ", "))")]
  }

  // MARK: Libraries

  private var libraries: [String] {
    let libraries = audit.libraries
    let rows = ObjectReport.Needed.Resolution.allCases.compactMap { resolution -> [String]? in
      guard let names = libraries[resolution], resolution != .platform || style.detail == .everything else {
        return nil
      }
      return [resolution.words, names.map(printable).joined(separator: ", ")]
    }
    return rows.isEmpty ? [] : ["", "  Libraries its objects need:"] + columns(rows, indent: 4)
  }

  // MARK: What was not judged

  private var notJudged: [String] {
    let parts = ["libraries opened at run time (dlopen)"] + wheel.unjudged
    return ["", "  \(style.faint("Not judged: \(parts.joined(separator: "; "))."))"]
  }
}
