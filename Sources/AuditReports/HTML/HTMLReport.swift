import BuildProfiles
public import WheelAudit
import WheelTags

/// The report as one page that a browser shows without a network: for a person, to keep or to pass on.
///
/// Without JavaScript everything can be read; with it tables sort and filter, and the picture of a wheel's objects begins
/// wherever one likes.
public struct HTMLReport: Sendable {
  public init() {}

  public func render(_ report: AuditReport) -> String {
    let wheels = sections(report)
    let main = summary(wheels, report) + wheels.flatMap(\.section) + rules(report)
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
      <style>\(Markup.raw(HTMLStyle.source))\(Markup.raw(HTMLStyle.picture))</style>
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
      <script>\(script)</script>
      </body>
      </html>

      """
    return page.source
  }

  private var script: [Markup] {
    [Markup.raw(HTMLScript.source), Markup.raw(HTMLScript.layout), Markup.raw(HTMLScript.picture)]
  }

  /// Nothing is loaded, and nothing runs but the style and the script of this page.
  private static let policy =
    "default-src 'none'; style-src '\(HTMLStyle.hash)'; script-src '\(HTMLScript.hash)'; base-uri 'none'; "
    + "form-action 'none'"

  /// Those first that want to be looked at, which are not folded where they are few.
  private func sections(_ report: AuditReport) -> [HTMLWheel] {
    let wheels = WheelReport.Status.worstFirst.flatMap { status in report.wheels.filter { $0.status == status } }
    let failures = report.count(.violations) + report.count(.unreadable)
    return wheels.enumerated().map { index, wheel in
      let isFailure = wheel.status == .violations || wheel.status == .unreadable
      return HTMLWheel(
        wheel, number: index + 1, isAlone: wheels.count == 1, isOpen: isFailure && failures <= Self.openLimit)
    }
  }

  /// Of more failures than these the summary is to be read first.
  private static let openLimit = 5

  private func title(_ wheels: [HTMLWheel]) -> String {
    guard wheels.count == 1, let wheel = wheels.first else { return "Audit of \(wheels.count) wheels" }
    return "\(wheel.report.file): \(wheel.report.outcome)"
  }

  private func counts(_ report: AuditReport) -> [Markup] {
    guard report.wheels.count > 1 else { return [] }
    return ["<p>\(report.tally(WheelReport.Status.worstFirst)).</p>\n"]
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
