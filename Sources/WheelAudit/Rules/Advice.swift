/// What can be done about something: a clause without an end mark, as findings end with one.
///
/// In braces stands what is said of no wheel in particular, where a finding says it more exactly:
/// `build in {the image of the promised profile}`.
struct Advice: Sendable, ExpressibleByStringLiteral {
  /// The clause where no wheel is known.
  let clause: String
  /// What stands before and behind the braces; nil where there are none.
  private let ends: (before: String, behind: String)?

  init(stringLiteral text: String) {
    let parts = text.split(maxSplits: 2, omittingEmptySubsequences: false) { $0 == "{" || $0 == "}" }
    clause = parts.joined()
    ends = parts.count == 3 ? (String(parts[0]), String(parts[2])) : nil
  }

  /// The clause with a name of what a wheel has in place of the braces.
  func clause(naming name: @autoclosure () -> String) -> String {
    ends.map { $0.before + name() + $0.behind } ?? clause
  }

  static let minimalTag: Advice = "tag the wheel {with its minimal tag}"
}
