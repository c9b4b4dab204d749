import BuildProfiles
import WheelAudit
import WheelTags

extension HTMLWheel {
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

  var verdict: [Markup] {
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
        if !claim.isJudged {
          "<span class=\"badge\">– \(claim.outcome)</span>"
        } else if claim.isSatisfied {
          "<span class=\"badge good\">✓ \(claim.outcome)</span>"
        } else if report.isKnown(claim) {
          "<span class=\"badge doubtful\">✗ \(claim.outcome) (in the baseline)</span>"
        } else {
          "<span class=\"badge bad\">✗ \(claim.outcome)</span>"
        }
      return """
        <dt>\(claim.isOwn ? "Claim" : "Target")</dt><dd><code>\(claim.tag.spelling)</code>\(promise) \(mark)</dd>

        """
    }
  }

  private func minimalTag(_ audit: Audit) -> [Markup] {
    let floor: Markup = "<dt>Floor</dt><dd>\(audit.neededLibc ?? "it needs no libc")</dd>\n"
    guard let minimal = audit.minimalTag else {
      let names = audit.architectures.map(\.rawValue).joined(separator: ", ")
      return [
        "<dt>Minimal tag</dt><dd>none: its objects are for \(names), and a wheel is for one architecture</dd>\n", floor,
      ]
    }
    let verdict = audit.verdict
    let alias: Markup? = verdict.alias.map { alias in
      ", also called <code>\("\(alias.rawValue)_\(audit.architecture)")</code>"
    }
    let none: Markup? = verdict.profile == nil ? ": no manylinux or musllinux tag is true of it" : nil
    let tag: Markup = "<code class=\"tag\">\(minimal.spelling)</code>"
    return ["<dt>Minimal tag</dt><dd>\(tag)\(alias ?? "")\(none ?? "")</dd>\n", floor]
  }

  /// The one thing that costs most, and what would be gained without it.
  private func obstacle(_ audit: Audit) -> [Markup] {
    guard let obstacle = audit.obstacle else { return [] }
    let first = obstacle.requirement
    let gain: Markup? = (audit.minimalTag == nil ? nil : obstacle.tagWithout).map { tag in
      " Without \(obstacle.count == 1 ? "it" : "these") the minimal tag would be <code>\(tag.spelling)</code>."
    }
    let more = obstacle.count == 1 ? "" : ", and \(counted(obstacle.count - 1, "more thing")) like it"
    let objects = first.demands.map(\.object)
    let place: Markup? = objects.first.map { object in
      "<code>\(Markup.name(object))</code>\(objects.count == 1 ? "" : " and \(counted(objects.count - 1, "other"))")"
    }
    // Nothing is in the way of a wheel that may be called what it is called.
    let role = audit.claims.allSatisfy(\.isSatisfied) ? "Sets the floor" : "In the way"
    return [
      """
      <dt>\(role)</dt><dd>\(place ?? "the wheel") \(objects.count == 1 ? "needs" : "need") \
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
