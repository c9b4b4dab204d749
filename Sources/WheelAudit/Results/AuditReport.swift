public import BuildProfiles

/// The audits of a run.
public struct AuditReport: Sendable {
  public let toolVersion: String
  /// The version of what is known of profiles, symbols and distributions.
  public let dataVersion: String
  public let wheels: [WheelReport]
  /// The releases among the wheels, and what only those show.
  public let releases: [Release]
  /// True when the findings were compared with a baseline.
  public let hasBaseline: Bool

  /// - Parameters:
  ///   - toolVersion: the version of the program.
  ///   - dataVersion: the version of the facts.
  ///   - wheels: what was found out of each wheel.
  ///   - options: what the user asked for.
  ///   - known: what the baseline has; nil where there is none.
  public init(
    toolVersion: String, dataVersion: String = Facts.version, wheels: [WheelReport],
    options: Auditor.Options = Auditor.Options(), known: KnownFindings? = nil
  ) {
    let wheels = known.map { known in wheels.map { $0.marking(known) } } ?? wheels
    let releases = Release.releases(of: wheels, options)
    self.toolVersion = toolVersion
    self.dataVersion = dataVersion
    self.wheels = wheels
    self.releases = known.map { known in releases.map { $0.marking(known) } } ?? releases
    self.hasBaseline = known != nil
  }

  public func count(_ status: WheelReport.Status) -> Int {
    wheels.count { $0.status == status }
  }

  /// How many wheels have each status, in words: `1 clean, 2 with violations`.
  ///
  /// - Parameter order: the statuses to tell of.
  /// - Returns: nothing of a status that no wheel has.
  public func tally(_ order: [WheelReport.Status] = WheelReport.Status.allCases) -> String {
    order.flatMap { status in
      let known = status == .violations ? wheels.count(where: \.isKnown) : 0
      let tallies = [(count(status) - known, status.words), (known, "\(status.words) in the baseline")]
      return tallies.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    }.joined(separator: ", ")
  }
}

extension WheelReport.Status {
  /// Those first that want to be looked at.
  public static let worstFirst: [Self] = [.violations, .unreadable, .clean, .skipped]

  /// What is said of so many wheels: `with violations`.
  fileprivate var words: String { self == .violations ? "with violations" : rawValue }
}
