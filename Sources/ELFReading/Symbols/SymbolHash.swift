import CElf

/// The hash table by which loaders find what an object defines: DT_GNU_HASH, or else DT_HASH.
///
/// A definition that it does not lead to is found by no loader, whatever the symbol table says.
enum SymbolHash {
  case none
  case gnu(GNUHashTable)
  case systemV(SystemVHashTable)

  init(of image: borrowing ELFImage, _ outline: ELFOutline, _ dynamic: DynamicTags) throws(ImageFault) {
    if let address = dynamic.gnuHashTable {
      self = .gnu(try GNUHashTable(of: image, outline, at: address))
    } else if let address = dynamic.hashTable {
      self = .systemV(try SystemVHashTable(of: image, outline, at: address))
    } else {
      self = .none
    }
  }

  /// How many symbols it leads to, from the first on.
  var symbolCount: UInt64 {
    switch self {
    case .none: 0
    case .gnu(let table): table.symbolCount
    case .systemV(let table): table.symbolCount
    }
  }

  /// True when a search for the name of a symbol comes to it.
  func finds(_ symbol: UInt32, named name: UnsafeBufferPointer<UInt8>, _ meter: ReadingMeter) throws(ImageFault) -> Bool
  {
    switch self {
    case .none: false
    case .gnu(let table): try table.finds(symbol, named: name, meter)
    case .systemV(let table): try table.finds(symbol, named: name, meter)
    }
  }
}

/// DT_GNU_HASH: a header of nbuckets, symoffset, bloom size and bloom shift; bloom words; buckets; chains, whose lowest bit
/// marks the end (glibc's `elf/dl-lookup.c`).
struct GNUHashTable {
  private let symbolOffset: UInt32
  private let bloom: UnsafeBufferPointer<UInt64>
  private let narrowBloom: UnsafeBufferPointer<UInt32>
  private let bloomShift: UInt32
  private let buckets: UnsafeBufferPointer<UInt32>
  private let chains: UnsafeBufferPointer<UInt32>

  init(of image: borrowing ELFImage, _ outline: ELFOutline, at address: UInt64) throws(ImageFault) {
    let place = try outline.fileOffset(of: address, .hashTable)
    func words(_ offset: UInt64, count: UInt64) throws(ImageFault) -> UnsafeBufferPointer<UInt32> {
      try image.table(FileRange(offset: offset, length: count * 4), ELF_T_WORD, .hashTable).entries(of: UInt32.self)
    }
    let header = try words(place.offset, count: 4)
    let (bucketCount, bloomSize) = (UInt64(header[0]), UInt64(header[2]))
    (symbolOffset, bloomShift) = (header[1], header[3])
    let isWide = outline.identity.fileClass == .bits64
    let bloomStart = place.offset + 16
    let bloomRange = FileRange(offset: bloomStart, length: bloomSize * (isWide ? 8 : 4))
    let bucketStart = bloomStart + bloomRange.length
    buckets = try words(bucketStart, count: bucketCount)
    if isWide {
      bloom = try image.table(bloomRange, ELF_T_XWORD, .hashTable).entries(of: UInt64.self)
      narrowBloom = UnsafeBufferPointer(start: nil, count: 0)
    } else {
      bloom = UnsafeBufferPointer(start: nil, count: 0)
      narrowBloom = try words(bloomStart, count: bloomSize)
    }
    let highest = buckets.max() ?? 0
    let chainStart = bucketStart + bucketCount * 4
    guard highest >= symbolOffset, highest != 0 else {
      chains = UnsafeBufferPointer(start: nil, count: 0)
      return
    }
    // The last hashed symbol ends the table: the chain of the highest bucket runs to it.
    var count = UInt64(highest - symbolOffset)
    // What is mapped may reach past the end of the file; the chain must not.
    let end = min(place.offset + place.length, UInt64(image.size))
    var step: UInt64 = 1024
    while true {
      let next = chainStart + count * 4
      guard next < end else { throw .malformed(ELFError(.hashTable, at: next, .unterminated)) }
      let hashes = try words(next, count: min(step, (end - next) / 4))
      guard !hashes.isEmpty else { throw .malformed(ELFError(.hashTable, at: next, .unterminated)) }
      if let last = hashes.firstIndex(where: { $0 & 1 == 1 }) {
        count += UInt64(last) + 1
        break
      }
      count += UInt64(hashes.count)
      // libelf keeps every table it has given and searches them all for the next: few large steps, not many small ones.
      step *= 2
    }
    chains = try words(chainStart, count: count)
    try outline.requireUnchanged(address, length: chainStart - place.offset + count * 4, .hashTable)
  }

  var symbolCount: UInt64 { chains.isEmpty ? 0 : UInt64(symbolOffset) + UInt64(chains.count) }

