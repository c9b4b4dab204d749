import BuildProfiles
public import WheelAudit
import WheelTags

/// The report for a job summary or a review comment: GitHub Flavored Markdown.
///
/// Names from files stand as code, which GitHub neither formats nor links nor takes for a person.
public struct MarkdownReport: Sendable {
  /// How many findings of a wheel are listed; GitHub refuses comments beyond 65,536 characters.
  static let limit = 50

  public init() {}

  public func render(_ report: AuditReport) -> String {
    var blocks = [["## Truewheel: \(headline(report))"]]
    if !report.wheels.isEmpty { blocks.append(overview(report.wheels)) }
    blocks += report.releases.filter { !$0.findings.isEmpty }.flatMap(together)
    for wheel in report.wheels where wheel.findings.contains(where: { $0.severity != .note }) {
      blocks.append(["### \(markdownCode(wheel.file))"])
      blocks += problems(wheel)
    }
    return blocks.map { $0.map { $0 + "\n" }.joined() }.joined(separator: "\n")
  }

  private func headline(_ report: AuditReport) -> String {
    let wheels = counted(report.wheels.count, "wheel")
    return report.wheels.isEmpty ? wheels : "\(wheels), \(report.tally(WheelReport.Status.worstFirst))"
  }

  // MARK: Wheels

  private func overview(_ wheels: [WheelReport]) -> [String] {
    table(
      ["wheel", "verdict", "minimal tag", "needs"],
      wheels.map { wheel in
        [
          markdownCode(wheel.file), outcome(wheel),
          wheel.audit.map { markdownCode($0.verdict.minimalTag.spelling) } ?? "", wheel.audit?.neededLibc ?? "",
        ]
      })
  }

  private func outcome(_ wheel: WheelReport) -> String {
    switch wheel.status {
    case .clean, .skipped: return wheel.outcome.description
    case .unreadable: return "**\(wheel.outcome)**"
    case .violations:
      let broken = (wheel.audit?.claims ?? []).filter { !$0.isSatisfied }.map { markdownCode($0.tag.spelling) }
      return "**breaks** \(broken.isEmpty ? "its claims" : broken.joined(separator: ", "))"
    }
  }

  /// What only the wheels of a release together show.
  private func together(_ release: Release) -> [[String]] {
    let rest = release.findings.count - Self.limit
    return [
      ["### \(markdownCode("\(release.name) \(release.version)"))"],
      release.findings.prefix(Self.limit).map { finding in
        "- \(finding.severity.rawValue) \(markdownCode(finding.rule.rawValue)): \(markdownSentence(finding.message))"
      } + (rest > 0 ? ["- and \(counted(rest, "more warning"))"] : []),
    ]
  }

  // MARK: Findings

  private func problems(_ wheel: WheelReport) -> [[String]] {
    let shown = wheel.findings.prefix(Self.limit)
    var blocks = [table(["", "rule", "object", "symbol or version", "what"], shown.map(row))]
    if wheel.findings.count > shown.count {
      blocks.append(["And \(counted(wheel.findings.count - shown.count, "more finding")): the other formats list all."])
    }
    let help = wheel.findings.compactMap(\.help).firstOccurrences()
    if !help.isEmpty {
      blocks.append(["What to do:"])
      blocks.append(help.prefix(Self.limit).map { "- \(markdownSentence($0))" })
    }
    return blocks
  }

  private func row(_ finding: Finding) -> [String] {
    [
      finding.severity.rawValue, markdownCode(finding.rule.rawValue), finding.object.map(markdownCode) ?? "",
      finding.shownVersionedSymbol.map(markdownCode) ?? "", markdownSentence(finding.message, symbol: finding.symbol),
    ]
  }

  private func table(_ titles: [String], _ rows: [[String]]) -> [String] {
    func line(_ cells: [String]) -> String { "| \(cells.map(markdownCell).joined(separator: " | ")) |" }
    return [line(titles), line(titles.map { _ in "---" })] + rows.map(line)
  }
}
