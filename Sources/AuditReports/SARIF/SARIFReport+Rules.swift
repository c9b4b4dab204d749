import WheelAudit

/// A rule as SARIF's `reportingDescriptor`.
struct SARIFRule: Encodable {
  struct Configuration: Encodable {
    let level: String
  }

  let id: String
  let shortDescription: SARIFText
  let fullDescription: SARIFText
  let help: SARIFText
  let helpUri: String
  let defaultConfiguration: Configuration

  /// Every rule, also those that found nothing; results point into it.
  static let catalogue = Rule.allCases.map(SARIFRule.init)

  /// The place of each rule in the catalogue.
  static let places = Dictionary(uniqueKeysWithValues: zip(Rule.allCases, Rule.allCases.indices))

  private init(_ rule: Rule) {
    let definition = rule.definition
    id = rule.rawValue
    shortDescription = SARIFText(definition.title)
    fullDescription = SARIFText("\(definition.what) \(definition.why)")
    help = SARIFText("\(definition.remedy) See \(definition.source).")
    helpUri = rule.url
    defaultConfiguration = Configuration(level: definition.severity.sarifLevel)
  }
}

/// A plain text message of SARIF.
struct SARIFText: Encodable {
  let text: String

  /// A text in which nothing is taken for a placeholder (SARIF 2.1.0, 3.11.5) or a link (3.11.6).
  ///
  /// Braces are doubled, as the specification wants it. Of a link it knows no escape; one needs `](`, so the second
  /// character is shown by its number.
  init(_ text: String) {
    var escaped = ""
    var previous: Unicode.Scalar?
    for scalar in printable(text).unicodeScalars {
      switch scalar {
      case "{": escaped += "{{"
      case "}": escaped += "}}"
      case "(" where previous == "]": escaped += #"\u{{28}}"#
      default: escaped.unicodeScalars.append(scalar)
      }
      previous = scalar
    }
    self.text = escaped
  }
}

extension Finding.Severity {
  /// SARIF's word for it (SARIF 2.1.0, 3.27.10).
  var sarifLevel: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .note: "note"
    }
  }
}
