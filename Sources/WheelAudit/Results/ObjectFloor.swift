public import BuildProfiles
public import WheelTags

/// What an object costs in compatibility: the highest floor of all that it requires.
public struct ObjectFloor: Hashable, Sendable {
  public private(set) var floor: Floor
  /// The oldest libc with everything that some profile has; nil when no profile has anything of it.
  public private(set) var libc: LibcVersion?

  /// The floor of each object that asks for any of these, by its path.
  static func floors(of requirements: [Requirement]) -> [String: ObjectFloor] {
    var floors: [String: ObjectFloor] = [:]
    for requirement in requirements {
      for demand in requirement.demands {
        floors[demand.object, default: ObjectFloor(floor: requirement.floor, libc: nil)].raise(to: requirement.floor)
      }
    }
    return floors
  }

  private mutating func raise(to other: Floor) {
    floor = max(floor, other)
    libc = other.version.map { max(libc ?? $0, $0) } ?? libc
  }
}
