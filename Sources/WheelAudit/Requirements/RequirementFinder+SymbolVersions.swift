import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  mutating func symbolVersions(
    of object: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) -> [FoundRequirement] {
    let needs = objects[object].file.versionNeeds
    guard !needs.isEmpty else { return [] }
    var found: [FoundRequirement] = []
    var platforms: [String: Bool] = [:]
    for edge in graph.edges[object] where platforms[edge.library] == nil {
      platforms[edge.library] = edge.resolution == .platform
    }
    for need in needs where !need.isWeak {
      guard let floor = platform.versionFloor(need.version) else { continue }
      // The linker may record versions of a library that only another object needs.
      let isPlatforms =
        if let known = platforms[need.library] { known } else { try isPlatforms(need.library, object, &budget) }
      platforms[need.library] = isPlatforms
      guard isPlatforms else { continue }
      found.append(
        FoundRequirement(
          .symbolVersion, library: need.library, version: need.version, floor: floor,
          reason: floor == .noProfile ? reason(for: need.version) : nil,
          symbols: need.allSymbols))
    }
    return found
  }

  /// True when a library that an object does not need itself is the platform's and not the wheel's.
  private mutating func isPlatforms(
    _ library: String, _ object: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) -> Bool {
    guard platform.libraryFloor(library) != nil || platform.isLoader(library) else { return false }
    return try !names.isCarried(library, with: object, &budget)
  }

  private func reason(for version: String) -> String {
    if version == "GLIBC_PRIVATE" { return "it is private to one build of glibc and no profile promises it" }
    if version.hasPrefix("GLIBC_"), let own = LibcVersion(version.dropFirst("GLIBC_".count)),
      let newest = platform.profiles.last, own > newest.version
    {
      return "it is newer than every profile known (up to \(newest.version))"
    }
    return "no profile lists it for \(platform.architecture)"
  }
}
