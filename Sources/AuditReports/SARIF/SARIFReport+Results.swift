import WheelAudit

/// A finding as SARIF's `result`.
struct SARIFResult: Encodable {
  struct Location: Encodable {
    let physicalLocation: PhysicalLocation
    let logicalLocations: [LogicalLocation]?
  }

  struct PhysicalLocation: Encodable {
    struct ArtifactLocation: Encodable {
      let uri: String
    }

    /// A wheel has no lines, and GitHub shows no result without one: it is the first.
    struct Region: Encodable {
      let startLine = 1
    }

    let artifactLocation: ArtifactLocation
    let region = Region()
  }

  struct LogicalLocation: Encodable {
    let name: String
    let kind: String
    let fullyQualifiedName: String
  }

  let ruleId: String
  let ruleIndex: Int?
  let level: String
  let message: SARIFText
  let locations: [Location]
  let partialFingerprints: [String: String]
  /// SARIF 2.1.0, 3.27.24: there is one on each result or on none.
  let baselineState: String?

  /// - Parameters:
  ///   - finding: the finding.
  ///   - count: how many locations a result may have.
  ///   - isCompared: true when findings were compared with a baseline.
  init(_ finding: PlacedFinding, locations count: Int, isCompared: Bool) {
    ruleId = finding.rule.rawValue
    ruleIndex = SARIFRule.places[finding.rule]
    level = finding.severity.sarifLevel
    message = SARIFText(finding.message + (finding.help.map { ". What to do: \($0)." } ?? ""))
    let logical = Self.logicalLocations(finding)
    locations = finding.paths.prefix(count).map { path in
      Location(
        physicalLocation: PhysicalLocation(artifactLocation: .init(uri: uriReference(path))),
        logicalLocations: logical.isEmpty ? nil : logical)
    }
    // GitHub knows results again by this one name only, and without it would take all of a wheel for the same.
    let fingerprint = finding.key.fingerprint
    partialFingerprints = ["truewheel/v1": fingerprint, "primaryLocationLineHash": fingerprint]
    baselineState = isCompared ? (finding.isKnown ? "unchanged" : "new") : nil
  }

  /// Where in the wheel it is: the object, and the symbol in it.
  private static func logicalLocations(_ finding: PlacedFinding) -> [LogicalLocation] {
    var locations: [LogicalLocation] = []
    let object = finding.object.map { printable($0) }
    if let object { locations.append(LogicalLocation(name: object, kind: "module", fullyQualifiedName: object)) }
    if let symbol = finding.symbol, let versioned = finding.versionedSymbol {
      locations.append(
        LogicalLocation(
          name: printable(symbol), kind: "function",
          fullyQualifiedName: (object.map { $0 + "::" } ?? "") + printable(versioned)))
    }
    return locations
  }
}

/// A path as a URI reference (RFC 3986): a relative one stays relative, an absolute one becomes a `file` URI (RFC 8089).
///
/// Everything is encoded but the slash and what never needs it, so no part of a path is taken for a scheme, a host, a
/// query or a fragment.
func uriReference(_ path: String) -> String {
  let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
  var reference = path.hasPrefix("/") ? "file://" : ""
  for byte in path.utf8 {
    if unreserved.contains(byte) {
      reference.unicodeScalars.append(Unicode.Scalar(byte))
    } else {
      reference += (byte < 0x10 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
    }
  }
  return reference
}
