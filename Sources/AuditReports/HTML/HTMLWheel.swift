import BuildProfiles
import WheelAudit
import WheelTags

/// What a page says of one wheel, in the order in which one asks.
struct HTMLWheel {
  let report: WheelReport
  /// What the ids of its section begin with.
  let id: String
  /// True when the page is about this wheel only.
  let isAlone: Bool
  /// The day for which to say where the wheel runs.
  let date: CalendarDate?

  init(_ report: WheelReport, number: Int, isAlone: Bool, date: CalendarDate?) {
    self.date = date
    self.report = report
    self.id = "wheel-\(number)"
    self.isAlone = isAlone
  }

  var section: [Markup] {
    let contents = (verdict + details).map { part -> Markup in "\(part)\n" }
    let title: Markup = "<h2 id=\"\(id)-title\">\(report.file)</h2>"
    if isAlone {
      return ["<section id=\"\(id)\" aria-labelledby=\"\(id)-title\">\n\(title)\n\(contents)</section>"]
    }
    let open: Markup = report.status == .clean || report.status == .skipped ? "" : " open"
    return [
      """
      <section id="\(id)" aria-labelledby="\(id)-title">
      <details class="wheel"\(open)>
      <summary>\(title) \(badge)</summary>
      \(contents)</details>
      </section>
      """
    ]
  }

  private var details: [Markup] {
    guard let audit = report.audit else { return findings }
    return matrix(audit) + reach(audit) + requirements(audit) + findings + graph(audit)
  }

  /// A part of the section under a heading of its own.
  func part(_ name: String, _ title: String, _ contents: [Markup]) -> [Markup] {
    let lines = contents.map { line -> Markup in "\(line)\n" }
    return [
      """
      <section id="\(id)-\(name)" aria-labelledby="\(id)-\(name)-title">
      <h3 id="\(id)-\(name)-title">\(title)</h3>
      \(lines)</section>
      """
    ]
  }

  func count(_ severity: Finding.Severity) -> Int {
    report.findings.count { $0.severity == severity }
  }

  // MARK: The verdict

  /// The verdict in a few words.
  var outcome: String {
    switch report.status {
    case .unreadable: "could not be audited"
    case .skipped: "skipped: nothing to judge"
    case .clean, .violations: text?.outcome ?? "not judged"
    }
  }

  /// The same, with a colour and a mark.
  var badge: Markup {
    switch report.status {
    case .clean: "<span class=\"badge good\">✓ \(outcome)</span>"
    case .violations: "<span class=\"badge bad\">✗ \(outcome)</span>"
    case .unreadable: "<span class=\"badge bad\">! \(outcome)</span>"
    case .skipped: "<span class=\"badge\">– \(outcome)</span>"
    }
  }

  /// The oldest libc it needs, in words.
  var floor: String? {
    report.audit.map { audit in audit.verdict.libcFloor.map { "\(audit.libc) \($0)" } ?? "no libc" }
  }

  private var text: WheelSection? {
    report.audit.map { WheelSection(report, $0, TextStyle(isColored: false, detail: .everything)) }
  }

  private var verdict: [Markup] {
    var lines: [Markup] = isAlone ? ["<p class=\"verdict\">\(badge)</p>"] : []
    guard let audit = report.audit else { return lines }
    if let consequence = text?.consequence { lines.append("<p>\(consequence)</p>") }
    lines.append("<dl class=\"facts\">\n\(claims(audit) + minimalTag(audit) + obstacle(audit) + notJudged)</dl>")
    return lines
  }

  private func claims(_ audit: Audit) -> [Markup] {
    audit.claims.map { claim in
      let promise = claim.tag.libcVersion.map { " promises \(claim.tag.libc?.rawValue ?? "libc") \($0) or newer" } ?? ""
      let mark: Markup =
        claim.isSatisfied ? "<span class=\"badge good\">✓ kept</span>" : "<span class=\"badge bad\">✗ broken</span>"
      return """
        <dt>\(claim.isOwn ? "Claim" : "Target")</dt><dd><code>\(claim.tag.spelling)</code>\(promise) \(mark)</dd>

        """
    }
  }

  private func minimalTag(_ audit: Audit) -> [Markup] {
    let verdict = audit.verdict
    let alias: Markup? = verdict.alias.map { alias in
      ", also called <code>\("\(alias.rawValue)_\(audit.architecture)")</code>"
    }
    let none: Markup? = verdict.profile == nil ? ": no manylinux or musllinux tag is true of it" : nil
    let tag: Markup = "<code class=\"tag\">\(verdict.minimalTag.spelling)</code>"
    return [
      "<dt>Minimal tag</dt><dd>\(tag)\(alias ?? "")\(none ?? "")</dd>\n",
      "<dt>Floor</dt><dd>\(verdict.libcFloor.map { "\(audit.libc) \($0)" } ?? "it needs no libc")</dd>\n",
    ]
  }

  /// The one thing that costs most, and what would be gained without it.
  private func obstacle(_ audit: Audit) -> [Markup] {
    guard let highest = audit.requirements.map(\.floor).max() else { return [] }
    let isHarmful = audit.claims.contains { !$0.isSatisfied }
    guard isHarmful || audit.nextOlder != nil else { return [] }
    let top = audit.requirements.filter { $0.floor == highest }
    guard let first = top.first else { return [] }
    let without = audit.minimalTag(for: audit.requirements.filter { $0.floor != highest })
    let gain: Markup? =
      without == audit.verdict.minimalTag
      ? nil
      : " Without \(top.count == 1 ? "it" : "these") the minimal tag would be <code>\(without.spelling)</code>."
    let more = top.count == 1 ? "" : ", and \(counted(top.count - 1, "more thing")) like it"
    let objects = first.demands.map(\.object)
    let place: Markup? = objects.first.map { object in
      "<code>\(object)</code>\(objects.count == 1 ? "" : " and \(counted(objects.count - 1, "other"))")"
    }
    return [
      """
      <dt>In the way</dt><dd>\(place ?? "the wheel") \(objects.count == 1 ? "needs" : "need") \
      \(summary(first)) (\(floorWords(highest, audit)))\(more).\(gain ?? "")</dd>

      """
    ]
  }

  private var notJudged: [Markup] {
    report.unjudged.isEmpty ? [] : ["<dt>Not judged</dt><dd>\(report.unjudged.joined(separator: "; "))</dd>\n"]
  }

  func floorWords(_ floor: Floor, _ audit: Audit) -> String {
    floor.version.map { "\(audit.libc) \($0)" } ?? "in no profile"
  }
}
