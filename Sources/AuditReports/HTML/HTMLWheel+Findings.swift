import WheelAudit
import WheelTags

extension HTMLWheel {
  /// Every finding; those of one kind stand together.
  var findings: [Markup] {
    guard !report.findings.isEmpty else { return part("findings", "Findings", ["<p>There are none.</p>"]) }
    let items = FindingGroup.groups(of: report.findings).map(item)
    return part("findings", "Findings", ["<ul class=\"findings\">\n\(items)</ul>"])
  }

  private func item(_ group: FindingGroup) -> Markup {
    let first = group.kind
    let help: Markup? = first.help.map { "\n<p class=\"help\"><span aria-hidden=\"true\">→</span> \($0)</p>" }
    let tag: Markup? = first.tag.map { " for <code>\($0.spelling)</code>" }
    return """
      <li class="finding \(first.severity.rawValue)">
      <p><span class="badge \(first.severity.style)">\(first.severity.mark) \(first.severity.rawValue)</span> \
      <a href="#rule-\(first.rule.rawValue)">\(first.rule.rawValue)</a>\(tag ?? "")</p>
      \(messages(group))\(help ?? "")
      </li>

      """
  }

  private func messages(_ group: FindingGroup) -> Markup {
    let lines = group.messages.map { message -> Markup in
      let objects: Markup? = message.objects.isEmpty ? nil : " \(folded(message.objects, "object"))"
      return "<li>\(message.text)\(objects ?? "")</li>"
    }
    if lines.count == 1 { return "<ul class=\"messages\">\(lines)</ul>" }
    let list: Markup = "<ul class=\"messages\">\(lines)</ul>"
    return lines.count <= 5 ? list : "<details><summary>\(counted(lines.count, "finding"))</summary>\(list)</details>"
  }
}

/// Findings with one remedy.
private struct FindingGroup {
  struct Kind: Hashable {
    let rule: Rule
    let severity: Finding.Severity
    let tag: PlatformTag?
    let help: String?
  }

  /// What is said, once, of all objects of which it is said.
  struct Message {
    let text: String
    var objects: [String]
  }

  let kind: Kind
  private(set) var messages: [Message] = []
  private var places: [String: Int] = [:]

  private init(_ kind: Kind) {
    self.kind = kind
  }

  private mutating func add(_ finding: Finding) {
    let objects = finding.object.map { [$0] } ?? []
    if let place = places[finding.message] {
      messages[place].objects += objects
    } else {
      places[finding.message] = messages.count
      messages.append(Message(text: finding.message, objects: objects))
    }
  }

  /// The worst first, in the order of the findings otherwise.
  static func groups(of findings: [Finding]) -> [FindingGroup] {
    var groups: [FindingGroup] = []
    var places: [Kind: Int] = [:]
    for severity in Finding.Severity.allCases.sorted() {
      for finding in findings where finding.severity == severity {
        let kind = Kind(rule: finding.rule, severity: severity, tag: finding.tag, help: finding.help)
        let place = places[kind] ?? groups.count
        if place == groups.count {
          places[kind] = place
          groups.append(FindingGroup(kind))
        }
        groups[place].add(finding)
      }
    }
    return groups
  }
}

extension Finding.Severity {
  fileprivate var style: String {
    switch self {
    case .error: "bad"
    case .warning: "doubtful"
    case .note: "neutral"
    }
  }

  fileprivate var mark: String {
    switch self {
    case .error: "✗"
    case .warning: "!"
    case .note: "i"
    }
  }
}