  func finds(_ symbol: UInt32, named name: UnsafeBufferPointer<UInt8>, _ meter: ReadingMeter) throws(ImageFault) -> Bool
  {
    guard symbol >= symbolOffset, Int(symbol - symbolOffset) < chains.count, !buckets.isEmpty else { return false }
    let hash = Self.hash(name)
    guard passesBloom(hash) else { return false }
    let position = Int(symbol - symbolOffset)
    guard chains[position] | 1 == hash | 1 else { return false }
    let start = buckets[Int(hash) % buckets.count]
    guard start != 0, start >= symbolOffset, start <= symbol else { return false }
    // No end of a chain stands between the bucket's first symbol and this one.
    let before = chains[Int(start - symbolOffset)..<position]
    // Chains are short where a linker made them.
    for _ in 0..<before.count / 32 { try meter.look(.hashTable, at: 0) }
    return before.allSatisfy { $0 & 1 == 0 }
  }

  private func passesBloom(_ hash: UInt32) -> Bool {
    if !bloom.isEmpty {
      let word = bloom[Int(hash >> 6) & (bloom.count - 1)]
      let second = bloomShift < 32 ? hash >> bloomShift : 0
      return word >> UInt64(hash & 63) & word >> UInt64(second & 63) & 1 == 1
    }
    guard !narrowBloom.isEmpty else { return false }
    let word = narrowBloom[Int(hash >> 5) & (narrowBloom.count - 1)]
    let second = bloomShift < 32 ? hash >> bloomShift : 0
    return word >> (hash & 31) & word >> (second & 31) & 1 == 1
  }

  private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> UInt32 {
    name.reduce(5381) { $0 &* 33 &+ UInt32($1) }
  }
}

/// DT_HASH (gABI chapter 5, "Hash Table"): nbucket, nchain, buckets, chains.
///
/// Loaders do not look at nchain. The entries are 8 bytes wide on 64-bit s390 (s390x ELF ABI supplement) and 4 bytes
/// everywhere else.
struct SystemVHashTable {
  private let buckets: [UInt32]
  private let chains: [UInt32]

  /// How often chains may lead behind what was known of the table; where nchain is true they never do.
  private static let roundLimit = 16

  init(of image: borrowing ELFImage, _ outline: ELFOutline, at address: UInt64) throws(ImageFault) {
    let place = try outline.fileOffset(of: address, .hashTable)
    let isWide = outline.identity.machine == .s390 && outline.identity.fileClass == .bits64
    let width: UInt64 = isWide ? 8 : 4
    func entries(_ index: UInt64, count: UInt64) throws(ImageFault) -> [UInt32] {
      let range = FileRange(offset: place.offset + index * width, length: count * width)
      if isWide {
        return try image.table(range, ELF_T_XWORD, .hashTable).entries(of: UInt64.self).map { UInt32(clamping: $0) }
      }
      return try Array(image.table(range, ELF_T_WORD, .hashTable).entries(of: UInt32.self))
    }
    let header = try entries(0, count: 2)
    let bucketCount = UInt64(header[0])
    buckets = try entries(2, count: bucketCount)
    // Chains reach as far as buckets and other chains lead.
    let stated = UInt64(header[1])
    var count = max(stated, UInt64(buckets.max() ?? 0) + 1)
    var chains = try entries(2 + bucketCount, count: count)
    var rounds = 0
    while let highest = chains.max(), UInt64(highest) >= count {
      (count, rounds) = (UInt64(highest) + 1, rounds + 1)
      guard rounds <= Self.roundLimit else {
        throw .malformed(ELFError(.hashTable, at: place.offset, .tooManyEntries(limit: Self.roundLimit)))
      }
      chains = try entries(2 + bucketCount, count: count)
    }
    self.chains = chains
    try outline.requireUnchanged(address, length: (2 + bucketCount + count) * width, .hashTable)
  }

  var symbolCount: UInt64 { UInt64(chains.count) }

  func finds(_ symbol: UInt32, named name: UnsafeBufferPointer<UInt8>, _ meter: ReadingMeter) throws(ImageFault) -> Bool
  {
    guard !buckets.isEmpty else { return false }
    var next = buckets[Int(Self.hash(name)) % buckets.count]
    var steps = 0
    while next != 0, Int(next) < chains.count, steps <= chains.count {
      if next == symbol { return true }
      if steps > 0 { try meter.look(.hashTable, at: 0) }
      next = chains[Int(next)]
      steps += 1
    }
    return false
  }

  /// The hash of a name by which versions are compared too.
  static func hash(_ name: some Sequence<UInt8>) -> UInt32 {
    name.reduce(0) { hash, byte in
      let shifted = hash << 4 &+ UInt32(byte)
      let high = shifted & 0xf000_0000
      return (shifted ^ high >> 24) & ~high
    }
  }
}
