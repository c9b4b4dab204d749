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

  init(_ report: WheelReport, number: Int, isAlone: Bool) {
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

  /// The verdict in a few words, with a colour and a mark.
  var badge: Markup {
    let words = report.outcome.description
    return switch report.status {
    case .clean: "<span class=\"badge good\">✓ \(words)</span>"
    case .violations: "<span class=\"badge \(report.isKnown ? "doubtful" : "bad")\">✗ \(words)</span>"
    case .unreadable: "<span class=\"badge bad\">! \(words)</span>"
    case .skipped: "<span class=\"badge\">– \(words)</span>"
    }
  }

  private var verdict: [Markup] {
    var lines: [Markup] = isAlone ? ["<p class=\"verdict\">\(badge)</p>"] : []
    guard let audit = report.audit else { return lines }
    if let consequence = audit.consequence { lines.append("<p>\(consequence)</p>") }
    lines.append(
      "<dl class=\"facts\">\n\(claims(audit) + minimalTag(audit) + obstacle(audit) + notJudged + known)</dl>")
    return lines
  }

  private func claims(_ audit: Audit) -> [Markup] {
    audit.claims.map { claim in
      let promise = claim.promise.map { " promises \($0)" } ?? ""
      let mark: Markup =
        claim.isSatisfied
        ? "<span class=\"badge good\">✓ kept</span>"
        : report.isKnown(claim)
          ? "<span class=\"badge doubtful\">✗ broken (in the baseline)</span>"
          : "<span class=\"badge bad\">✗ broken</span>"
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
      "<dt>Floor</dt><dd>\(audit.neededLibc ?? "it needs no libc")</dd>\n",
    ]
  }

  /// The one thing that costs most, and what would be gained without it.
  private func obstacle(_ audit: Audit) -> [Markup] {
    guard let obstacle = audit.obstacle else { return [] }
    let first = obstacle.requirement
    let gain: Markup? = obstacle.tagWithout.map { tag in
      " Without \(obstacle.count == 1 ? "it" : "these") the minimal tag would be <code>\(tag.spelling)</code>."
    }
    let more = obstacle.count == 1 ? "" : ", and \(counted(obstacle.count - 1, "more thing")) like it"
    let objects = first.demands.map(\.object)
    let place: Markup? = objects.first.map { object in
      "<code>\(object)</code>\(objects.count == 1 ? "" : " and \(counted(objects.count - 1, "other"))")"
    }
    return [
      """
      <dt>In the way</dt><dd>\(place ?? "the wheel") \(objects.count == 1 ? "needs" : "need") \
      \(summary(first)) (\(words(first.range, audit)))\(more).\(gain ?? "")</dd>

      """
    ]
  }

  private var notJudged: [Markup] {
    report.unjudged.isEmpty ? [] : ["<dt>Not judged</dt><dd>\(report.unjudged.joined(separator: "; "))</dd>\n"]
  }

  private var known: [Markup] {
    let count = report.findings.count(where: \.isKnown)
    return count == 0 ? [] : ["<dt>In the baseline</dt><dd>\(counted(count, "finding"))</dd>\n"]
  }

  func words(_ range: LibcRange, _ audit: Audit) -> String {
    range.words.map { "\(audit.libc) \($0)" } ?? "in no profile"
  }
}
