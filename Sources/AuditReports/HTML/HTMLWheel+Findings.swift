import WheelAudit
import WheelTags

extension HTMLWheel {
  /// What is wrong and what to do about it; what is only good to know stands folded below.
  var findings: [Markup] {
    guard !report.findings.isEmpty else { return part("findings", "Findings", ["<p>There are none.</p>"]) }
    let groups = report.findingGroups
    let wrong = groups.filter { $0.kind.severity < .note }
    let notes = groups.filter { $0.kind.severity == .note }
    let shared = shared(wrong)
    var contents = list(wrong, shared)
    contents += shared.map { "<p class=\"help\"><span aria-hidden=\"true\">→</span> Or \($0)</p>" }
    if !notes.isEmpty {
      contents.append(
        """
        <details>
        <summary>Good to know: \(counted(count(.note), "note"))</summary>
        \(list(notes, [], limit: notes.count))
        </details>
        """)
    }
    return part("findings", wrong.isEmpty ? "Findings" : "What is wrong, and what to do", contents)
  }

  /// What can be done instead about several groups, in their order; it is said once, below them.
  private func shared(_ groups: [FindingGroup]) -> [String] {
    var seen: Set<String> = []
    return groups.compactMap(\.kind.alternative).filter { !seen.insert($0).inserted }.firstOccurrences()
  }

  /// The first groups, and the rest folded; without what is said below all of them.
  private func list(_ groups: [FindingGroup], _ shared: [String], limit: Int = 12) -> [Markup] {
    guard !groups.isEmpty else { return [] }
    let first: Markup = "<ul class=\"findings\">\n\(groups.prefix(limit).map { item($0, shared) })</ul>"
    guard groups.count > limit else { return [first] }
    let rest = groups.dropFirst(limit)
    return [
      first,
      """
      <details>
      <summary>\(rest.count) more</summary>
      <ul class="findings">
      \(rest.map { item($0, shared) })</ul>
      </details>
      """,
    ]
  }

  private func item(_ group: FindingGroup, _ shared: [String]) -> Markup {
    let first = group.kind
    let isShared = first.alternative.map(shared.contains) ?? false
    let help: Markup? = (isShared ? first.remedy : first.help).map {
      "\n<p class=\"help\"><span aria-hidden=\"true\">→</span> \($0)</p>"
    }
    return """
      <li class="finding \(first.severity.rawValue)">
      <p><span class="badge \(first.severity.style)">\(first.severity.mark) \(first.severity.rawValue)</span> \
      <a href="#rule-\(first.rule.rawValue)">\(first.rule.rawValue)</a>\(first.isKnown ? " (in the baseline)" : "")</p>
      \(messages(group))\(help ?? "")\(block(group))
      </li>

      """
  }

  /// Lines to paste; folded where they are many or long.
  private func block(_ group: FindingGroup) -> Markup {
    guard !group.block.isEmpty else { return "" }
    let lines = group.block.map { line -> Markup in "\(line)" }.joined(by: "\n")
    let block: Markup = "<code class=\"lines paste\">\(lines)</code>"
    let letters = group.block.reduce(0) { $0 + $1.utf8.count }
    guard group.block.count > 6 || letters > 300 else { return block }
    return "<details><summary>To paste</summary>\(block)</details>"
  }

  /// What is said, the first of it where it is much.
  private func messages(_ group: FindingGroup) -> Markup {
    let limit = 5
    let lines = group.messages.map { message -> Markup in
      let objects: Markup? = message.objects.isEmpty ? nil : "<div class=\"where\">\(folded(message.objects))</div>"
      return "<li>\(message.shownText)\(objects ?? "")</li>\n"
    }
    let first: Markup = "<ul class=\"messages\">\n\(Array(lines.prefix(limit)))</ul>"
    guard lines.count > limit else { return first }
    let rest = Array(lines.dropFirst(limit))
    return "\(first)<details><summary>and \(rest.count) more</summary><ul class=\"messages\">\n\(rest)</ul></details>"
  }
}

extension Finding.Severity {
  /// The class of its badge.
  var style: String {
    switch self {
    case .error: "bad"
    case .warning: "doubtful"
    case .note: "neutral"
    }
  }

  /// The sign before its name, for those who see no colours.
  var mark: String {
    switch self {
    case .error: "✗"
    case .warning: "!"
    case .note: "i"
    }
  }
}
