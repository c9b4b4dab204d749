import CElf

extension DynamicTags {
  /// What of the entries glibc's loader would end the process for, in a file of this identity.
  func faults(in identity: ELFIdentity) -> DynamicFaults {
    var faults: DynamicFaults = []
    // i386 and ARM have both kinds of relocations, the others those with addends (`ELF_MACHINE_NO_REL`).
    let hasBothKinds = identity.machine == .i386 || identity.machine == .arm
    if let kind = jumpRelocationKind, kind != UInt64(DT_RELA), !hasBothKinds || kind != UInt64(DT_REL) {
      faults.insert(.jumpRelocationKind)
    }
    // With DT_PLTREL of a kind that is not the processor's the loader has given up before.
    if jumpRelocationKind != nil && (jumpRelocations.address == nil || !statedSizes.jumps)
      || relocationsWithAddends.address != nil && !statedSizes.withAddends
      || versionNeeds != nil && symbolVersions == nil
      || hasBothKinds && relocationsWithoutAddends.address != nil && !statedSizes.withoutAddends
    {
      faults.insert(.missingPlace)
    }
    let isWide = identity.fileClass == .bits64
    if relocationsWithAddends.address != nil,
      entrySizes.withAddends != UInt64(isWide ? MemoryLayout<Elf64_Rela>.size : MemoryLayout<Elf32_Rela>.size)
    {
      faults.insert(.entrySizeWithAddends)
    }
    if relocationsWithoutAddends.address != nil, hasBothKinds,
      entrySizes.withoutAddends != UInt64(isWide ? MemoryLayout<Elf64_Rel>.size : MemoryLayout<Elf32_Rel>.size)
    {
      faults.insert(.entrySizeWithoutAddends)
    }
    if hasRelativeRelocations, entrySizes.relative != UInt64(isWide ? 8 : 4) { faults.insert(.entrySizeRelative) }
    return faults
  }
}
