public import WheelAudit

/// The report for a GitHub Actions log: workflow commands, which GitHub shows as annotations.
///
/// `::error file=…,title=…::…`, escaped as the runner unescapes it: one for each thing to mend, that is each rule and
/// library. What the baseline has is left out, since an annotation cannot say that it is known.
///
/// The first of each kind on a wheel is written at once, as long as GitHub shows more of the kind, so that as many wheels
/// as can be have their part; what room there is for others is filled at the end. So it keeps as many as GitHub shows.
public struct GitHubReport: StreamedReport {
  /// How many annotations of each kind GitHub shows of a step (actions/toolkit, "Problem Matchers", limitations).
  static let limit = 10
  /// Characters of a message that the runner passes on (actions/runner, `ExecutionContext`).
  static let messageLimit = 4096

  public typealias Failure = Never

  private var kinds: [Finding.Severity: Kind] = [:]
  private var wheels = 0

  public init() {}

  public mutating func take(_ wheel: WheelReport) -> String {
    take(
      wheel.joinedFindings.filter { !$0.isKnown }.map { joined in
        Annotation(severity: joined.severity, path: wheel.path, rule: joined.rule, subject: .wheel(joined))
      })
  }

  public mutating func take(_ release: Release) -> String {
    release.findings.filter { !$0.isKnown }.map { finding in
      take([
        Annotation(
          severity: finding.severity, path: finding.wheels.first ?? "", rule: finding.rule,
          subject: .release(finding))
      ])
    }.joined()
  }

  public mutating func end() -> String {
    defer { kinds = [:] }
    return severities.flatMap { severity in kinds[severity].map { end($0, severity) } ?? [] }.map { $0 + "\n" }.joined()
  }

  private var severities: [Finding.Severity] { Finding.Severity.allCases.sorted() }

  private struct Annotation {
    let severity: Finding.Severity
    let path: String
    let rule: Rule
    let subject: Subject

    enum Subject {
      case wheel(JoinedFinding)
      case release(ReleaseFinding)
    }
  }

  /// What is known of the annotations of one severity.
  private struct Kind {
    /// How many there are, and how many of these were written.
    var count = 0
    var written = 0
    /// The first that were not written, those first that come first on their wheels.
    var kept: [Kept] = []
    /// How many wheels have some that were not written.
    var unfinished = 0
  }

  /// One that is written at the end, if there is room.
  private struct Kept {
    let rank: Int
    let wheel: Int
    /// How many of the wheel were not written.
    let left: Int
    let command: String
  }

  /// Takes the annotations of one wheel.
  private mutating func take(_ annotations: [Annotation]) -> String {
    wheels += 1
    return severities.flatMap { severity in
      let own = annotations.filter { $0.severity == severity }
      return own.isEmpty ? [] : take(own, severity)
    }.map { $0 + "\n" }.joined()
  }

  private mutating func take(_ own: [Annotation], _ severity: Finding.Severity) -> [String] {
    var kind = kinds[severity] ?? Kind()
    kind.count += own.count
    // The last place says how many more there are, or is filled when that is known.
    let shown = own.prefix(kind.written < Self.limit - 1 ? 1 : 0).map(command)
    kind.written += shown.count
    if own.count > shown.count { kind.unfinished += 1 }
    for (rank, annotation) in own.enumerated().dropFirst(shown.count).prefix(Self.limit) {
      guard kind.kept.count < Self.limit || kind.kept.last.map({ rank < $0.rank }) ?? true else { break }
      let place = kind.kept.firstIndex { rank < $0.rank } ?? kind.kept.endIndex
      kind.kept.insert(
        Kept(rank: rank, wheel: wheels, left: own.count - shown.count, command: command(annotation)), at: place)
      kind.kept = Array(kind.kept.prefix(Self.limit))
    }
    kinds[severity] = kind
    return shown
  }

  /// What there is room for, in the order of the wheels, and how many more there are.
  private func end(_ kind: Kind, _ severity: Finding.Severity) -> [String] {
    let isAll = kind.count <= Self.limit
    let shown = kind.kept.prefix((isAll ? Self.limit : Self.limit - 1) - kind.written)
    let commands = shown.sorted { ($0.wheel, $0.rank) < ($1.wheel, $1.rank) }.map(\.command)
    guard !isAll else { return commands }
    let rest = kind.count - kind.written - shown.count
    let title = "\(rest) more \(name(severity))s"
    // Wheels of which all is shown by now have none of the rest.
    let finished = Dictionary(grouping: shown, by: \.wheel).values.count { $0.count == $0.first?.left }
    let words =
      "They are on \(counted(kind.unfinished - finished, "wheel")). "
      + "GitHub shows \(Self.limit) of a kind for a step: "
      + "reports in other forms, as of --summary FILE and --output text=FILE, have more."
    return commands + ["::\(name(severity)) title=\(property(title))::\(data(words))"]
  }

  private func message(_ subject: Annotation.Subject) -> String {
    switch subject {
    case .wheel(let joined): message(joined)
    case .release(let finding): printable(finding.message)
    }
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
    return "::\(name(annotation.severity)) \(properties)::\(data(cut(message(annotation.subject))))"
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
