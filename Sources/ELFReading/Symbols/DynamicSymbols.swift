import CElf

/// The dynamic symbol table with the versions of its entries: DT_SYMTAB, DT_VERSYM.
struct DynamicSymbols {
  private let table: ELFTable
  private let versions: UnsafeBufferPointer<UInt16>
  private let count: Int32
  /// False when there may be fewer symbols than `count`.
  private let isCountStated: Bool
  private let offset: UInt64

  init(of image: borrowing ELFImage, _ outline: ELFOutline, _ dynamic: DynamicTags, at address: UInt64)
    throws(ImageFault)
  {
    let entrySize = UInt64(
      outline.identity.fileClass == .bits64 ? MemoryLayout<Elf64_Sym>.size : MemoryLayout<Elf32_Sym>.size)
    if let size = dynamic.symbolEntrySize, size != entrySize {
      throw .malformed(ELFError(.symbolTable, at: dynamic.offset, .invalid(field: "DT_SYMENT", value: size)))
    }
    let symbolCount = SymbolCount(outline, dynamic)
    let stated = try symbolCount.stated(by: image)
    let count = if let stated { stated } else { try symbolCount.room(symbolTable: address, entrySize) }
    let mapped = try outline.fileOffset(of: address, .symbolTable)
    guard count <= mapped.length / entrySize, count < UInt64(Int32.max) else {
      throw .malformed(
        ELFError(
          .symbolTable, at: mapped.offset, .outOfBounds(length: count.multipliedReportingOverflow(by: entrySize).0)))
    }
    self.offset = mapped.offset
    self.count = Int32(count)
    self.isCountStated = stated != nil
    self.table = try image.table(
      FileRange(offset: mapped.offset, length: count * entrySize), ELF_T_SYM, .symbolTable)
    if let address = dynamic.symbolVersions {
      let place = try outline.fileOffset(of: address, .symbolVersions)
      guard count <= place.length / 2 else {
        throw .malformed(ELFError(.symbolVersions, at: place.offset, .outOfBounds(length: count * 2)))
      }
      self.versions = try image.table(
        FileRange(offset: place.offset, length: count * 2), ELF_T_HALF, .symbolVersions
      ).entries(of: UInt16.self)
    } else {
      self.versions = UnsafeBufferPointer(start: nil, count: 0)
    }
  }

  /// A symbol that takes part in dynamic linking.
  struct Symbol {
    let name: UnsafeBufferPointer<UInt8>
    let isUndefined: Bool
    let isWeak: Bool
    /// The index of its version: 0 and 1 mean none.
    let version: UInt16
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
      let binding = entry.st_info >> 4
      guard entry.st_name != 0, binding != UInt8(STB_LOCAL) else { continue }
      // What patchelf took away it fills with X; the loader looks at what relocations refer to, and so at none of that.
      guard isCountStated || strings.contains(UInt64(entry.st_name)) else { continue }
      try body(
        Symbol(
          name: try strings.bytes(at: UInt64(entry.st_name)),
          isUndefined: entry.st_shndx == UInt16(SHN_UNDEF),
          isWeak: binding == UInt8(STB_WEAK),
          version: versions.isEmpty ? 0 : versions[Int(index)] & 0x7fff), strings)
    }
  }
}
