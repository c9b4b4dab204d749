import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  /// What loaders take for granted of the dynamic segment.
  func dynamicSegment(_ file: ELFObject, isOpened: Bool) -> [FoundRequirement] {
    var found: [FoundRequirement] = []
    if file.isDynamic, !file.hasSymbolHash, isOpened || platform.libc == .musl {
      found.append(demand(.symbolHash, "a loader finds no symbol in it, not even those that it defines itself"))
    }
    // Until then glibc wrote addresses into it, but for RISC-V's (BZ 28340, `dl_relocate_ld`).
    if platform.libc == .glibc, file.isDynamicReadOnly, file.identity.type == .sharedObject,
      platform.architecture != .riscv64
    {
      found.append(
        demand(
          .dynamicSegment, floor: .libc(LibcVersion(2, 35)), "older releases write into it, and it is for reading only")
      )
    }
    // musl looks at none of these.
    if platform.libc == .glibc, let fault = file.dynamicFaults.words {
      found.append(demand(.dynamicSegment, fault))
    }
    return found
  }
}

extension DynamicFaults {
  /// What is wrong, in words; nil where nothing is.
  fileprivate var words: String? {
    if contains(.jumpRelocationKind) {
      return "DT_PLTREL is none of the kinds of relocations that the processor has"
    }
    if contains(.entrySizeWithAddends) { return "DT_RELAENT is not the size of a relocation" }
    if contains(.entrySizeWithoutAddends) { return "DT_RELENT is not the size of a relocation" }
    if contains(.missingPlace) { return "a table of relocations or of versions has no place or no size" }
    return contains(.entrySizeRelative) ? "DT_RELRENT is not the size of an address" : nil
  }
}
