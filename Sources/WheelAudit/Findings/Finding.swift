public import WheelTags

/// One thing worth saying about a wheel.
///
/// A value; nothing here prints.
public struct Finding: Hashable, Sendable {
  public enum Severity: String, Hashable, Sendable, CaseIterable {
    /// Breaks a claim.
    case error
    /// May break on some systems, or will one day.
    case warning
    /// Good to know.
    case note
  }

  public let rule: Rule
  public let severity: Severity
  /// One sentence: what is the case.
  public let message: String
  /// What can be done about the object, the same for everything that is mended in the same way; nil where there is
  /// nothing to do.
  public let remedy: String?
  /// What is to be pasted to do that here: options of this program, a command, a line of source; nil where the remedy
  /// says all.
  public let paste: String?
  /// What can be done instead; nil where there is no such thing.
  public let alternative: String?
  /// The path of the object in the wheel.
  public let object: String?
  public let library: String?
  public let symbol: String?
  public let version: String?
  /// The claim that it breaks or concerns; nil when it concerns all.
  public let tag: PlatformTag?
  /// True for a warning that the user wants to break claims.
  public private(set) var isRaised = false
  /// True when the baseline of the run has it, so that it fails no gate.
  public internal(set) var isKnown = false

  init(
    _ rule: Rule, _ severity: Severity, _ message: String, help remedy: String? = nil, paste: String? = nil,
    orElse alternative: String? = nil, object: String? = nil,
    library: String? = nil, symbol: String? = nil, version: String? = nil, tag: PlatformTag? = nil
  ) {
    self.rule = rule
    self.severity = severity
    self.message = message
    self.remedy = remedy
    self.paste = paste
    self.alternative = alternative
    self.object = object
    self.library = library
    self.symbol = symbol
    self.version = version
    self.tag = tag
  }

  /// All that can be done, in at most two clauses; nil where there is nothing to do.
  public var help: String? {
    let first = remedy.map { remedy in remedy + (paste.map { ": \($0)" } ?? "") }
    // A line of source ends with its own mark.
    let mark = first?.utf8.last == UInt8(ascii: ";") ? " or " : "; or "
    let parts = [first, alternative].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: mark)
  }

  /// The same, with a warning raised to an error.
  var raised: Finding {
    guard severity == .warning else { return self }
    var raised = Finding(
      rule, .error, message, help: remedy, paste: paste, orElse: alternative, object: object, library: library,
      symbol: symbol, version: version, tag: tag)
    raised.isRaised = true
    return raised
  }
}

extension Finding.Severity: Codable {}

extension Finding.Severity: Comparable {
  /// From the worst to the mildest.
  public static func < (left: Finding.Severity, right: Finding.Severity) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .error: 0
    case .warning: 1
    case .note: 2
    }
  }
}

extension Finding {
  /// Errors first, then by rule and place, so that the order does not depend on the archive's.
  static func inOrder(_ left: Finding, _ right: Finding) -> Bool {
    if left.severity != right.severity { return left.severity < right.severity }
    if left.rule != right.rule { return left.rule.rawValue < right.rule.rawValue }
    if left.object != right.object { return left.object ?? "" < right.object ?? "" }
    if left.library != right.library { return left.library ?? "" < right.library ?? "" }
    if left.version != right.version { return left.version ?? "" < right.version ?? "" }
    if left.symbol != right.symbol { return left.symbol ?? "" < right.symbol ?? "" }
    return left.message < right.message
  }
}

extension Finding {
  /// True for what is wrong whatever libc a system has, so that it cannot be said where the wheel runs.
  ///
  /// What is wrong with the tags alone is no such thing, nor what a range of libcs tells of.
  var isBeyondReach: Bool {
    guard severity == .error else { return false }
    switch rule {
    case .mixedLibc, .foreignArchitecture, .missingVersion, .pythonABI: return true
    // What a requirement says is said of a tag.
    case .notLoadable, .unreachableLibrary: return tag == nil
    default: return false
    }
  }
}
