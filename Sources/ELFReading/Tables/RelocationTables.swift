import CElf

/// The relocations of an object: DT_REL, DT_RELA and DT_JMPREL.
struct RelocationTables {
  /// What they ask of the loader, the names of symbols left out.
  private(set) var relocations = Relocations()
  /// The symbols that they refer to.
  private(set) var symbols = SymbolPositions()
  /// Those of them of which the offset from the thread pointer is asked for.
  private(set) var initialExecSymbols: Set<UInt32> = []

  /// Whether the object says that some change what is mapped for reading only, so that it must be looked at.
  private let isTextChanged: Bool
  /// What is mapped for reading only, where it must.
  private let fixed: [Segment.Stated]

  /// More types than any processor has.
  private static let typeLimit = 256
  /// Segments for reading only that are looked through for each relocation.
  private static let fixedLimit = 16

  /// Reads the tables.
  ///
  /// Where only glibc's loader loads the object (`isForGlibc`), those that DT_RELACOUNT counts are passed over: it takes
  /// it that they are relative, and does not look.
  init(
    of image: borrowing ELFImage, _ outline: ELFOutline, _ dynamic: DynamicTags, isForGlibc: Bool
  ) throws(ImageFault) {
    isTextChanged = dynamic.hasTextRelocations || dynamic.flags & UInt64(DF_TEXTREL) != 0
    fixed =
      isTextChanged
      ? outline.segments.filter { $0.type == Segment.load && $0.flags & UInt32(PF_W) == 0 }.map(\.stated) : []
    for table in Self.tables(of: dynamic, outline.identity) {
      guard let place = try table.place(in: outline) else { continue }
      let relative = min(table.relativeCount, place.length / table.entrySize) * table.entrySize
      let rest = FileRange(offset: place.offset + relative, length: place.length - relative)
      if relative > 0, !isForGlibc {
        try take(FileRange(offset: place.offset, length: relative), table, image, outline)
      }
      try take(rest, table, image, outline)
    }
  }

  /// True where a relocation changes what is mapped for reading only; nothing is done for type 0.
  private func isFixed(_ place: UInt64, _ type: UInt32) -> Bool {
    // Linkers make three such segments at most.
    guard type != 0, fixed.count <= Self.fixedLimit else { return type != 0 }
    return fixed.contains { place >= $0.address && place - $0.address < $0.memorySize }
  }

  private mutating func take(
    _ range: FileRange, _ table: Table, _ image: borrowing ELFImage, _ outline: ELFOutline
  ) throws(ImageFault) {
    switch (outline.identity.fileClass, table.haveAddends) {
    case (.bits64, true):
      let entries = try image.table(range, ELF_T_RELA, .relocations).entries(of: Elf64_Rela.self)
      try take(
        entries.lazy.map { (UInt32(truncatingIfNeeded: $0.r_info), UInt32($0.r_info >> 32), $0.r_offset) }, table,
        range,
        outline)
    case (.bits64, false):
      let entries = try image.table(range, ELF_T_REL, .relocations).entries(of: Elf64_Rel.self)
      try take(
        entries.lazy.map { (UInt32(truncatingIfNeeded: $0.r_info), UInt32($0.r_info >> 32), $0.r_offset) }, table,
        range,
        outline)
    case (.bits32, true):
      let entries = try image.table(range, ELF_T_RELA, .relocations).entries(of: Elf32_Rela.self)
      try take(
        entries.lazy.map { ($0.r_info & 0xff, $0.r_info >> 8, UInt64($0.r_offset)) }, table, range, outline)
    case (.bits32, false):
      let entries = try image.table(range, ELF_T_REL, .relocations).entries(of: Elf32_Rel.self)
      try take(
        entries.lazy.map { ($0.r_info & 0xff, $0.r_info >> 8, UInt64($0.r_offset)) }, table, range, outline)
    }
  }

  private mutating func take(
    _ entries: some Sequence<(type: UInt32, symbol: UInt32, place: UInt64)>, _ table: Table, _ range: FileRange,
    _ outline: ELFOutline
  ) throws(ImageFault) {
    let machine = outline.identity.machine
    var (last, isInitialExec) = (UInt32.max, false)
    for (type, symbol, place) in entries {
      if isTextChanged, isFixed(place, type) { relocations.changesText = true }
      if type != last {
        (last, isInitialExec) = (type, machine.isInitialExec(type))
        relocations.types.insert(type)
        if table.isOfJumps { relocations.jumpTypes.insert(type) }
        guard relocations.types.count <= Self.typeLimit else {
          throw .malformed(ELFError(.relocations, at: range.offset, .tooManyEntries(limit: Self.typeLimit)))
        }
        if isInitialExec { relocations.usesInitialExec = true }
      }
      guard symbol != 0 else {
        if isInitialExec { relocations.fixesOwnBlock = true }
        continue
      }
      guard symbols.insert(symbol) else {
        throw .malformed(
          ELFError(.relocations, at: range.offset, .invalid(field: "the symbol of r_info", value: UInt64(symbol))))
      }
      if isInitialExec { initialExecSymbols.insert(symbol) }
    }
  }
}

