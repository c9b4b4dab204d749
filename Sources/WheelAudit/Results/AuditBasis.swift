import BuildProfiles
import WheelArchive

/// What two audits of the same bytes must have in common to come to the same.
public struct AuditBasis: Hashable, Sendable {
  /// The version of the program.
  public let toolVersion: String
  /// The version of what is known of profiles, symbols and distributions.
  public let dataVersion: String
  /// A digest of all that was asked for, in hexadecimal digits.
  public let options: String

  public init(toolVersion: String, dataVersion: String, options: String) {
    (self.toolVersion, self.dataVersion, self.options) = (toolVersion, dataVersion, options)
  }

  /// - Parameters:
  ///   - toolVersion: the version of the program.
  ///   - options: what the user asked for.
  ///   - known: what the baseline has, which is marked in reports; nil where there is none.
  public init(toolVersion: String, options: Auditor.Options, known: KnownFindings?) {
    let asked = canonicalText(options) + canonicalText(known?.entries as Any)
    var digest = SHA256()
    Array(asked.utf8).withUnsafeBytes { digest.update($0) }
    self.init(
      toolVersion: toolVersion, dataVersion: Facts.version, options: hexadecimal(digest.finish().prefix(8)))
  }
}

/// A text of a value and of all that it is made of, the same for equal values in every run.
///
/// It is made by reflection, so that no part of a value can be forgotten. The parts of sets have no order, so they are
/// sorted.
func canonicalText(_ value: Any) -> String {
  let mirror = Mirror(reflecting: value)
  var parts = mirror.children.map { child in (child.label.map { "\($0): " } ?? "") + canonicalText(child.value) }
  if mirror.displayStyle == .set || mirror.displayStyle == .dictionary { parts.sort() }
  // Texts, numbers, cases without values.
  return parts.isEmpty ? String(reflecting: value) : "\(mirror.subjectType)(\(parts.joined(separator: ", ")))"
}
