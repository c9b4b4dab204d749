public import BuildProfiles

/// The audits of a run.
public struct AuditReport: Sendable {
  public let toolVersion: String
  public let wheels: [WheelReport]
  /// The day for which reports say where wheels run; nil when they are not to say it.
  public let date: CalendarDate?

  public init(toolVersion: String, wheels: [WheelReport], date: CalendarDate? = nil) {
    self.toolVersion = toolVersion
    self.wheels = wheels
    self.date = date
  }

  public func count(_ status: WheelReport.Status) -> Int {
    wheels.count { $0.status == status }
  }
}
