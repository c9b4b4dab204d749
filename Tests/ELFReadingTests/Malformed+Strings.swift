import ELFReading
import TestSupport

extension Malformed {
  /// DT_STRTAB, DT_STRSZ and the offsets into the table.
  static let strings: [Malformed] = [
    Malformed("no DT_STRTAB", .stringTable, at: { try $0.dynamicOffset }, { _ in .missing("DT_STRTAB") }) {
      try $0.rename(.stringTable, to: ELFPatch.ignoredTag)
    },
    Malformed("no DT_STRSZ", .stringTable, at: { try $0.dynamicOffset }, { _ in .missing("DT_STRSZ") }) {
      try $0.rename(.stringTableSize, to: ELFPatch.ignoredTag)
    },
    Malformed("DT_STRTAB in no PT_LOAD", .stringTable, { .unmappedAddress($0.highestAddress) }) {
      try $0.set(.stringTable, to: $0.highestAddress)
    },
    Malformed(
      "DT_STRSZ is the highest value", .stringTable, at: { try $0.place(of: .stringTable) },
      { .outOfBounds(length: $0.highestAddress) }
    ) { try $0.set(.stringTableSize, to: $0.highestAddress) },
    Malformed(
      "DT_NEEDED just past the table", .stringTable, at: { try $0.place(of: .stringTable) },
      { .invalid(field: "a string's offset", value: try $0.value(of: .stringTableSize)) }
    ) { try $0.set(.needed, to: try $0.value(of: .stringTableSize)) },
    Malformed(
      "DT_NEEDED is the highest value", .stringTable, at: { try $0.place(of: .stringTable) },
      { .invalid(field: "a string's offset", value: $0.highestAddress) }
    ) { try $0.set(.needed, to: $0.highestAddress) },
    Malformed(
      "DT_SONAME past the table", .stringTable, at: { try $0.place(of: .stringTable) },
      { .invalid(field: "a string's offset", value: $0.highestAddress) }
    ) {
      // The first DT_NEEDED is the only one.
      let entry = try $0.entry(.needed)
      try $0.rename(.needed, to: ELFPatch.Tag.soname.rawValue)
      $0.set(at: entry + $0.addressWidth, width: $0.addressWidth, to: $0.highestAddress)
    },
    Malformed(
      "a string without end", .stringTable,
      at: { try $0.place(of: .stringTable) + $0.value(of: .stringTableSize) - 1 }, { _ in .unterminated }
    ) {
      let last = try $0.value(of: .stringTableSize) - 1
      $0.bytes[Int(try $0.place(of: .stringTable) + last)] = 0x78
      try $0.set(.needed, to: last)
    },
    Malformed(
      "an empty string table", .stringTable, at: { try $0.place(of: .stringTable) },
      { .invalid(field: "a string's offset", value: try $0.value(of: .needed)) }
    ) { try $0.set(.stringTableSize, to: 0) },
    Malformed(
      "vn_file past the table", .stringTable, at: { try $0.place(of: .stringTable) },
      { _ in .invalid(field: "a string's offset", value: 0xffff_ffff) }
    ) { $0.set(at: try $0.table(.versionNeeds) + 4, width: 4, to: .max) },
    Malformed(
      "vna_name past the table", .stringTable, at: { try $0.place(of: .stringTable) },
      { _ in .invalid(field: "a string's offset", value: 0xffff_ffff) }
    ) { $0.set(at: try $0.table(.versionNeeds) + 16 + 8, width: 4, to: .max) },
    Malformed(
      "st_name past the table", .stringTable, at: { try $0.place(of: .stringTable) },
      { _ in .invalid(field: "a string's offset", value: 0xffff_ffff) }
    ) { $0.set(at: try $0.table(.symbolTable) + Int($0.symbolLength), width: 4, to: .max) },
  ]
}

extension ELFPatch {
  /// The offset in the file of the table that a tag points at, as errors state it.
  func place(of tag: Tag) throws -> UInt64 { UInt64(try table(tag)) }

  /// Bytes of an entry of the symbol table.
  var symbolLength: UInt64 { isWide ? 24 : 16 }
}
