import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  /// Kinds of definitions that loaders did not know.
  ///
  /// Indirect functions (STT_GNU_IFUNC) and unique symbols (STB_GNU_UNIQUE) came with glibc 2.11. For musl's look-up an
  /// indirect function is not there (`OK_TYPES`).
  func symbolTypes(_ file: ELFObject, _ budget: inout WorkBudget) throws(OverBudget) -> [FoundRequirement] {
    let since = LibcVersion(2, 11)
    var found: [FoundRequirement] = []
    if platform.libc == .musl, try usesIndirectFunctions(of: file, &budget) {
      found.append(demand(.indirectFunctions, "musl finds no function that chooses the function"))
    } else if platform.libc == .glibc, file.definesIndirectFunctions {
      found.append(demand(.indirectFunctions, floor: .libc(since), "older releases do not know them"))
    }
    if file.definesUniqueSymbols, platform.libc == .glibc {
      found.append(demand(.uniqueSymbols, floor: .libc(since), "older releases do not know them"))
    }
    return found
  }

  /// True where the object itself, or another one of the wheel, uses a function that chooses the function.
  private func usesIndirectFunctions(
    of file: ELFObject, _ budget: inout WorkBudget
  ) throws(OverBudget) -> Bool {
    guard file.definesIndirectFunctions else { return false }
    if file.usesOwnIndirectFunctions { return true }
    let names = Set(file.indirectFunctions)
    for other in objects {
      for symbols in [other.file.undefinedSymbols] + other.file.versionNeeds.map(\.symbols) {
        try budget.draw(steps: symbols.count)
        if symbols.contains(where: names.contains) { return true }
      }
    }
    return false
  }

  /// Relocations in code, for which musl makes writable what it maps itself, and only where it sees DT_TEXTREL
  /// (`map_library` in its `ldso/dynlink.c`).
  func textRelocations(_ object: WheelObject) -> FoundRequirement? {
    let file = object.file
    guard platform.libc == .musl, file.relocations.changesText else { return nil }
    if object.isProgram {
      return demand(.textRelocations, "the kernel maps a program, and musl makes nothing of it writable")
    }
    guard !file.statesTextRelocations else { return nil }
    return demand(
      .textRelocations, "they are marked by a flag (DF_TEXTREL) and not by the entry that musl goes by (DT_TEXTREL)")
  }

  /// What a program that looks functions up at their first call may not have among them ("unexpected PLT reloc type").
  func lazyRelocations(_ file: ELFObject) -> FoundRequirement? {
    guard platform.libc == .glibc, !file.bindsNow, let known = file.identity.machine.lazyTypes,
      let type = file.relocations.jumpTypes.subtracting(known).min()
    else { return nil }
    return demand(.relocationType, "no release of glibc binds relocation type \(type) at the first call (DT_JMPREL)")
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
