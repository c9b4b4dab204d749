import CElf

extension ELFObject {
  /// Reads the facts of a file whose outline is known.
  ///
  /// - Throws: `ImageFault.absent` as long as a part that is looked at has not been kept.
  init(of image: borrowing ELFImage, _ outline: ELFOutline, interest: SymbolInterest) throws(ImageFault) {
    self.init(identity: outline.identity)
    for segment in outline.segments {
      switch segment.type {
      // The kernel stops looking at the first.
      case UInt32(PT_INTERP) where interpreter == nil: interpreter = try Self.interpreter(in: segment, image)
      case UInt32(PT_GNU_STACK): hasExecutableStack = segment.flags & UInt32(PF_X) != 0
      default: break
      }
    }
    neededInstructionSets = try PropertyNotes.neededInstructionSets(of: image, outline)
    guard let dynamic = outline.dynamic else { return }
    isDynamic = true
    hasRelativeRelocations = dynamic.hasRelativeRelocations
    var strings = try StringTable(of: image, outline, dynamic)
    needed = try Self.distinct(dynamic.needed, in: &strings, image, dynamic)
    filters = try Self.distinct(dynamic.filters, in: &strings, image, dynamic)
    auxiliaries = try Self.distinct(dynamic.auxiliaries, in: &strings, image, dynamic)
    soname = try dynamic.soname.map { offset throws(ImageFault) in try strings.string(at: offset) }
    rpath = try dynamic.rpath.map { offset throws(ImageFault) in try strings.string(at: offset) }
    runpath = try dynamic.runpath.map { offset throws(ImageFault) in try strings.string(at: offset) }
    if let address = dynamic.versionDefinitions {
      var records = try VersionRecords(of: image, outline, at: address, .versionDefinitions)
      versionDefinitions = try records.definitions(count: dynamic.versionDefinitionCount ?? 0, &strings)
    }
    try readSymbols(image, outline, dynamic, &strings, interest)
  }

  /// The names of libraries that tags of one kind state: what is stated twice is loaded once.
  private static func distinct(
    _ offsets: [UInt64], in strings: inout StringTable, _ image: borrowing ELFImage, _ dynamic: DynamicTags
  ) throws(ImageFault) -> [String] {
    var (seen, names) = (Set<UInt64>(), Set<String>())
    var distinct: [String] = []
    for offset in offsets {
      try image.meter.look(.dynamicSegment, at: dynamic.offset)
      guard seen.insert(offset).inserted else { continue }
      let name = try strings.string(at: offset)
      if names.insert(name).inserted { distinct.append(name) }
    }
    return distinct
  }

  private mutating func readSymbols(
    _ image: borrowing ELFImage, _ outline: ELFOutline, _ dynamic: DynamicTags, _ strings: inout StringTable,
    _ interest: SymbolInterest
  ) throws(ImageFault) {
    // By the index of the version, which linkers count up from 2.
    var positions: [Int?] = []
    if let address = dynamic.versionNeeds {
      var records = try VersionRecords(of: image, outline, at: address, .versionNeeds)
      for record in try records.needs(count: dynamic.versionNeedCount ?? 0, &strings) {
        let index = Int(record.index)
        positions += repeatElement(nil, count: max(0, index + 1 - positions.count))
        positions[index] = versionNeeds.count
        versionNeeds.append(record.need)
      }
    }
    guard let address = dynamic.symbolTable else { return }
    let symbols = try DynamicSymbols(of: image, outline, dynamic, at: address)
    var (needs, undefined, defined) = (versionNeeds, [UndefinedSymbol](), [String]())
    versionNeeds = []
    try symbols.forEach(&strings) { (symbol, strings) throws(ImageFault) in
      // Not the undefined ones alone: an executable defines what it takes over from a library by a copy relocation,
      // and the symbol still carries the library's version.
      if symbol.version > 1, symbol.version < positions.count, let position = positions[Int(symbol.version)] {
        try strings.keep(symbol.name, weighing: 1)
        needs[position].symbols.append(utf8: symbol.name)
      }
      guard interest.contains(symbol.name) else { return }
      try strings.keep(symbol.name, weighing: 2)
      let name = String(decoding: symbol.name, as: UTF8.self)
      if symbol.isUndefined {
        undefined.append(UndefinedSymbol(name: name, isWeak: symbol.isWeak))
      } else {
        defined.append(name)
      }
    }
    (versionNeeds, undefinedSymbols, definedSymbols) = (needs, undefined, defined)
  }

  /// The path in PT_INTERP; the kernel reads it from the file, at most PATH_MAX bytes with the terminator.
  private static func interpreter(in segment: Segment, _ image: borrowing ELFImage) throws(ImageFault) -> String {
    guard segment.fileSize <= 4096 else {
      throw .malformed(ELFError(.interpreter, at: segment.offset, .invalid(field: "p_filesz", value: segment.fileSize)))
    }
    let bytes = try image.bytes(FileRange(offset: segment.offset, length: segment.fileSize), .interpreter)
    guard let end = bytes.firstIndex(of: 0) else {
      throw .malformed(ELFError(.interpreter, at: segment.offset, .unterminated))
    }
    return String(decoding: bytes[..<end], as: UTF8.self)
  }
}
