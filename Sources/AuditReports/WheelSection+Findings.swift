import WheelAudit

extension WheelSection {
  /// The rules whose errors the tables of requirements show, symbol by symbol.
  private static let tabled: Set<Rule> = [
    .symbolVersion, .platformLibrary, .externalLibrary, .restrictedSymbol, .muslSymbol, .glibcSymbol, .instructionSet,
    .pythonABI, .libpython, .relativeRelocations,
  ]

  private func isTabled(_ finding: Finding) -> Bool {
    finding.severity == .error && Self.tabled.contains(finding.rule)
  }

  /// What breaks claims and stands in no table.
  var errors: [String] { group(.error) }

  /// What to do about the tables.
  var remedies: [String] {
    let help = Set(wheel.findings.filter(isTabled).compactMap(\.help)).sorted()
    return help.isEmpty ? [] : ["", "  What to do:"] + help.map { "    → \(printable($0))" }
  }

  /// What breaks no claim.
  var remarks: [String] { group(.warning) + group(.note) }

  private func group(_ severity: Finding.Severity) -> [String] {
    let findings = wheel.findings.filter { $0.severity == severity && !isTabled($0) }
    guard !findings.isEmpty else { return [] }
    var lines = ["", "  \(severity.rawValue)\(findings.count == 1 ? "" : "s"):"]
    for (position, finding) in findings.enumerated() {
      let place = finding.object.map { "\(printable($0)): " } ?? ""
      lines.append("    \(paint(severity, finding.rule.rawValue))  \(place)\(printable(finding.message))")
      // Findings of one kind have one remedy, which is said behind the last of them.
      let next = findings.dropFirst(position + 1).first
      if let help = finding.help, next?.help != help { lines.append("      \(style.faint("→ " + printable(help)))") }
    }
    return lines
  }

  private func paint(_ severity: Finding.Severity, _ text: String) -> String {
    switch severity {
    case .error: style.bad(text)
    case .warning: style.doubtful(text)
    case .note: style.faint(text)
    }
  }
}
