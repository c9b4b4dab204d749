public import BuildProfiles
public import WheelTags

/// What an object costs in compatibility: the libcs that have all that it requires.
public struct ObjectFloor: Hashable, Sendable {
  public private(set) var range: LibcRange
  /// The oldest libc with everything that some profile has; nil when no profile has anything of it.
  public private(set) var libc: LibcVersion?

  /// The floor of each object that asks for any of these, by its path.
  static func floors(of requirements: [Requirement]) -> [String: ObjectFloor] {
    var floors: [String: ObjectFloor] = [:]
    for requirement in requirements {
      for demand in requirement.demands {
        floors[demand.object, default: ObjectFloor(range: requirement.range, libc: nil)].narrow(to: requirement.range)
      }
    }
    return floors
  }

  private mutating func narrow(to other: LibcRange) {
    range = range.narrowed(by: other)
    libc = other.floor.version.map { max(libc ?? $0, $0) } ?? libc
  }
}
