import BuildProfiles
import WheelAudit
import WheelTags

/// The full text on one wheel, in the order in which one asks: what holds, what it may be called, what stands in the
/// way, where its libraries come from, what else to know.
struct WheelSection {
  let wheel: WheelReport
  let audit: Audit
  let style: TextStyle
  private let found: FindingSection

  init(_ wheel: WheelReport, _ audit: Audit, _ style: TextStyle) {
    self.wheel = wheel
    self.audit = audit
    self.style = style
    found = FindingSection(wheel, style, tabled: Set(audit.requirements.map(\.rule)))
  }

  var lines: [String] {
    [headline, ""] + claims + minimalTag + reach + (audit.consequence.map { ["", "  \($0)"] } ?? []) + blockers
      + found.remedies + found.errors + plans + requirements + libraries + found.remarks + notJudged
  }

  var warnings: [String] { found.warnings }

  private var headline: String {
    let words = wheel.outcome.words
    let outcome = wheel.status == .clean ? style.good(words) : wheel.isKnown ? style.doubtful(words) : style.bad(words)
    return "\(style.strong(printable(wheel.file))): \(outcome)"
  }

  /// The claims, then what the wheel may be called.
  private var claims: [String] {
    let rows = audit.claims.map { claim in
      let label = claim.isOwn ? "claim" : "target"
      let promise = claim.promise.map { " (\($0))" } ?? ""
      let isKnown = wheel.isKnown(claim)
      let outcome = claim.outcome + (isKnown ? " (in the baseline)" : "")
      let verdict =
        !claim.isJudged
        ? style.faint(outcome)
        : claim.isSatisfied ? style.good(outcome) : isKnown ? style.doubtful(outcome) : style.bad(outcome)
      return [label, "\(printable(claim.tag.spelling))\(promise)", verdict]
    }
    return columns(rows, indent: 2)
  }

  private var minimalTag: [String] {
    guard let tag = audit.minimalTag else {
      let names = audit.architectures.map(\.rawValue).joined(separator: ", ")
      return ["  minimal tag  none: its objects are for \(printable(names)), and a wheel is for one architecture"]
    }
    let verdict = audit.verdict
    let alias = verdict.alias.map { ", also called \($0.rawValue)_\(audit.architecture)" } ?? ""
    let needs = verdict.floorProfile == nil ? nil : "needs \(audit.neededLibc ?? "no libc")"
    let none = verdict.profile == nil ? "no manylinux or musllinux tag is true of it" : nil
    let words = [needs, none].compactMap { $0 }.joined(separator: ": ")
    return ["  minimal tag  \(style.strong(printable(tag.spelling)))\(alias)  (\(words))"]
  }

  /// On how many releases of distributions it runs, and which supported ones it leaves out.
  private var reach: [String] {
    guard let reach = audit.reach else { return [] }
    let total = reach.runs.count + reach.leavesOut.count
    let left = reach.leavesOut.map { release in
      "\(release.title) (\(release.versions[audit.architecture]?.description ?? ""))"
    }
    let words = "runs on \(reach.runs.count) of \(total) distribution releases supported on \(reach.date)"
    return ["  reach        \(words)" + (left.isEmpty ? "" : ", but not on \(style.some(left, limit: 5))")]
  }

  // MARK: Libraries

  /// Where libraries come from; what is missing stands above, and where something is wrong that is what matters.
  private var libraries: [String] {
    let libraries = audit.libraries
    let isAll = style.detail == .everything
    let shown: [ObjectReport.Needed.Resolution] =
      isAll ? ObjectReport.Needed.Resolution.allCases : wheel.status == .clean ? [.bundled, .excluded] : [.excluded]
    let rows = shown.compactMap { resolution -> [String]? in
      libraries[resolution].map { [resolution.words, style.some($0, limit: 3)] }
    }
    return rows.isEmpty ? [] : ["", "  Libraries its objects need:"] + columns(rows, indent: 4)
  }

  // MARK: What was not judged

  private var notJudged: [String] {
    let parts = ["libraries opened at run time (dlopen)"] + wheel.unjudged
    let more = style.detail == .everything ? "" : " All names: -v."
    return ["", "  \(style.faint("Not judged: \(parts.joined(separator: "; ")).\(more)"))"]
  }
}
