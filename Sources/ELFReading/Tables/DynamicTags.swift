import CElf

/// The tags of the dynamic segment that matter here (gABI chapter 5, "Dynamic Section").
///
/// Where a tag must occur once and occurs more often the last one counts, as in the loader.
struct DynamicTags {
  /// Offsets into the string table, in the order of the file.
  var needed: [UInt64] = []
  var filters: [UInt64] = []
  var auxiliaries: [UInt64] = []
  var auditors: [UInt64] = []
  var soname: UInt64?
  var rpath: UInt64?
  var runpath: UInt64?
  var stringTable: UInt64?
  var stringTableSize: UInt64?
  var symbolTable: UInt64?
  var symbolEntrySize: UInt64?
  var symbolVersions: UInt64?
  var versionNeeds: UInt64?
  var versionNeedCount: UInt64?
  var versionDefinitions: UInt64?
  var versionDefinitionCount: UInt64?
  var hashTable: UInt64?
  var gnuHashTable: UInt64?
  var hasRelativeRelocations = false
  var relocationsWithAddends: (address: UInt64?, size: UInt64, relativeCount: UInt64) = (nil, 0, 0)
  var relocationsWithoutAddends: (address: UInt64?, size: UInt64, relativeCount: UInt64) = (nil, 0, 0)
  var jumpRelocations: (address: UInt64?, size: UInt64) = (nil, 0)
  /// DT_PLTREL: whether those of DT_JMPREL have addends.
  var jumpRelocationsHaveAddends: Bool?
  /// DT_PLTREL as it stands there.
  var jumpRelocationKind: UInt64?
  /// DT_RELAENT, DT_RELENT and DT_RELRENT.
  var entrySizes: (withAddends: UInt64?, withoutAddends: UInt64?, relative: UInt64?) = (nil, nil, nil)
  /// Whether DT_PLTRELSZ, DT_RELASZ and DT_RELSZ are there.
  var statedSizes: (jumps: Bool, withAddends: Bool, withoutAddends: Bool) = (false, false, false)
  /// DT_BIND_NOW.
  var hasBindNow = false
  /// DT_AARCH64_VARIANT_PCS on AArch64.
  var hasVariantCalls = false
  var flags: UInt64 = 0
  var flags1: UInt64 = 0
  var hasTextRelocations = false
  /// Every address that a tag states: the places where some table begins.
  var addresses: [UInt64] = []
  /// Where the segment lies in the file.
  let offset: UInt64

  init(of image: borrowing ELFImage, at range: FileRange, fileClass: ELFIdentity.FileClass) throws(ImageFault) {
    self.offset = range.offset
    let entrySize = UInt64(
      fileClass == .bits64 ? MemoryLayout<Elf64_Dyn>.size : MemoryLayout<Elf32_Dyn>.size)
    let whole = FileRange(offset: range.offset, length: range.length - range.length % entrySize)
    let table = try image.table(whole, ELF_T_DYN, .dynamicSegment)
    guard whole.length / entrySize <= UInt64(Int32.max) else {
      throw .malformed(ELFError(.dynamicSegment, at: range.offset, .tooManyEntries(limit: Int(Int32.max))))
    }
    for index in 0..<Int32(whole.length / entrySize) {
      var entry = GElf_Dyn()
      guard gelf_getdyn(table.data, index, &entry) != nil else {
        throw .malformed(ELFError(.dynamicSegment, at: range.offset, .refused(ELFImage.libelfMessage())))
      }
      if entry.d_tag == Int64(DT_NULL) { return }
      take(tag: entry.d_tag, value: entry.d_un.d_val)
    }
    throw .malformed(ELFError(.dynamicSegment, at: range.offset, .unterminated))
  }

  private mutating func take(tag: Int64, value: UInt64) {
    switch tag {
    case Int64(DT_NEEDED): needed.append(value)
    case Int64(DT_FILTER): filters.append(value)
    case Int64(DT_AUXILIARY): auxiliaries.append(value)
    case Int64(DT_AUDIT), Int64(DT_DEPAUDIT): auditors.append(value)
    case Int64(DT_SONAME): soname = value
    case Int64(DT_RPATH): rpath = value
    case Int64(DT_RUNPATH): runpath = value
    case Int64(DT_STRTAB): stringTable = value
    case Int64(DT_STRSZ): stringTableSize = value
    case Int64(DT_SYMTAB): symbolTable = value
    case Int64(DT_SYMENT): symbolEntrySize = value
    case Int64(DT_VERSYM): symbolVersions = value
    case Int64(DT_VERNEED): versionNeeds = value
    case Int64(DT_VERNEEDNUM): versionNeedCount = value
    case Int64(DT_VERDEF): versionDefinitions = value
    case Int64(DT_VERDEFNUM): versionDefinitionCount = value
    case Int64(DT_HASH): hashTable = value
    case Int64(DT_GNU_HASH): gnuHashTable = value
    case Int64(DT_RELR): hasRelativeRelocations = true
    default: takeRelocations(tag: tag, value: value)
    }
    switch tag {
    case Int64(DT_HASH), Int64(DT_GNU_HASH), Int64(DT_STRTAB), Int64(DT_SYMTAB), Int64(DT_RELA), Int64(DT_REL),
      Int64(DT_RELR), Int64(DT_JMPREL), Int64(DT_INIT), Int64(DT_FINI), Int64(DT_INIT_ARRAY), Int64(DT_FINI_ARRAY),
      Int64(DT_PREINIT_ARRAY), Int64(DT_PLTGOT), Int64(DT_VERSYM), Int64(DT_VERNEED), Int64(DT_VERDEF):
      addresses.append(value)
    default: break
    }
  }

  private mutating func takeRelocations(tag: Int64, value: UInt64) {
    switch tag {
    case Int64(DT_RELA): relocationsWithAddends.address = value
    case Int64(DT_RELASZ): (relocationsWithAddends.size, statedSizes.withAddends) = (value, true)
    case Int64(DT_RELACOUNT): relocationsWithAddends.relativeCount = value
    case Int64(DT_REL): relocationsWithoutAddends.address = value
    case Int64(DT_RELSZ): (relocationsWithoutAddends.size, statedSizes.withoutAddends) = (value, true)
    case Int64(DT_RELCOUNT): relocationsWithoutAddends.relativeCount = value
    case Int64(DT_JMPREL): jumpRelocations.address = value
    case Int64(DT_PLTRELSZ): (jumpRelocations.size, statedSizes.jumps) = (value, true)
    case Int64(DT_PLTREL): (jumpRelocationsHaveAddends, jumpRelocationKind) = (value == UInt64(DT_RELA), value)
    case Int64(DT_RELAENT): entrySizes.withAddends = value
    case Int64(DT_RELENT): entrySizes.withoutAddends = value
    case Int64(DT_RELRENT): entrySizes.relative = value
    case Int64(DT_BIND_NOW): hasBindNow = true
    case Int64(DT_AARCH64_VARIANT_PCS): hasVariantCalls = true
    case Int64(DT_FLAGS): flags = value
    case Int64(DT_FLAGS_1): flags1 = value
    case Int64(DT_TEXTREL): hasTextRelocations = true
    default: break
    }
  }
}
