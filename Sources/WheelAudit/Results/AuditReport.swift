/// The audits of a run.
public struct AuditReport: Sendable {
  public let toolVersion: String
  public let wheels: [WheelReport]
  /// The releases among the wheels, and what only those show.
  public let releases: [Release]

  /// - Parameters:
  ///   - toolVersion: the version of the program.
  ///   - wheels: what was found out of each wheel.
  ///   - options: what the user asked for.
  public init(toolVersion: String, wheels: [WheelReport], options: Auditor.Options = Auditor.Options()) {
    self.toolVersion = toolVersion
    self.wheels = wheels
    self.releases = Release.releases(of: wheels, options)
  }

  public func count(_ status: WheelReport.Status) -> Int {
    wheels.count { $0.status == status }
  }

  /// How many wheels have each status, in words: `1 clean, 2 with violations`.
  ///
  /// - Parameter order: the statuses to tell of.
  /// - Returns: nothing of a status that no wheel has.
  public func tally(_ order: [WheelReport.Status] = WheelReport.Status.allCases) -> String {
    order.compactMap { status in
      let count = count(status)
      return count > 0 ? "\(count) \(status.words)" : nil
    }.joined(separator: ", ")
  }
}

extension WheelReport.Status {
  /// Those first that want to be looked at.
  public static let worstFirst: [Self] = [.violations, .unreadable, .clean, .skipped]

  /// What is said of so many wheels: `with violations`.
  fileprivate var words: String { self == .violations ? "with violations" : rawValue }
}
