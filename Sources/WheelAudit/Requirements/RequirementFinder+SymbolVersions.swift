import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  func symbolVersions(of object: Int) -> [Requirement] {
    objects[object].file.versionNeeds.compactMap { need in
      guard !need.isWeak, let floor = platform.versionFloor(need.version), isPlatforms(need.library, object) else {
        return nil
      }
      return Requirement(
        .symbolVersion, library: need.library, version: need.version, floor: floor,
        reason: floor == .noProfile ? reason(for: need.version) : nil,
        demands: [Requirement.Demand(object: objects[object].path, names: need.symbols)])
    }
  }

  /// True when a library that versions are needed from is the platform's and not the wheel's.
  func isPlatforms(_ library: String, _ object: Int) -> Bool {
    if let edge = graph.edge(of: object, to: library) { return edge.resolution == .platform }
    // The linker may record versions of a library that only another object needs.
    let isBundled = graph.reached(from: object).contains {
      objects[$0].file.soname == library || objects[$0].place.name == library
    }
    return !isBundled && (platform.libraryFloor(library) != nil || platform.isLoader(library))
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