extension RelocationTables {
  /// One of the tables, as the dynamic segment states it.
  private struct Table {
    let address: UInt64
    let size: UInt64
    let relativeCount: UInt64
    let haveAddends: Bool
    let entrySize: UInt64
    /// DT_JMPREL.
    let isOfJumps: Bool

    /// Where it lies in the file; nil for an empty one.
    func place(in outline: ELFOutline) throws(ImageFault) -> FileRange? {
      guard size >= entrySize else { return nil }
      let mapped = try outline.fileOffset(of: address, .relocations)
      let whole = size - size % entrySize
      guard whole <= mapped.length else {
        throw .malformed(ELFError(.relocations, at: mapped.offset, .outOfBounds(length: whole)))
      }
      try outline.requireUnchanged(address, length: whole, .relocations)
      return FileRange(offset: mapped.offset, length: whole)
    }
  }

  private static func tables(of dynamic: DynamicTags, _ identity: ELFIdentity) -> [Table] {
    func table(
      _ address: UInt64?, _ size: UInt64, _ relativeCount: UInt64, _ haveAddends: Bool, isOfJumps: Bool = false
    ) -> Table? {
      guard let address, size > 0 else { return nil }
      let entrySize =
        switch (identity.fileClass, haveAddends) {
        case (.bits64, true): MemoryLayout<Elf64_Rela>.size
        case (.bits64, false): MemoryLayout<Elf64_Rel>.size
        case (.bits32, true): MemoryLayout<Elf32_Rela>.size
        case (.bits32, false): MemoryLayout<Elf32_Rel>.size
        }
      return Table(
        address: address, size: size, relativeCount: relativeCount, haveAddends: haveAddends,
        entrySize: UInt64(entrySize), isOfJumps: isOfJumps)
    }
    let (with, without, jumps) = (
      dynamic.relocationsWithAddends, dynamic.relocationsWithoutAddends, dynamic.jumpRelocations
    )
    // Without DT_PLTREL they are as the processor has them.
    let jumpsHaveAddends =
      dynamic.jumpRelocationsHaveAddends ?? (identity.machine != .i386 && identity.machine != .arm)
    return [
      table(with.address, with.size, with.relativeCount, true),
      table(without.address, without.size, without.relativeCount, false),
      table(jumps.address, jumps.size, 0, jumpsHaveAddends, isOfJumps: true),
    ].compactMap { $0 }
  }

  /// Where they are, but for the relative ones: what to keep of a stream.
  static func likelyRanges(of dynamic: DynamicTags, _ outline: ELFOutline) -> [FileRange] {
    tables(of: dynamic, outline.identity).compactMap { table in
      guard let mapped = try? outline.fileOffset(of: table.address, .relocations) else { return nil }
      let (relative, overflow) = table.relativeCount.multipliedReportingOverflow(by: table.entrySize)
      let skipped = overflow ? table.size : min(relative, table.size)
      let length = min(mapped.length, table.size)
      guard skipped < length, length - skipped <= ELFImage.tableLimit else { return nil }
      return FileRange(offset: mapped.offset + skipped, length: length - skipped)
    }
  }
}

/// Positions in the symbol table: a bit for each.
struct SymbolPositions {
  private var bits: [UInt64] = []
  /// One more than the highest.
  private(set) var end: UInt64 = 0

  /// No symbol table has so many entries.
  private static let limit: UInt32 = 1 << 26

  func contains(_ position: UInt32) -> Bool {
    let word = Int(position >> 6)
    return word < bits.count && bits[word] & (1 << UInt64(position & 63)) != 0
  }

  /// - Returns: false for a position that no symbol table has.
  mutating func insert(_ position: UInt32) -> Bool {
    guard position < Self.limit else { return false }
    let word = Int(position >> 6)
    if word >= bits.count { bits += Array(repeating: 0, count: max(64, word + 1 - bits.count)) }
    bits[word] |= 1 << UInt64(position & 63)
    end = max(end, UInt64(position) + 1)
    return true
  }
}
