import BuildProfiles
public import WheelTags

extension Requirement {
  /// True when it breaks a tag by its range: when some system behind the tag lacks it or refuses it.
  ///
  /// Of the systems with the other libc one thing is known: what no profile has, they are not sure to have either.
  ///
  /// - Parameters:
  ///   - tag: the tag; one that promises no libc breaks by no range.
  ///   - libc: the libc that the requirements were compared with, whose versions the ranges are of.
  /// - Returns: false where nothing is known that breaks it.
  public func breaks(_ tag: PlatformTag, comparedWith libc: Libc) -> Bool {
    guard case .libc(let promised, let version) = tag.promise else { return false }
    return promised == libc ? breaks(version) : floor == .noProfile
  }

  /// True when some system with this libc version, or with a later one, lacks it or refuses it.
  public func breaks(_ promised: LibcVersion) -> Bool {
    range.lastingFloor.isAbove(promised)
  }
}
