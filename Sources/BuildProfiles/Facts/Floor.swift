public import WheelTags

/// The libc version of the oldest build profile that provides a thing: what the thing costs in compatibility.
public enum Floor: Hashable, Sendable {
  /// Every profile from this libc version on provides it.
  case libc(LibcVersion)
  /// No profile provides it: no platform tag is true of a wheel that needs it.
  case noProfile

  /// The version, if there is one.
  public var version: LibcVersion? {
    guard case .libc(let version) = self else { return nil }
    return version
  }
}

extension Floor: Comparable {
  public static func < (left: Floor, right: Floor) -> Bool {
    switch (left, right) {
    case (.libc(let left), .libc(let right)): left < right
    case (.libc, .noProfile): true
    case (.noProfile, _): false
    }
  }
}
