import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  /// Kinds of definitions that loaders did not know.
  ///
  /// Indirect functions (STT_GNU_IFUNC) and unique symbols (STB_GNU_UNIQUE) came with glibc 2.11. For musl's look-up an
  /// indirect function is not there (`OK_TYPES`).
  func symbolTypes(_ file: ELFObject) -> [FoundRequirement] {
    let since = LibcVersion(2, 11)
    var found: [FoundRequirement] = []
    if file.definesIndirectFunctions {
      let isMusl = platform.libc == .musl
      found.append(
        demand(
          .indirectFunctions, floor: isMusl ? .noProfile : .libc(since),
          isMusl ? "musl finds no function that chooses the function" : "older releases do not know them"))
    }
    if file.definesUniqueSymbols, platform.libc == .glibc {
      found.append(demand(.uniqueSymbols, floor: .libc(since), "older releases do not know them"))
    }
    return found
  }

  /// Types of relocations that a loader does not know, or not in every release.
  func relocationTypes(_ file: ELFObject) -> [FoundRequirement] {
    let known = RelocationTypes(platform.libc, platform.architecture)
    return file.relocations.types.sorted().compactMap { type in
      switch known.support(of: type) {
      case .always: nil
      case .since(let version):
        demand(
          .relocationType, floor: .libc(version), "relocation type \(type) is known since \(platform.libc) \(version)")
      case .never: demand(.relocationType, "no release of \(platform.libc) knows relocation type \(type)")
      }
    }
  }
}
