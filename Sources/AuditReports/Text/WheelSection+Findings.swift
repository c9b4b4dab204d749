import WheelAudit

extension WheelSection {
  private func isTabled(_ finding: Finding) -> Bool {
    finding.severity == .error && tabled.contains(finding.rule)
  }

  /// What breaks claims and stands in no table.
  var errors: [String] { group(.error) }

  /// What to do about the tables: each remedy with the symbols that it is for, then what can be done instead.
  var remedies: [String] {
    let findings = wheel.findings.filter(isTabled)
    let order = findings.compactMap(\.remedy).firstOccurrences()
    let subjects = Dictionary(grouping: findings, by: \.remedy).mapValues { findings in
      findings.compactMap { $0.symbol.map(shown(symbol:)) ?? $0.library }.firstOccurrences()
    }
    let shown = style.detail == .everything ? order : Array(order.prefix(6))
    var lines = shown.map { remedy in
      let names = subjects[remedy] ?? []
      let subject = names.isEmpty ? "" : style.strong(list(names)) + ": "
      return "    → \(subject)\(printable(remedy))"
    }
    if order.count > shown.count { lines.append("    → and \(order.count - shown.count) more (-v shows all)") }
    lines += Set(findings.compactMap(\.alternative)).sorted().map { "    → or \(printable($0))" }
    return lines.isEmpty ? [] : ["", "  What to do:"] + lines
  }

  /// What breaks no claim.
  var remarks: [String] { warnings + group(.note) }

  var warnings: [String] { group(.warning) }

  private func group(_ severity: Finding.Severity) -> [String] {
    let findings = wheel.findings.filter { $0.severity == severity && !isTabled($0) }
    guard !findings.isEmpty else { return [] }
    let remarks = Remark.remarks(on: findings)
    var lines = ["", "  \(severity.rawValue)\(remarks.count == 1 ? "" : "s"):"]
    for (position, remark) in remarks.enumerated() {
      let rule = paint(severity, remark.rule.rawValue)
      let message = printable(remark.message)
      switch remark.objects.count {
      case 0: lines.append("    \(rule)  \(message)")
      case 1: lines.append("    \(rule)  \(list(remark.objects)): \(message)")
      default:
        lines.append("    \(rule)  \(counted(remark.objects.count, "file")): \(message)")
        lines.append("      \(list(remark.objects))")
      }
      // Remarks of one kind have one remedy, which is said behind the last of them.
      let next = remarks.dropFirst(position + 1).first
      if let help = remark.help, next?.help != help { lines.append("      \(style.faint("→ " + printable(help)))") }
    }
    return lines
  }

  /// Names, all of them where everything is wanted; none is ever cut.
  private func list(_ names: [String]) -> String {
    let shown = style.detail == .everything ? names : Array(names.prefix(3))
    let rest = names.count > shown.count ? " and \(names.count - shown.count) more (-v shows all)" : ""
    return shown.map(printable).joined(separator: ", ") + rest
  }

  /// What findings on several objects have in common, said once.
  private struct Remark {
    let rule: Rule
    let message: String
    let help: String?
    var objects: [String]

    static func remarks(on findings: [Finding]) -> [Remark] {
      findings.reduce(into: []) { remarks, finding in
        let objects = finding.object.map { [$0] } ?? []
        let last = remarks.indices.last
        if let last, remarks[last].rule == finding.rule, remarks[last].message == finding.shownMessage,
          remarks[last].help == finding.help
        {
          remarks[last].objects += objects
        } else {
          remarks.append(
            Remark(rule: finding.rule, message: finding.shownMessage, help: finding.help, objects: objects))
        }
      }
    }
  }

  private func paint(_ severity: Finding.Severity, _ text: String) -> String {
    switch severity {
    case .error: style.bad(text)
    case .warning: style.doubtful(text)
    case .note: style.faint(text)
    }
  }
}
