import CElf

extension ELFObject {
  /// Reads the facts of a file whose outline is known.
  ///
  /// - Throws: `ImageFault.absent` as long as a part that is looked at has not been kept.
  init(of image: borrowing ELFImage, _ outline: ELFOutline, interest: SymbolInterest) throws(ImageFault) {
    self.init(identity: outline.identity)
    definitions = DefinedSymbols(seed: interest.seed)
    for segment in outline.segments {
      switch segment.type {
      // Of a program's path, too, its debugging information has the place and no bytes.
      case UInt32(PT_INTERP) where outline.isDebugInformation && segment.fileSize == 0: break
      // The kernel stops looking at the first.
      case UInt32(PT_INTERP) where interpreter == nil: interpreter = try Self.interpreter(in: segment, image)
      case UInt32(PT_GNU_STACK): stackIsExecutable = segment.flags & UInt32(PF_X) != 0
      case UInt32(PT_TLS): threadLocalStorage = ThreadLocalStorage(segment.stated)
      default: break
      }
    }
    isDebugInformation = outline.isDebugInformation
    guard !isDebugInformation else { return }
    layout = SegmentLayout(outline.segments, isWide: identity.fileClass == .bits64)
    try readNotes(image, outline)
    if let dynamic = outline.dynamic { try readDynamic(image, outline, dynamic, interest) }
    try outline.requireSegments(inFileOf: image.size)
  }

  private mutating func readDynamic(
    _ image: borrowing ELFImage, _ outline: ELFOutline, _ dynamic: DynamicTags, _ interest: SymbolInterest
  ) throws(ImageFault) {
    isDynamic = true
    isDynamicReadOnly = outline.isDynamicReadOnly
    hasRelativeRelocations = dynamic.hasRelativeRelocations
    hasSymbolVersions = dynamic.symbolVersions != nil
    hasSymbolHash = dynamic.hashTable != nil || dynamic.gnuHashTable != nil
    relocatesText = dynamic.hasTextRelocations || dynamic.flags & UInt64(DF_TEXTREL) != 0
    statesTextRelocations = dynamic.hasTextRelocations
    forbidsOpening = dynamic.flags1 & UInt64(DF_1_NOOPEN) != 0
    forbidsSystemFolders = dynamic.flags1 & UInt64(DF_1_NODEFLIB) != 0
    isPositionIndependentExecutable = dynamic.flags1 & UInt64(DF_1_PIE) != 0
    bindsNow =
      dynamic.hasBindNow || dynamic.flags & UInt64(DF_BIND_NOW) != 0 || dynamic.flags1 & UInt64(DF_1_NOW) != 0
    dynamicFaults = dynamic.faults(in: identity)
    hasVariantCalls = identity.machine == .aarch64 && dynamic.hasVariantCalls
    var strings = try StringTable(of: image, outline, dynamic)
    needed = try Self.distinct(dynamic.needed, in: &strings, image, dynamic)
    filters = try Self.distinct(dynamic.filters, in: &strings, image, dynamic)
    auxiliaries = try Self.distinct(dynamic.auxiliaries, in: &strings, image, dynamic)
    auditors = try Self.distinct(dynamic.auditors, in: &strings, image, dynamic)
    soname = try dynamic.soname.map { offset throws(ImageFault) in try strings.string(at: offset) }
    rpath = try dynamic.rpath.map { offset throws(ImageFault) in try strings.string(at: offset) }
    runpath = try dynamic.runpath.map { offset throws(ImageFault) in try strings.string(at: offset) }
    let versions = try readVersions(image, outline, dynamic, &strings)
    let isForGlibc = versionNeeds.contains { $0.version.hasPrefix("GLIBC_") }
    let tables = try RelocationTables(of: image, outline, dynamic, isForGlibc: isForGlibc)
    relocations = tables.relocations
    try readSymbols(image, outline, dynamic, &strings, versions, tables, interest)
  }

  /// What a version index of a symbol stands for.
  private enum Version {
    /// The need at a position of `versionNeeds`.
    case need(Int)
    case definition(String)
  }

  /// The versions that the object needs and defines.
  ///
  /// - Returns: what each index stands for, which linkers count up from 2.
  private mutating func readVersions(
    _ image: borrowing ELFImage, _ outline: ELFOutline, _ dynamic: DynamicTags, _ strings: inout StringTable
  ) throws(ImageFault) -> [Version?] {
    var versions: [Version?] = []
    func set(_ version: Version, at index: UInt16) {
      versions += repeatElement(nil, count: max(0, Int(index) + 1 - versions.count))
      versions[Int(index)] = version
    }
    if let address = dynamic.versionDefinitions {
      var records = try VersionRecords(of: image, outline, at: address, .versionDefinitions)
      for definition in try records.definitions(count: dynamic.versionDefinitionCount ?? 0, &strings) {
        versionDefinitions.append(definition.name)
        set(.definition(definition.name), at: definition.index)
      }
    }
    if let address = dynamic.versionNeeds {
      var records = try VersionRecords(of: image, outline, at: address, .versionNeeds)
      for record in try records.needs(count: dynamic.versionNeedCount ?? 0, &strings) {
        set(.need(versionNeeds.count), at: record.index)
        versionNeeds.append(record.need)
      }
    }
    return versions
  }

