import BuildProfiles
public import WheelAudit
import WheelTags

/// The report as one page that a browser shows without a network: for a person, to keep or to pass on.
///
/// Without JavaScript everything can be read; with it tables sort and filter.
public struct HTMLReport: Sendable {
  public init() {}

  public func render(_ report: AuditReport) -> String {
    let wheels = report.wheels.enumerated().map {
      HTMLWheel($1, number: $0 + 1, isAlone: report.wheels.count == 1)
    }
    let main = summary(wheels, report.releases) + wheels.flatMap(\.section) + rules(report)
    let page: Markup = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <meta name="generator" content="truewheel \(report.toolVersion)">
      <title>\(title(wheels))</title>
      <style>\(Markup.raw(HTMLStyle.source))</style>
      </head>
      <body>
      <a class="skip" href="#main">Skip to the report</a>
      <header>
      <h1>\(wheels.count == 1 ? "Audit of a wheel" : "Audit of \(wheels.count) wheels")</h1>
      \(counts(report))\
      </header>
      <main id="main" tabindex="-1">
      \(main.map { "\($0)\n" })</main>
      <footer>
      <p>Made by truewheel \(report.toolVersion). What a program loads by itself (dlopen) cannot be seen in its files \
      and is not judged.</p>
      </footer>
      <script>\(Markup.raw(HTMLScript.source))</script>
      </body>
      </html>

      """
    return page.source
  }

  /// Nothing is loaded, and nothing runs but the style and the script of this page.
  private static let policy =
    "default-src 'none'; style-src '\(HTMLStyle.hash)'; script-src '\(HTMLScript.hash)'; base-uri 'none'; "
    + "form-action 'none'"

  private func title(_ wheels: [HTMLWheel]) -> String {
    guard wheels.count == 1, let wheel = wheels.first else { return "Audit of \(wheels.count) wheels" }
    return "\(wheel.report.file): \(wheel.report.outcome)"
  }

  private func counts(_ report: AuditReport) -> [Markup] {
    guard report.wheels.count > 1 else { return [] }
    return ["<p>\(report.tally(WheelReport.Status.worstFirst)).</p>\n"]
  }

  // MARK: Several wheels

  private func summary(_ wheels: [HTMLWheel], _ releases: [Release]) -> [Markup] {
    guard wheels.count > 1 else { return [] }
    let rows = wheels.map { wheel -> Markup in
      let tag = wheel.report.audit.map { audit -> Markup in
        "<code>\(audit.verdict.minimalTag.spelling)</code>"
      }
      return """
        <tr><th scope="row"><a href="#\(wheel.id)">\(wheel.report.file)</a></th><td>\(wheel.badge)</td>\
        <td>\(tag ?? "–")</td><td>\(wheel.report.audit.map { $0.neededLibc ?? "no libc" } ?? "–")</td><td>\(wheel.count(.error))</td>\
        <td>\(wheel.count(.warning))</td></tr>

        """
    }
    return [
      """
      <section id="wheels" aria-labelledby="wheels-title">
      <h2 id="wheels-title">The wheels</h2>
      <div class="scroll" tabindex="0" role="region" aria-labelledby="wheels-title">
      <table data-sortable>
      <thead><tr><th scope="col">Wheel</th><th scope="col">Verdict</th><th scope="col">Minimal tag</th>\
      <th scope="col">Floor</th><th scope="col">Errors</th><th scope="col">Warnings</th></tr></thead>
      <tbody>
      \(rows)</tbody>
      </table>
      </div>
      \(releases.filter { !$0.findings.isEmpty }.map(together))</section>
      """
    ]
  }

  /// What only the wheels of a release together show.
  private func together(_ release: Release) -> Markup {
    let items = release.findings.map { finding -> Markup in
      """
      <li><span class="badge \(finding.severity.style)">\(finding.severity.mark) \(finding.severity.rawValue)</span> \
      <a href="#rule-\(finding.rule.rawValue)">\(finding.rule.rawValue)</a>: \(finding.message)</li>

      """
    }
    return """
      <h3>\(release.name) \(release.version)</h3>
      <ul>
      \(items)</ul>

      """
  }

  // MARK: Rules

  /// What the rules mean that found something.
  private func rules(_ report: AuditReport) -> [Markup] {
    let spoken = Set(
      report.wheels.flatMap { $0.findings.map(\.rule) + $0.ignoredRules }
        + report.releases.flatMap { $0.findings.map(\.rule) })
    let rules = Rule.allCases.filter(spoken.contains).map { rule -> Markup in
      let text = rule.definition
      return """
        <details class="rule" id="rule-\(rule.rawValue)">
        <summary><code>\(rule.rawValue)</code> \(text.title)</summary>
        <dl>
        <dt>What is the case</dt><dd>\(text.what)</dd>
        <dt>Why it matters</dt><dd>\(text.why)</dd>
        <dt>What can be done</dt><dd>\(text.remedy)</dd>
        <dt>Where it stands</dt><dd>\(text.source)</dd>
        </dl>
        </details>

        """
    }
    guard !rules.isEmpty else { return [] }
    return [
      """
      <section id="rules" aria-labelledby="rules-title">
      <h2 id="rules-title">The rules explained</h2>
      \(rules)</section>
      """
    ]
  }
}
