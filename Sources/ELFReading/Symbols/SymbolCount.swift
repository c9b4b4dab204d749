import CElf

/// How many entries the dynamic symbol table has.
///
/// No tag states it; the hash tables imply it.
struct SymbolCount {
  private let outline: ELFOutline
  private let dynamic: DynamicTags

  init(_ outline: ELFOutline, _ dynamic: DynamicTags) {
    self.outline = outline
    self.dynamic = dynamic
  }

  /// The count that DT_HASH or DT_GNU_HASH states; nil when neither does.
  ///
  /// Where both exist the loader looks at DT_GNU_HASH only, so the other one may say too little.
  func stated(by image: borrowing ELFImage) throws(ImageFault) -> UInt64? {
    let stated = try dynamic.hashTable.map { address throws(ImageFault) in try fromHashTable(at: address, image) }
    if let address = dynamic.gnuHashTable, let count = try fromGNUHashTable(at: address, image) {
      return max(count, stated ?? 0)
    }
    return stated
  }

  /// The count that there is room for before the next table: no less than there are symbols.
  ///
  /// Behind them there may be a hole, where a tool took a table away; every symbol has a version.
  func room(symbolTable: UInt64, _ entrySize: UInt64) throws(ImageFault) -> UInt64 {
    let room = try outline.extent(of: symbolTable, atMost: .max, .symbolTable).length / entrySize
    guard let versions = dynamic.symbolVersions else { return room }
    return min(room, try outline.extent(of: versions, atMost: .max, .symbolVersions).length / 2)
  }

  /// `nchain` of DT_HASH equals the number of symbols (gABI chapter 5, "Hash Table").
  ///
  /// The entries are 8 bytes wide on 64-bit s390 (s390x ELF ABI supplement) and 4 bytes everywhere else.
  private func fromHashTable(at address: UInt64, _ image: borrowing ELFImage) throws(ImageFault) -> UInt64 {
    let offset = try outline.fileOffset(of: address, .hashTable).offset
    if outline.identity.machine == .s390, outline.identity.fileClass == .bits64 {
      return try image.table(FileRange(offset: offset, length: 16), ELF_T_XWORD, .hashTable).entries(of: UInt64.self)[1]
    }
    return UInt64(
      try image.table(FileRange(offset: offset, length: 8), ELF_T_WORD, .hashTable).entries(of: UInt32.self)[1])
  }

  /// The last hashed symbol ends the table: the chain of the highest bucket runs to it.
  ///
  /// Nil when no symbol is hashed, since then the table says nothing of the undefined ones before `symoffset`.
  /// (Format: header of nbuckets, symoffset, bloom size, bloom shift; bloom words; buckets; chains.)
  private func fromGNUHashTable(at address: UInt64, _ image: borrowing ELFImage) throws(ImageFault) -> UInt64? {
    let place = try outline.fileOffset(of: address, .hashTable)
    let header = try words(image, place.offset, count: 4)
    let (bucketCount, symbolOffset, bloomSize) = (UInt64(header[0]), UInt64(header[1]), UInt64(header[2]))
    let bloomWord: UInt64 = outline.identity.fileClass == .bits64 ? 8 : 4
    let bucketStart = place.offset + 16 + bloomSize * bloomWord
    let highest = try words(image, bucketStart, count: bucketCount).max() ?? 0
    guard UInt64(highest) >= symbolOffset, highest != 0 else { return nil }
    let chainStart = bucketStart + bucketCount * 4
    var symbol = UInt64(highest)
    var step: UInt64 = 1024
    // What is mapped may reach past the end of the file; the chain must not.
    let end = min(place.offset + place.length, UInt64(image.size))
    while true {
      let next = chainStart + (symbol - symbolOffset) * 4
      guard next < end else { throw .malformed(ELFError(.hashTable, at: next, .unterminated)) }
      let hashes = try words(image, next, count: min(step, (end - next) / 4))
      guard !hashes.isEmpty else { throw .malformed(ELFError(.hashTable, at: next, .unterminated)) }
      // The lowest bit marks the end of a chain.
      if let last = hashes.firstIndex(where: { $0 & 1 == 1 }) { return symbol + UInt64(last) + 1 }
      symbol += UInt64(hashes.count)
      // libelf keeps every table it has given and searches them all for the next: few large steps, not many small ones.
      step *= 2
    }
  }

  private func words(
    _ image: borrowing ELFImage, _ offset: UInt64, count: UInt64
  ) throws(ImageFault) -> UnsafeBufferPointer<UInt32> {
    try image.table(FileRange(offset: offset, length: count * 4), ELF_T_WORD, .hashTable).entries(of: UInt32.self)
  }
}
