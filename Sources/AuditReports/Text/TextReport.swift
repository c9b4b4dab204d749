public import WheelAudit
import WheelTags

/// The report for a person: what holds, what the wheel may be called, what stands in the way, what else to know.
public struct TextReport: Sendable {
  private let style: TextStyle

  public init(_ style: TextStyle) {
    self.style = style
  }

  public func render(_ report: AuditReport) -> String {
    var lines: [String] = []
    for wheel in report.wheels {
      let section = self.lines(wheel)
      // Sections stand apart; single lines stand together.
      if section.count > 1, lines.last?.isEmpty == false { lines.append("") }
      lines += section
      if section.count > 1 { lines.append("") }
    }
    if lines.last?.isEmpty == true { lines.removeLast() }
    if report.wheels.count > 1, style.detail > .silence {
      lines +=
        ReleaseTable(report.releases, style).lines + [
          "", "\(counted(report.wheels.count, "wheel")): \(report.tally())",
        ]
    }
    return lines.flatMap { wrapped($0, to: style.width) }.map { $0 + "\n" }.joined()
  }

  private func lines(_ wheel: WheelReport) -> [String] {
    let name = style.strong(printable(wheel.file))
    switch wheel.status {
    case .unreadable:
      return ["\(name): \(style.bad(wheel.outcome.words))"] + list(wheel.findings)
    case .skipped:
      if style.detail == .silence { return [] }
      let outcome = wheel.outcome
      return ["\(name): \(style.doubtful(outcome.words)): \(outcome.reason ?? "")"] + list(wheel.findings)
    case .clean, .violations:
      guard let audit = wheel.audit else {
        let outcome = wheel.outcome.words
        let found = FindingSection(wheel, style, tabled: [])
        return ["\(name): \(wheel.isKnown ? style.doubtful(outcome) : style.bad(outcome))"] + found.all
      }
      let section = WheelSection(wheel, audit, style)
      guard wheel.status == .clean, style.detail <= .problems else { return section.lines }
      if style.detail == .silence, section.warnings.isEmpty { return [] }
      let asides = (audit.minimalTag.map { ["minimal tag \(printable($0.spelling))"] } ?? []) + unjudged(wheel)
      let refusal = printable(wheel.refusal)
      let verdict = style.good(promise(audit)) + (refusal.isEmpty ? "" : style.doubtful(refusal))
      return ["\(name): \(verdict) (\(asides.joined(separator: "; ")))"]
        + section.warnings.dropFirst()
    }
  }

  private func list(_ findings: [Finding]) -> [String] {
    findings.map { finding in
      let place = finding.rule == .unreadable ? "" : finding.object.map { printable($0) + ": " } ?? ""
      return "  \(place)\(printable(finding.message))"
    }
  }

  private func promise(_ audit: Audit) -> String {
    func tags(_ isOwn: Bool, _ one: String, _ many: String) -> [String] {
      let tags = audit.claims.filter { $0.isOwn == isOwn && $0.isJudged }.map { printable($0.tag.spelling) }
      return tags.isEmpty ? [] : ["\(tags.count == 1 ? one : many) \(tags.joined(separator: ", "))"]
    }
    let promises = tags(true, "its claim", "its claims") + tags(false, "the target", "the targets")
    return "keeps \(promises.joined(separator: " and "))"
  }

  private func unjudged(_ wheel: WheelReport) -> [String] {
    wheel.unjudged.isEmpty ? [] : ["not judged: \(wheel.unjudged.joined(separator: ", "))"]
  }
}
