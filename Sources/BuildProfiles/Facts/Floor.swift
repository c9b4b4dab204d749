public import WheelTags

/// The oldest libc with which a thing can be relied on: what the thing costs in compatibility.
///
/// It is that of the oldest build profile that provides the thing. Of glibc's own versions more is known, as they name
/// their release: `GLIBC_2.18` costs 2.18, though no profile lies between 2.17 and 2.24.
public enum Floor: Hashable, Sendable {
  /// Every system from this libc version on has it.
  case libc(LibcVersion)
  /// No profile provides it: no platform tag is true of a wheel that needs it.
  case noProfile

  /// The version, if there is one.
  public var version: LibcVersion? {
    guard case .libc(let version) = self else { return nil }
    return version
  }

  /// True when the systems behind a tag's libc version lack the thing.
  ///
  /// Tags speak of series (PEP 600, PEP 656): what came within the series that a tag names is not above it, though some
  /// of its systems lack it.
  public func isAbove(_ promised: LibcVersion) -> Bool {
    version.map { $0.series > promised } ?? true
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
