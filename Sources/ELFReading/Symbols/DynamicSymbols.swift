import CElf

/// The dynamic symbol table with the versions of its entries: DT_SYMTAB, DT_VERSYM.
///
/// No tag states how many there are: loaders come to those that the hash table leads to, and to those that relocations
/// refer to.
struct DynamicSymbols {
  private let table: ELFTable
  private let versions: UnsafeBufferPointer<UInt16>
  private let count: Int32
  private let offset: UInt64
  private let hash: SymbolHash
  private let referred: SymbolPositions
  private let meter: ReadingMeter

  init(
    of image: borrowing ELFImage, _ outline: ELFOutline, _ dynamic: DynamicTags, at address: UInt64,
    referredTo referred: SymbolPositions
  ) throws(ImageFault) {
    let entrySize = UInt64(
      outline.identity.fileClass == .bits64 ? MemoryLayout<Elf64_Sym>.size : MemoryLayout<Elf32_Sym>.size)
    if let size = dynamic.symbolEntrySize, size != entrySize {
      throw .malformed(ELFError(.symbolTable, at: dynamic.offset, .invalid(field: "DT_SYMENT", value: size)))
    }
    hash = try SymbolHash(of: image, outline, dynamic)
    self.referred = referred
    meter = image.meter
    let count = max(hash.symbolCount, referred.end)
    let mapped = try outline.fileOffset(of: address, .symbolTable)
    guard count <= mapped.length / entrySize, count < UInt64(Int32.max) else {
      throw .malformed(
        ELFError(
          .symbolTable, at: mapped.offset, .outOfBounds(length: count.multipliedReportingOverflow(by: entrySize).0)))
    }
    self.offset = mapped.offset
    self.count = Int32(count)
    self.table = try image.table(
      FileRange(offset: mapped.offset, length: count * entrySize), ELF_T_SYM, .symbolTable)
    try outline.requireUnchanged(address, length: count * entrySize, .symbolTable)
    if let address = dynamic.symbolVersions {
      let place = try outline.fileOffset(of: address, .symbolVersions)
      guard count <= place.length / 2 else {
        throw .malformed(ELFError(.symbolVersions, at: place.offset, .outOfBounds(length: count * 2)))
      }
      self.versions = try image.table(
        FileRange(offset: place.offset, length: count * 2), ELF_T_HALF, .symbolVersions
      ).entries(of: UInt16.self)
      try outline.requireUnchanged(address, length: count * 2, .symbolVersions)
    } else {
      self.versions = UnsafeBufferPointer(start: nil, count: 0)
    }
  }

  /// A symbol that takes part in dynamic linking.
  struct Symbol {
    let position: UInt32
    let name: UnsafeBufferPointer<UInt8>
    let isUndefined: Bool
    let isWeak: Bool
    let isUnique: Bool
    /// STT_GNU_IFUNC.
    let isIndirect: Bool
    /// True when some relocation refers to it: only then a loader looks for it.
    let isReferred: Bool
    /// True for a definition that other objects may be given, if the hash table leads to it.
    let isOffered: Bool
    /// The index of its version: 0 and 1 mean none.
    let version: UInt16
    /// True for a definition that only a reference with its version finds.
    let isHidden: Bool
  }

  /// Calls `body` with every named global or weak symbol.
  func forEach(
    _ strings: inout StringTable, _ body: (Symbol, borrowing StringTable) throws(ImageFault) -> Void
  ) throws(ImageFault) {
    // Entry 0 is reserved (gABI chapter 4, "Symbol Table").
    var index: Int32 = 1
    while index < count {
      defer { index += 1 }
      var entry = GElf_Sym()
      guard gelf_getsym(table.data, index, &entry) != nil else {
        throw .malformed(ELFError(.symbolTable, at: offset, .refused(ELFImage.libelfMessage())))
      }
      let binding = Int32(entry.st_info >> 4)
      guard entry.st_name != 0, binding != STB_LOCAL else { continue }
      let position = UInt32(index)
      let version = versions.isEmpty ? 0 : versions[Int(index)]
      try body(
        Symbol(
          position: position, name: try strings.bytes(at: UInt64(entry.st_name)),
          isUndefined: entry.st_shndx == UInt16(SHN_UNDEF), isWeak: binding == STB_WEAK,
          isUnique: binding == STB_GNU_UNIQUE, isIndirect: Int32(entry.st_info & 0xf) == STT_GNU_IFUNC,
          isReferred: referred.contains(position), isOffered: Self.isOffered(entry, binding),
          version: version & 0x7fff, isHidden: version & 0x8000 != 0), strings)
    }
  }

  /// True when a search by name comes to a definition.
  func finds(_ symbol: Symbol) throws(ImageFault) -> Bool {
    try hash.finds(symbol.position, named: symbol.name, meter)
  }

  /// What `do_lookup_x` in glibc's `elf/dl-lookup.c` takes, by type, binding, visibility and value.
  private static func isOffered(_ entry: GElf_Sym, _ binding: Int32) -> Bool {
    let (type, visibility) = (Int32(entry.st_info & 0xf), Int32(entry.st_other & 3))
    guard entry.st_shndx != UInt16(SHN_UNDEF), binding == STB_GLOBAL || binding == STB_WEAK || binding == STB_GNU_UNIQUE
    else { return false }
    guard entry.st_value != 0 || entry.st_shndx == UInt16(SHN_ABS) || type == STT_TLS else { return false }
    guard visibility != STV_HIDDEN, visibility != STV_INTERNAL else { return false }
    return [STT_NOTYPE, STT_OBJECT, STT_FUNC, STT_COMMON, STT_TLS, STT_GNU_IFUNC].contains(type)
  }
}
