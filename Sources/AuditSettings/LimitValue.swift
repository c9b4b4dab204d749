public import WheelAudit

/// A limit and its value, as options and settings state them.
public struct LimitValue: Hashable, Sendable {
  public let limit: AuditLimit
  public let value: Int

  /// Why something is no limit with a value, in a sentence without an end mark.
  public struct Problem: Error, Hashable, Sendable {
    public let description: String

    /// The same with its end mark.
    public var sentence: String { description + (description.hasSuffix("?") ? "" : ".") }

    init(description: String) {
      self.description = description
    }
  }

  /// Reads a limit by its word, and a number of its unit: `member-size` and `1GiB`.
  ///
  /// Sizes may have a unit, KiB, MiB, GiB or TiB; without one they are bytes.
  public init(_ name: String, _ text: String) throws(Problem) {
    let limit = try Self.limit(name)
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }
    guard !digits.isEmpty, let shift = Self.shifts[unit.lowercased()], unit.isEmpty || limit.unit == .bytes else {
      throw Problem(description: "'\(text)' is no value of \(name): \(Self.form(of: limit))")
    }
    // What has no room in a number is larger than every limit.
    let (value, isTooLarge) = (Int(digits) ?? .max).multipliedReportingOverflow(by: 1 << shift)
    try self.init(limit, isTooLarge ? .max : value)
  }

  /// A limit by its word, and its value.
  public init(_ name: String, _ value: Int) throws(Problem) {
    try self.init(try Self.limit(name), value)
  }

  private init(_ limit: AuditLimit, _ value: Int) throws(Problem) {
    guard value >= limit.smallest else {
      throw Problem(description: "\(limit.name) is at least \(limit.smallest): \(Self.form(of: limit))")
    }
    guard value <= AuditLimit.largest else {
      throw Problem(description: "\(limit.name) is at most \(AuditLimit.largest)")
    }
    (self.limit, self.value) = (limit, value)
  }

  private static func limit(_ name: String) throws(Problem) -> AuditLimit {
    if let limit = AuditLimit(name: name) { return limit }
    let known = AuditLimit.allCases.map(\.name)
    if let near = nearest(to: name, among: known) {
      throw Problem(description: "'\(name)' is no limit; did you mean '\(near)'?")
    }
    throw Problem(description: "'\(name)' is no limit; the limits are \(known.joined(separator: ", "))")
  }

  /// Units by the power of two that they stand for.
  private static let shifts = [
    "": 0, "b": 0, "k": 10, "kib": 10, "m": 20, "mib": 20, "g": 30, "gib": 30, "t": 40, "tib": 40,
  ]

  private static func form(of limit: AuditLimit) -> String {
    switch limit.unit {
    case .bytes: "it is a number of bytes, or of KiB, MiB, GiB or TiB, such as 64MiB"
    case .number, .ratio: "it is a whole number, such as 1000"
    }
  }
}
