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
  /// True where its section shows more than its title at first.
  let isOpen: Bool

  init(_ report: WheelReport, number: Int, isAlone: Bool, isOpen: Bool) {
    self.report = report
    self.id = "wheel-\(number)"
    self.isAlone = isAlone
    self.isOpen = isOpen
  }

  var section: [Markup] {
    let contents = (verdict + details).map { part -> Markup in "\(part)\n" }
    let title: Markup = "<h2 id=\"\(id)-title\">\(Markup.name(report.file))</h2>"
    if isAlone {
      return ["<section id=\"\(id)\" aria-labelledby=\"\(id)-title\">\n\(title)\n\(contents)</section>"]
    }
    let open: Markup = isOpen ? " open" : ""
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
    return findings + matrix(audit) + requirements(audit) + reach(audit) + graph(audit)
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

  // MARK: Names

  /// A name or two as they are; of more the first, and how many more there are, with the rest folded.
  ///
  /// The folded ones stand in one element, each in a line of its own: a page has hundreds of thousands.
  func folded(_ names: [String]) -> Markup {
    guard let first = names.first else { return "" }
    let one: Markup = "<code>\(Markup.name(first))</code>"
    if names.count == 1 { return one }
    if names.count == 2 { return "\(one)<code class=\"lines\">\(Markup.name(names[1]))</code>" }
    let rest = names.dropFirst().map { name -> Markup in "\(name)" }.joined(by: "\n")
    let lines: Markup = "<code class=\"lines\">\(rest)</code>"
    return "<details><summary>\(one) and \(names.count - 1) more</summary>\(lines)</details>"
  }
}
