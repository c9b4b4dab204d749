import WheelAudit
import WheelTags

extension HTMLWheel {
  /// Every finding; those of one kind stand together.
  var findings: [Markup] {
    guard !report.findings.isEmpty else { return part("findings", "Findings", ["<p>There are none.</p>"]) }
    let items = report.findingGroups.map(item)
    return part("findings", "Findings", ["<ul class=\"findings\">\n\(items)</ul>"])
  }

  private func item(_ group: FindingGroup) -> Markup {
    let first = group.kind
    let help: Markup? = first.help.map { "\n<p class=\"help\"><span aria-hidden=\"true\">→</span> \($0)</p>" }
    return """
      <li class="finding \(first.severity.rawValue)">
      <p><span class="badge \(first.severity.style)">\(first.severity.mark) \(first.severity.rawValue)</span> \
      <a href="#rule-\(first.rule.rawValue)">\(first.rule.rawValue)</a></p>
      \(messages(group))\(help ?? "")
      </li>

      """
  }

  private func messages(_ group: FindingGroup) -> Markup {
    let lines = group.messages.map { message -> Markup in
      let objects: Markup? = message.objects.isEmpty ? nil : " \(folded(message.objects, "object"))"
      return "<li>\(message.shownText)\(objects ?? "")</li>"
    }
    if lines.count == 1 { return "<ul class=\"messages\">\(lines)</ul>" }
    let list: Markup = "<ul class=\"messages\">\(lines)</ul>"
    return lines.count <= 5 ? list : "<details><summary>\(counted(lines.count, "finding"))</summary>\(list)</details>"
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
