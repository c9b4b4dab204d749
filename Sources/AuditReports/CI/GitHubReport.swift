public import WheelAudit

/// The report for a GitHub Actions log: workflow commands, which GitHub shows as annotations.
///
/// `::error file=…,title=…::…`, escaped as the runner unescapes it: one for each thing to mend, that is each rule and
/// library, the worst first. What the baseline has is left out, since an annotation cannot say that it is known.
public struct GitHubReport: Sendable {
  /// How many annotations of each kind GitHub shows of a step (actions/toolkit, "Problem Matchers", limitations).
  static let limit = 10
  /// Characters of a message that the runner passes on (actions/runner, `ExecutionContext`).
  static let messageLimit = 4096

  public init() {}

  public func render(_ report: AuditReport) -> String {
    let annotations = annotations(report)
    return Finding.Severity.allCases.sorted().flatMap { severity in
      commands(annotations.filter { $0.severity == severity }, severity)
    }.map { $0 + "\n" }.joined()
  }

  private struct Annotation {
    let severity: Finding.Severity
    let path: String
    let rule: Rule
    let message: String
    /// How many of its severity come before it on the wheel.
    var rank = 0
  }

  private func annotations(_ report: AuditReport) -> [Annotation] {
    report.wheels.flatMap { wheel in
      var counts: [Finding.Severity: Int] = [:]
      return wheel.joinedFindings.filter { !$0.isKnown }.map { joined in
        defer { counts[joined.severity, default: 0] += 1 }
        return Annotation(
          severity: joined.severity, path: wheel.path, rule: joined.rule, message: message(joined),
          rank: counts[joined.severity] ?? 0)
      }
    }
      + report.releases.flatMap { release in
        release.findings.filter { !$0.isKnown }.map { finding in
          Annotation(
            severity: finding.severity, path: finding.wheels.first ?? "", rule: finding.rule,
            message: printable(finding.message))
        }
      }
  }

  /// All of one kind, or as many as are shown, of as many wheels as can be, and how many more there are.
  private func commands(_ annotations: [Annotation], _ severity: Finding.Severity) -> [String] {
    guard annotations.count > Self.limit else { return annotations.map(command) }
    let order = annotations.indices.sorted { (annotations[$0].rank, $0) < (annotations[$1].rank, $1) }
    let shown = order.prefix(Self.limit - 1).sorted().map { annotations[$0] }
    let rest = order.dropFirst(Self.limit - 1).map { annotations[$0] }
    let wheels = Set(rest.map(\.path)).count
    let title = "\(rest.count) more \(name(severity))s"
    let words =
      "They are on \(counted(wheels, "wheel")). GitHub shows \(Self.limit) of a kind for a step: "
      + "reports in other forms, as of --summary FILE and --output text=FILE, have more."
    return shown.map(command) + ["::\(name(severity)) title=\(property(title))::\(data(words))"]
  }

  private func message(_ joined: JoinedFinding) -> String {
    guard let first = joined.first else { return "" }
    let objects = joined.rule == .unreadable ? [] : joined.objects
    let place = objects.isEmpty ? "" : listed(objects, 1) + ": "
    let symbols = joined.findings.compactMap(\.shownVersionedSymbol).firstOccurrences().filter {
      $0 != first.shownVersionedSymbol
    }
    let more = joined.messageCount - 1
    let also = more == 0 ? "" : symbols.isEmpty ? "\nAnd \(more) more like it." : "\nAlso: \(listed(symbols, 5))."
    return place + printable(first.shownMessage) + also + help(joined.groups)
  }

  /// What to do, behind what it is for where not all is mended in one way.
  private func help(_ groups: [FindingGroup]) -> String {
    let remedies = groups.filter { $0.kind.remedy != nil }
    let alternatives = groups.compactMap(\.kind.alternative).firstOccurrences().map { "or \(printable($0))" }
    if remedies.isEmpty && alternatives.isEmpty { return "" }
    // A line to paste may end as a clause does.
    let isPasted = !alternatives.isEmpty && remedies.contains { !$0.block.isEmpty }
    guard remedies.count > 1 || alternatives.count > 1 || isPasted else {
      return "\nWhat to do: " + (remedies.map(clause) + alternatives).joined(separator: "; ")
    }
    let told = remedies.prefix(5).map { group in
      let subject =
        group.subjects.isEmpty || remedies.count == 1 ? "" : listed(group.subjects.map(shown(symbol:)), 3) + ": "
      return subject + clause(group)
    }
    let rest = remedies.count - told.count
    let lines = told + (rest > 0 ? ["and \(rest) more"] : []) + alternatives
    return "\nWhat to do:" + lines.map { "\n- \($0)" }.joined()
  }

  private func clause(_ group: FindingGroup) -> String {
    let block = group.block.isEmpty ? "" : ": " + listed(group.block, 3)
    return printable(group.kind.remedy ?? "") + block
  }

  private func listed(_ names: [String], _ count: Int) -> String {
    let shown = names.prefix(count).map { printable($0) }.joined(separator: ", ")
    return names.count > count ? "\(shown) and \(names.count - count) more" : shown
  }

  // MARK: Commands

  private func command(_ annotation: Annotation) -> String {
    let title = "\(annotation.rule.definition.title) (\(annotation.rule.rawValue))"
    let properties = "file=\(property(printable(annotation.path))),title=\(property(title))"
    return "::\(name(annotation.severity)) \(properties)::\(data(cut(annotation.message)))"
  }

  private func cut(_ message: String) -> String {
    guard message.unicodeScalars.count > Self.messageLimit else { return message }
    return String(String.UnicodeScalarView(message.unicodeScalars.prefix(Self.messageLimit - 1))) + "…"
  }

  private func name(_ severity: Finding.Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }

  /// Data goes to the end of the line.
  private func data(_ text: String) -> String {
    escaping(["%", "\r", "\n"], in: text)
  }

  /// A property ends at a comma or a colon.
  private func property(_ text: String) -> String {
    escaping(["%", "\r", "\n", ":", ","], in: text)
  }

  /// The text with these scalars as `%XX`; all of them are ASCII.
  private func escaping(_ scalars: Set<Unicode.Scalar>, in text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalars.contains(scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "%" + String(repeating: "0", count: 2 - digits.count) + digits
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
