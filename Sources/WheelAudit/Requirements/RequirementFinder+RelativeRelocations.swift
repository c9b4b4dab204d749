import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  /// DT_RELR, which older loaders pass over, so that the object crashes.
  ///
  /// Since glibc knows it, it refuses an object that needs versions and a `libc.so.` and does not need the version that
  /// stands for it (`_dl_check_map_versions` in glibc's `elf/dl-version.c`).
  func relativeRelocations(of object: Int) -> [FoundRequirement] {
    let file = objects[object].file
    guard file.hasRelativeRelocations else { return [] }
    let isUnmarked =
      platform.libc == .glibc && !file.versionNeeds.isEmpty && file.needed.contains { $0.hasPrefix("libc.so.") }
      && !file.versionNeeds.contains { $0.version == Self.marker }
    guard isUnmarked else {
      return [
        FoundRequirement(
          .relativeRelocations, floor: platform.relativeRelocationFloor,
          reason: "older loaders do not know packed relative relocations")
      ]
    }
    return [
      FoundRequirement(
        .relativeRelocations, floor: .noProfile,
        reason: "loaders that know packed relative relocations refuse them without a need of \(Self.marker), and older "
          + "ones do not know them")
    ]
  }

  private static let marker = "GLIBC_ABI_DT_RELR"
}
