import WheelAudit

/// A finding and where it is shown: what the formats are made of that have an entry for each.
///
/// What only a release shows is shown at the wheels that it is about.
struct PlacedFinding {
  let rule: Rule
  let severity: Finding.Severity
  /// What is the case, behind the object that it is the case for, in one line.
  let message: String
  /// The same, with its symbol as people read it.
  let shownMessage: String
  /// What can be done; nil where there is nothing to do.
  let help: String?
  /// The paths of the wheels; at least one.
  let paths: [String]
  /// The path in the wheel of what it is about, where it is about something in one wheel.
  let object: String?
  let symbol: String?
  let versionedSymbol: String?
  /// True when the baseline of the run has it.
  let isKnown: Bool
  let key: FindingKey

  init(_ finding: Finding, in wheel: WheelReport) {
    rule = finding.rule
    severity = finding.severity
    message = finding.placedMessage
    shownMessage = replacingSymbol(finding.symbol, in: message)
    help = finding.help
    paths = [wheel.path]
    object = finding.object
    symbol = finding.symbol
    versionedSymbol = finding.versionedSymbol
    isKnown = finding.isKnown
    key = FindingKey(finding, in: wheel)
  }

  init(_ finding: ReleaseFinding) {
    rule = finding.rule
    severity = finding.severity
    message = printable(finding.message)
    shownMessage = message
    help = nil
    paths = finding.wheels
    (object, symbol, versionedSymbol) = (nil, nil, nil)
    isKnown = finding.isKnown
    key = FindingKey(finding)
  }

  /// The first of the wheels, for formats that know one place.
  var path: String { paths.first ?? "" }
}

extension AuditReport {
  /// Every finding: those of the wheels in their order, then those of the releases.
  var placedFindings: [PlacedFinding] {
    wheels.flatMap { wheel in wheel.findings.map { PlacedFinding($0, in: wheel) } }
      + releases.flatMap { $0.findings.map(PlacedFinding.init) }
  }
}
