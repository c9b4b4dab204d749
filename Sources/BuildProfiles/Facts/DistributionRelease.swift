public import WheelTags

/// A release of a Linux distribution with glibc.
public struct DistributionRelease: Hashable, Sendable {
  /// Until when a release is supported.
  public enum Support: Hashable, Sendable {
    /// The last day.
    case until(CalendarDate)
    /// It has no end: what is installed today is another release tomorrow.
    case rolling
    case unknown
  }

  public let name: String
  public let release: String
  public let support: Support
  /// Its glibc on each architecture it has.
  public internal(set) var glibc: [Architecture: LibcVersion]
  /// Symbol versions that the profile of its glibc promises, and it lacks.
  public internal(set) var missing: [Architecture: Set<String>]

  /// `Debian 12`.
  public var title: String { "\(name) \(release)" }

  public func isSupported(at date: CalendarDate) -> Bool? {
    switch support {
    case .until(let end): date <= end
    case .rolling: true
    case .unknown: nil
    }
  }
}
