public import BuildProfiles
public import WheelTags

/// What stands between a wheel and an older tag: the smallest set of things to change.
public struct Plan: Sendable {
  public let profile: BuildProfile
  /// The requirements that would have to go, the most demanding first.
  public let requirements: [Requirement]

  /// Objects that would have to change, each once, sorted.
  public var objects: [String] { Set(requirements.flatMap { $0.demands.map(\.object) }).sorted() }

  /// How many things would have to go: symbols, and what is needed for no symbol.
  public var size: Int { requirements.reduce(0) { $0 + max($1.symbols.count, 1) } }
}

extension Audit {
  /// The ways to older tags, from the shortest to the longest.
  ///
  /// Where several profiles take the same, the oldest of them is named. A plan that takes nothing is none: that is the
  /// minimal tag.
  ///
  /// - Parameter oldest: the libc down to which to look; nil for all.
  /// - Returns: none where the wheel carries the oldest tag of all.
  public func plans(downTo oldest: LibcVersion?) -> [Plan] {
    var plans: [Plan] = []
    let newest = verdict.profile?.version ?? .newest
    for profile in profiles.reversed() where profile.version < newest && profile.version >= oldest ?? profile.version {
      let plan = Plan(profile: profile, requirements: requirements.filter { $0.breaks(profile.version) })
      // Requirements only ever join, so as many are the same.
      if let last = plans.last, last.requirements.count == plan.requirements.count { plans.removeLast() }
      if !plan.requirements.isEmpty { plans.append(plan) }
    }
    return plans
  }
}

extension LibcVersion {
  /// Above every version that a tag can name.
  fileprivate static let newest = LibcVersion(.max, 0)
}
