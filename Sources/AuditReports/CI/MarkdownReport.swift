import BuildProfiles
public import WheelAudit
import WheelTags

/// The report for a job summary or a review comment: GitHub Flavored Markdown.
///
/// Names from files stand as code, which GitHub neither formats nor links nor takes for a person.
public struct MarkdownReport: Sendable {
  /// How many rows, and how many things to do, are listed of a wheel.
  static let limit = 50
  /// Characters beyond which GitHub refuses a comment; the summary of a step may have sixteen times as many bytes.
  static let size = 65_536
  /// Room for what says that something was left out.
  private static let reserve = 256

  public init() {}

  public func render(_ report: AuditReport) -> String {
    var page = MarkdownPage(room: Self.size)
    page.add(["## Truewheel: \(headline(report))"])
    let order = WheelReport.Status.worstFirst
    let wheels = order.flatMap { status in report.wheels.filter { $0.status == status } }
    if !wheels.isEmpty { addOverview(of: wheels, to: &page) }
    for release in report.releases where !release.findings.isEmpty { add(release, to: &page) }
    var rest = 0
    for wheel in wheels where wheel.findings.contains(where: { $0.severity != .note }) {
      var section = page.page(leaving: Self.reserve)
      if !add(wheel, to: &section) || !page.add(section) { rest += 1 }
    }
    if rest > 0 { page.add(["There is no room here for what was found in \(counted(rest, "more wheel"))."]) }
    return page.text
  }

  private func headline(_ report: AuditReport) -> String {
    let wheels = counted(report.wheels.count, "wheel")
    return report.wheels.isEmpty ? wheels : "\(wheels), \(report.tally(WheelReport.Status.worstFirst))"
  }

  // MARK: Wheels

  private func addOverview(of wheels: [WheelReport], to page: inout MarkdownPage) {
    var part = page.page(leaving: Self.size / 2)
    let head = MarkdownTable.head(["wheel", "verdict", "minimal tag", "needs"])
    let count = part.add(
      head,
      wheels.lazy.map { wheel in
        MarkdownTable.row([
          markdownCode(wheel.file), outcome(wheel),
          wheel.audit?.minimalTag.map { markdownCode($0.spelling) } ?? "", wheel.audit?.neededLibc ?? "",
        ])
      })
    if count > 0 { _ = page.add(part) }
    if count < wheels.count { page.add(["And \(counted(wheels.count - count, "more wheel"))."]) }
  }

  private func outcome(_ wheel: WheelReport) -> String {
    switch wheel.status {
    case .clean, .skipped: return wheel.outcome.description
    case .unreadable: return "**\(wheel.outcome)**"
    case .violations:
      guard wheel.packageErrors.isEmpty else {
        return wheel.isKnown ? wheel.outcome.description : "**\(wheel.outcome)**"
      }
      let broken = (wheel.audit?.claims ?? []).filter { !$0.isSatisfied }.map { markdownCode($0.tag.spelling) }
      let claims = broken.isEmpty ? "its claims" : broken.joined(separator: ", ")
      return wheel.isKnown ? "breaks \(claims) (in the baseline)" : "**breaks** \(claims)"
    }
  }

  /// What only the wheels of a release together show.
  private func add(_ release: Release, to page: inout MarkdownPage) {
    var section = page.page(leaving: Self.reserve)
    section.add(["### \(markdownCode("\(release.name) \(release.version)"))"])
    let count = section.add(
      [],
      release.findings.lazy.prefix(Self.limit).map { finding in
        let mark = finding.isKnown ? " (in the baseline)" : ""
        let what = markdownSentence(finding.message, naming: [finding.object] + finding.libraries)
        return "- \(finding.severity.rawValue)\(mark) \(markdownCode(finding.rule.rawValue)): \(what)"
      })
    let rest = release.findings.count - count
    if rest > 0 { section.add(["And \(counted(rest, "more warning"))."]) }
    _ = page.add(section)
  }

