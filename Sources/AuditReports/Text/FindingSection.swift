import WheelAudit

/// What the text on a wheel says of its findings, by what can be done about them.
struct FindingSection {
  private let wheel: WheelReport
  private let style: TextStyle
  /// The rules whose errors tables of requirements show, symbol by symbol.
  private let tabled: Set<Rule>

  init(_ wheel: WheelReport, _ style: TextStyle, tabled: Set<Rule>) {
    (self.wheel, self.style, self.tabled) = (wheel, style, tabled)
  }

  /// All of it, where there are no tables.
  var all: [String] { errors + remarks }

  private func isTabled(_ group: FindingGroup) -> Bool {
    group.kind.severity == .error && tabled.contains(group.kind.rule)
  }

  /// What breaks claims and stands in no table.
  var errors: [String] { section(.error) }

  /// What to do about the tables: each remedy with the names that it is for, then what can be done instead.
  var remedies: [String] {
    let groups = wheel.findingGroups.filter(isTabled).filter { $0.kind.remedy != nil }
    guard !groups.isEmpty else { return [] }
    let limit = 5
    let told = style.detail == .everything || groups.count <= limit + 1 ? groups[...] : groups.prefix(limit)
    var lines = told.flatMap { group -> [String] in
      let subject =
        group.subjects.isEmpty ? "" : "\(style.strong(style.some(group.subjects, limit: 3, shown(symbol:)))): "
      return ["    → \(subject)\(printable(group.kind.remedy ?? ""))"] + block(group)
    }
    if groups.count > told.count { lines.append("    → and \(groups.count - told.count) more (-v shows all)") }
    lines += groups.compactMap(\.kind.alternative).firstOccurrences().map { "    → or \(printable($0))" }
    return ["", "  What to do:"] + lines
  }

  /// Lines to paste.
  private func block(_ group: FindingGroup) -> [String] {
    let limit = 3
    let all = group.block
    let shown = style.detail == .everything || all.count <= limit + 1 ? all[...] : all.prefix(limit)
    let more = all.count > shown.count ? ["        and \(all.count - shown.count) more (-v shows all)"] : []
    return shown.map { verbatim("        \(printable($0))") } + more
  }

  /// What breaks no claim.
  var remarks: [String] { warnings + section(.note) }

  var warnings: [String] { section(.warning) }

  private func section(_ severity: Finding.Severity) -> [String] {
    let groups = wheel.findingGroups.filter { $0.kind.severity == severity && !isTabled($0) }
    guard !groups.isEmpty else { return [] }
    let count = groups.reduce(0) { $0 + $1.messages.count }
    return ["", "  \(severity.rawValue)\(count == 1 ? "" : "s"):"] + groups.flatMap(lines)
  }

  /// What is said of a group: the first message, how many more are like it, and what to do about all of them.
  private func lines(_ group: FindingGroup) -> [String] {
    let rule = paint(group.kind.severity, group.kind.rule.rawValue)
    let isAll = style.detail == .everything
    let limit = isAll ? group.messages.count : group.messages.count == 2 ? 2 : 1
    var lines: [String] = group.messages.prefix(limit).map { message in
      let place = message.objects.isEmpty ? "" : "\(style.some(message.objects, limit: 1)): "
      let mark = group.kind.isKnown ? " (in the baseline)" : ""
      return "    \(rule)  \(place)\(printable(message.shownText))\(mark)"
    }
    let rest = group.messages.dropFirst(limit)
    if !rest.isEmpty {
      let names = rest.flatMap { $0.objects.isEmpty ? [$0.shownText] : $0.objects }.firstOccurrences()
      lines.append("      and \(rest.count) more like it: \(style.some(names, limit: 2))")
    }
    if let remedy = group.kind.help { lines.append("      \(style.faint("→ " + printable(remedy)))") }
    return lines + block(group)
  }

  private func paint(_ severity: Finding.Severity, _ text: String) -> String {
    switch severity {
    case .error: style.bad(text)
    case .warning: style.doubtful(text)
    case .note: style.faint(text)
    }
  }
}
