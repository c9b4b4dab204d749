import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  /// What only musl's loader refuses of an object for how it is made.
  ///
  /// It makes segments writable for relocations where it sees DT_TEXTREL, and does not look at DF_TEXTREL
  /// (`map_library` in its `ldso/dynlink.c`).
  func muslLoading(of object: Int) -> [FoundRequirement] {
    let file = objects[object].file
    guard platform.libc == .musl, file.relocations.changesText, !file.statesTextRelocations,
      !objects[object].isStaticProgram
    else { return [] }
    return [
      FoundRequirement(
        .loading, version: LoadingDemand.unstatedTextRelocations.rawValue, floor: .noProfile,
        reason: "its relocations in code are marked by a flag (DF_TEXTREL) and not by the entry that musl goes by "
          + "(DT_TEXTREL), so that the process ends with a signal")
    ]
  }
}