  // MARK: Findings

  /// - Returns: false where there is no room for any of it.
  private func add(_ wheel: WheelReport, to page: inout MarkdownPage) -> Bool {
    guard page.add(["### \(markdownCode(wheel.file))"]) else { return false }
    let joined = wheel.joinedFindings
    let head = MarkdownTable.head(["", "rule", "library", "symbols", "objects", "what"])
    var table = page.page(leaving: 2 * Self.reserve)
    let shown = table.add(head, joined.lazy.prefix(Self.limit).map { MarkdownTable.row(row($0)) })
    guard shown > 0, page.add(table) else { return false }
    let rest = joined.dropFirst(shown).reduce(0) { $0 + $1.findings.count }
    if rest > 0 { page.add(["And \(counted(rest, "more finding")): the other formats list all."]) }
    addAdvice(wheel.findingGroups, to: &page)
    return true
  }

  private func row(_ joined: JoinedFinding) -> [String] {
    let symbols = joined.findings.compactMap(\.shownVersionedSymbol).firstOccurrences()
    let more = joined.messageCount - 1
    return [
      joined.severity.rawValue + (joined.isKnown ? " (in the baseline)" : ""), markdownCode(joined.rule.rawValue),
      markdownNames(joined.libraries), markdownNames(symbols, showing: 3), markdownNames(joined.objects),
      (joined.first.map(sentence) ?? "") + (more > 0 ? " (and \(more) more like it)" : ""),
    ]
  }

  private func sentence(_ finding: Finding) -> String {
    markdownSentence(
      finding.shownMessage,
      naming: [
        finding.object, finding.library, finding.shownVersionedSymbol, finding.symbol.map(shown(symbol:)),
        finding.versionedSymbol, finding.symbol, finding.version, finding.tag?.spelling,
      ])
  }

  // MARK: What to do

  private func addAdvice(_ groups: [FindingGroup], to page: inout MarkdownPage) {
    let clauses =
      groups.filter { $0.kind.remedy != nil }.map(clause)
      + groups.compactMap(\.kind.alternative).firstOccurrences().map { "- or \(markdownSentence($0))" }
    guard !clauses.isEmpty else { return }
    var list = page.page(leaving: Self.reserve)
    list.add(["What to do:"])
    let told = list.add([], clauses.prefix(Self.limit))
    if told > 0 { _ = page.add(list) }
    let rest = clauses.count - told
    if rest > 0 { page.add(["And \(counted(rest, "more thing")) to do: the other formats list all."]) }
  }

  /// What to do behind what it is for, and what to paste.
  private func clause(_ group: FindingGroup) -> String {
    let subjects = group.subjects.isEmpty ? group.messages.flatMap(\.objects).firstOccurrences() : group.subjects
    let names = subjects.map(shown(symbol:))
    let subject = markdownNames(names, showing: 3)
    let sentence = markdownSentence(group.kind.remedy ?? "", naming: names.prefix(3).map { $0 })
    return "- " + (subject.isEmpty ? "" : subject + ": ") + sentence + block(group.block)
  }

  /// A line behind a colon, or several in a block of the item.
  private func block(_ lines: [String]) -> String {
    guard lines.count > 1 else { return lines.first.map { ": \(markdownCode($0))" } ?? "" }
    let shown = lines.prefix(Self.limit).map { printable($0) }
    let fence = markdownFence(for: shown.joined(), atLeast: 3)
    let more = lines.count > shown.count ? "\n\n  And \(lines.count - shown.count) more." : ""
    return ":\n\n" + ([fence] + shown + [fence]).map { "  " + $0 }.joined(separator: "\n") + more
  }
}

/// A table of GitHub Flavored Markdown.
private enum MarkdownTable {
  static func head(_ titles: [String]) -> [String] { [row(titles), row(titles.map { _ in "---" })] }

  static func row(_ cells: [String]) -> String { "| \(cells.map(markdownCell).joined(separator: " | ")) |" }
}
