public import WheelTags

/// A release of a Linux distribution with one of the libcs.
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
  public let libc: Libc
  /// The version of its libc on each architecture it has: of glibc major and minor, of musl with the patch.
  public internal(set) var versions: [Architecture: LibcVersion] = [:]
  /// Symbol versions that the profile of its libc promises, and it lacks.
  public internal(set) var missing: [Architecture: Set<String>] = [:]

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
