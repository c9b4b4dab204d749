import WheelAudit

/// What GitHub takes of a SARIF file ("SARIF support for code scanning", "Validating your SARIF file"): it refuses the
/// whole file where there is more.
struct SARIFLimits {
  /// Results of a run; GitHub shows the first 5,000 by severity.
  var results = 25_000
  /// Locations of a result; GitHub shows the first 100.
  var locations = 1000
  /// Bytes of what results say in their own words, which keeps the file below its size.
  var text = 12_000_000

  /// Bytes of the file, compressed with gzip.
  static let size = 10_000_000
  static let runs = 20
  static let rules = 25_000
  /// Tags of a rule; GitHub shows the first 10.
  static let tags = 20
  /// Characters of each description of a rule.
  static let description = 1024

  /// As many findings as there is room for, the worst of them, in their order; and what is left out, in sentences.
  func cut(_ findings: [PlacedFinding]) -> ([PlacedFinding], omissions: [String]) {
    let order = findings.indices.sorted { (findings[$0].severity, $0) < (findings[$1].severity, $1) }
    var room = text
    let worst = order.prefix(results).prefix { index in
      room -= findings[index].weight
      return room >= 0
    }
    var omissions: [String] = []
    let left = findings.count - worst.count
    if left > 0 {
      omissions.append(
        "\(left) of \(findings.count) findings, the mildest, are left out, since services refuse a file with more: "
          + "the report in JSON has all")
    }
    let kept = worst.sorted().map { findings[$0] }
    let long = kept.count { $0.paths.count > locations }
    if long > 0 {
      omissions.append("\(counted(long, "result")) with more than \(locations) locations: the first are told")
    }
    return (kept, omissions)
  }
}

extension PlacedFinding {
  /// Bytes that gzip cannot take from it: a name that is repeated costs nothing more, unless it is so long that its
  /// beginning is forgotten at its end (RFC 1951, section 2: 32 KB).
  fileprivate var weight: Int {
    let names = [object, versionedSymbol].compactMap { $0?.utf8.count }
    return message.utf8.count + names.reduce(0) { $0 + ($1 > 8192 ? 3 * $1 : $1) }
  }
}