  private mutating func readSymbols(
    _ image: borrowing ELFImage, _ outline: ELFOutline, _ dynamic: DynamicTags, _ strings: inout StringTable,
    _ versions: [Version?], _ tables: RelocationTables, _ interest: SymbolInterest
  ) throws(ImageFault) {
    guard let address = dynamic.symbolTable else { return }
    let symbols = try DynamicSymbols(of: image, outline, dynamic, at: address, referredTo: tables.symbols)
    var (needs, undefined, definitions, kept) = (
      versionNeeds, SymbolNames(), DefinedSymbols(seed: interest.seed), [String]()
    )
    var (isUnique, initialExec) = (false, [String]())
    var (indirect, isOwnIndirect) = ([String](), false)
    let mayCopy = identity.type == .executable || interpreter != nil || isPositionIndependentExecutable
    versionNeeds = []
    try symbols.forEach(&strings) { (symbol, strings) throws(ImageFault) in
      let version = symbol.version > 1 && symbol.version < versions.count ? versions[Int(symbol.version)] : nil
      if tables.initialExecSymbols.contains(symbol.position), symbol.isUndefined {
        try strings.keep(symbol.name, weighing: 2)
        initialExec.append(String(name: symbol.name))
      }
      // Not the undefined ones alone: an executable defines what it takes over from a library by a copy relocation,
      // and the symbol still carries the library's version.
      if case .need(let position)? = version, symbol.isUndefined || mayCopy {
        try strings.keep(symbol.name, weighing: 1)
        if symbol.isWeak {
          needs[position].weakSymbols.append(utf8: symbol.name)
        } else {
          needs[position].symbols.append(utf8: symbol.name)
        }
        return
      }
      if symbol.isUndefined {
        guard !symbol.isWeak, symbol.isReferred else { return }
        try strings.keep(symbol.name, weighing: 1)
        undefined.append(utf8: symbol.name)
        return
      }
      guard symbol.isOffered else { return }
      if symbol.isIndirect {
        try strings.keep(symbol.name, weighing: 2)
        indirect.append(String(name: symbol.name))
        isOwnIndirect = isOwnIndirect || symbol.isReferred
      }
      isUnique = isUnique || symbol.isUnique
      guard try symbols.finds(symbol) else { return }
      // Of the first version that it defines.
      let isForGlibcAlone = symbol.isHidden && symbol.version == 2
      if case .definition(var name)? = version {
        name.withUTF8 {
          definitions.insert(symbol.name, version: $0, isHidden: symbol.isHidden, isForGlibcAlone: isForGlibcAlone)
        }
      } else {
        definitions.insert(
          symbol.name, version: nil, isHidden: symbol.isHidden, isForGlibcAlone: isForGlibcAlone)
      }
      guard interest.contains(symbol.name) else { return }
      try strings.keep(symbol.name, weighing: 2)
      kept.append(String(name: symbol.name))
    }
    (versionNeeds, undefinedSymbols, self.definitions, definedSymbols) = (needs, undefined, definitions, kept)
    (indirectFunctions, usesOwnIndirectFunctions) = (indirect, isOwnIndirect)
    definesUniqueSymbols = isUnique
    relocations.initialExecSymbols = initialExec
    if initialExec.count < tables.initialExecSymbols.count { relocations.fixesOwnBlock = true }
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

  /// The path in PT_INTERP; the kernel reads it from the file, at most PATH_MAX bytes with the terminator, with which the
  /// segment must end.
  ///
  /// Libraries may have an empty one, which tools leave behind that change them.
  private static func interpreter(in segment: Segment, _ image: borrowing ELFImage) throws(ImageFault) -> String {
    guard segment.fileSize <= 4096 else {
      throw .malformed(ELFError(.interpreter, at: segment.offset, .invalid(field: "p_filesz", value: segment.fileSize)))
    }
    let bytes = try image.bytes(FileRange(offset: segment.offset, length: segment.fileSize), .interpreter)
    guard bytes.last == 0, let end = bytes.firstIndex(of: 0) else {
      throw .malformed(ELFError(.interpreter, at: segment.offset, .unterminated))
    }
    return String(name: bytes[..<end])
  }
}

extension ThreadLocalStorage {
  fileprivate init(_ segment: Segment.Stated) {
    self.init(
      size: segment.memorySize, alignment: segment.alignment,
      excess: segment.alignment > 1 ? segment.address % segment.alignment : 0)
  }
}
