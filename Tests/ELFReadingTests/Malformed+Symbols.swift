import ELFReading
import TestSupport

extension Malformed {
  /// DT_SYMTAB, DT_VERSYM and the hash tables that say how many symbols there are.
  ///
  /// DT_GNU_HASH is a header of four words (nbuckets, symoffset, bloom size, bloom shift), bloom words as wide as an
  /// address, buckets and chains.
  static let symbols: [Malformed] = [
    Malformed("DT_SYMTAB in no PT_LOAD", .symbolTable, { .unmappedAddress($0.highestAddress) }) {
      try $0.set(.symbolTable, to: $0.highestAddress)
    },
    Malformed(
      "DT_SYMENT is 0", .symbolTable, at: { try $0.dynamicOffset }, { _ in .invalid(field: "DT_SYMENT", value: 0) }
    ) { try $0.set(.symbolEntrySize, to: 0) },
    Malformed("DT_VERSYM in no PT_LOAD", .symbolVersions, { .unmappedAddress($0.highestAddress) }) {
      try $0.set(.symbolVersions, to: $0.highestAddress)
    },
    Malformed(
      "DT_VERSYM at the last byte of its PT_LOAD", .symbolVersions, at: { try $0.lastTableByte },
      { .outOfBounds(length: try $0.symbolCount * 2) }
    ) { object in
      object[try object.segment(.load), .memorySize] += 1
      try object.set(.symbolVersions, to: object.lastTableByte)
    },

    Malformed("DT_GNU_HASH in no PT_LOAD", .hashTable, { .unmappedAddress($0.highestAddress) }) {
      try $0.set(.gnuHash, to: $0.highestAddress)
    },
    Malformed(
      "nbuckets is the highest value", .hashTable, at: { try $0.buckets },
      { _ in .outOfBounds(length: 4 * 0xffff_ffff) }
    ) { $0.set(at: try $0.table(.gnuHash), width: 4, to: .max) },
    Malformed(
      "the bloom filter is as large as can be", .hashTable,
      at: { try $0.place(of: .gnuHash) + 16 + 0xffff_ffff * UInt64($0.addressWidth) },
      { .outOfBounds(length: 4 * $0.value(at: try $0.table(.gnuHash), width: 4)) }
    ) { $0.set(at: try $0.table(.gnuHash) + 8, width: 4, to: .max) },
    Malformed(
      "a bucket of the highest value", .hashTable,
      at: {
        let (count, first) = (
          $0.value(at: try $0.table(.gnuHash), width: 4), $0.value(at: try $0.table(.gnuHash) + 4, width: 4)
        )
        return try $0.buckets + 4 * count + 4 * (0xffff_ffff - first)
      }, { _ in .unterminated }
    ) { $0.set(at: Int(try $0.buckets), width: 4, to: .max) },
    // One bucket, the bloom filter left out, and then nothing but zeros, of which none ends the chain.
    Malformed(
      "a chain that never ends", .hashTable, at: { $0.tailStart + endlessLength }, { _ in .unterminated }
    ) { object in
      let start = try object.mapTail([UInt8](repeating: 0, count: Int(endlessLength)))
      for (index, word) in [1, 1, 0, 0, 1].enumerated() {
        object.set(at: start + 4 * index, width: 4, to: UInt64(word))
      }
      try object.set(.gnuHash, to: ELFPatch.tailAddress)
    },

    Malformed(harmless: "DT_HASH instead, whose nchain is the number of symbols") {
      try $0.replaceHash(chains: try $0.symbolCount)
    },
    Malformed(harmless: "DT_HASH instead, whose nchain is too low: loaders do not look at it") {
      try $0.replaceHash(chains: 1)
    },
    Malformed(
      "nchain is enormous", .hashTable, at: { $0.tailStart + 3 * $0.hashWidth },
      { .outOfBounds(length: 0xffff_ffff * $0.hashWidth) }
    ) { try $0.replaceHash(chains: 0xffff_ffff) },
  ]

  private static let endlessLength: UInt64 = 20_000

  /// Hash tables that lead to nothing: of the symbols those are left that relocations refer to.
  static let unhashed: [Malformed] = [
    Malformed(harmless: "no hash table") {
      try $0.rename(.gnuHash, to: ELFPatch.ignoredTag)
    },
    Malformed(harmless: "no hash table, and X behind the symbols, which patchelf puts where it took a table away") {
      object in
      try object.rename(.gnuHash, to: ELFPatch.ignoredTag)
      let (count, length) = (Int(try object.symbolCount), Int(object.symbolLength))
      let (symbols, versions) = (try object.table(.symbolTable), try object.table(.symbolVersions))
      let moved = object.bytes[symbols..<symbols + count * length] + [UInt8](repeating: 0x58, count: 2 * length)
      let movedVersions = object.bytes[versions..<versions + count * 2] + [1, 0, 1, 0]
      try object.mapTail(Array(moved + movedVersions))
      try object.set(.symbolTable, to: ELFPatch.tailAddress)
      try object.set(.symbolVersions, to: ELFPatch.tailAddress + UInt64(moved.count))
    },
    Malformed(harmless: "no buckets") {
      $0.set(at: try $0.table(.gnuHash), width: 4, to: 0)
    },
    Malformed(harmless: "symoffset is the highest value") {
      $0.set(at: try $0.table(.gnuHash) + 4, width: 4, to: .max)
    },
  ]
}

extension ELFPatch {
  /// The symbols, which linkers put right before their versions.
  var symbolCount: UInt64 {
    get throws { (try value(of: .symbolVersions) - value(of: .symbolTable)) / symbolLength }
  }

  /// The offset in the file of the buckets of DT_GNU_HASH.
  var buckets: UInt64 {
    get throws {
      let hash = try table(.gnuHash)
      return UInt64(hash) + 16 + value(at: hash + 8, width: 4) * UInt64(addressWidth)
    }
  }

  /// The offset in the file, and the address, of the last byte of the PT_LOAD of the tables, whose both are 0.
  var lastTableByte: UInt64 {
    get throws { self[try segment(.load), .fileSize] - 1 }
  }

  /// Bytes of an entry of DT_HASH: 8 on 64-bit s390, the only 64-bit big-endian object here (s390x ELF ABI supplement).
  var hashWidth: UInt64 { self[.machine] == 22 && isWide ? 8 : 4 }

  /// Puts a DT_HASH of one bucket, whose chain has every symbol, in the place of DT_GNU_HASH; it states the number of
  /// chains that is given.
  mutating func replaceHash(chains: UInt64) throws {
    let count = try symbolCount
    // Each chain entry leads to the next symbol, and the last to none.
    let entries = [1, chains, 1] + (0..<count).map { $0 == 0 || $0 == count - 1 ? 0 : $0 + 1 }
    let start = try mapTail([UInt8](repeating: 0, count: entries.count * Int(hashWidth)))
    for (index, entry) in entries.enumerated() {
      set(at: start + index * Int(hashWidth), width: Int(hashWidth), to: entry)
    }
    try rename(.gnuHash, to: Tag.hash.rawValue)
    try set(.hash, to: ELFPatch.tailAddress)
  }
}
