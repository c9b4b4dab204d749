public import WheelAudit

/// How often each rule found something, as a table.
public struct StatisticsTable: Sendable {
  public init() {}

  /// - Returns: a line for each rule that found something, the most frequent first, or one that says that none did.
  public func render(_ counts: RuleCounts) -> String {
    let counts = counts.all
    guard !counts.isEmpty else { return "no rule found anything\n" }
    let width = counts.map { String($0.findings).count }.max() ?? 0
    let rows = counts.map { count in
      let number = String(count.findings)
      return [
        String(repeating: " ", count: width - number.count) + number, count.severity.rawValue, count.rule.rawValue,
        "in " + counted(count.subjects, count.rule.isOnReleases ? "release" : "wheel"),
      ]
    }
    return columns(rows, indent: 0).map { $0 + "\n" }.joined()
  }
}
