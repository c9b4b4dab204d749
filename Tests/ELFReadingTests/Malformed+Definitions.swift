import ELFReading
import TestSupport

extension Malformed {
  /// DT_VERDEF: two verdefs of 20 bytes, each followed by its one verdaux of 8 (LSB Core, "Symbol Version
  /// Definitions"); the first is the base version, whose name nobody needs.
  static let versionDefinitions: [Malformed] = [
    Malformed("DT_VERDEF in no PT_LOAD", .versionDefinitions, { .unmappedAddress($0.highestAddress) }) {
      try $0.set(.versionDefinitions, to: $0.highestAddress)
    },
    Malformed(
      "vd_version is 2", .versionDefinitions, at: { try $0.place(of: .versionDefinitions) },
      { _ in .invalid(field: "vd_version", value: 2) }
    ) { $0.set(at: try $0.table(.versionDefinitions), width: 2, to: 2) },
    Malformed(
      "vd_next runs out of the table", .versionDefinitions,
      at: { try $0.place(of: .versionDefinitions) + 0xffff_ffff }, { _ in .outOfBounds(length: 2) }
    ) { $0.set(at: try $0.table(.versionDefinitions) + 16, width: 4, to: .max) },
    Malformed(
      "vd_aux runs out of the table", .versionDefinitions,
      at: { try $0.place(of: .versionDefinitions) + 28 + 0xffff_ffff }, { _ in .outOfBounds(length: 4) }
    ) { $0.set(at: try $0.table(.versionDefinitions) + 28 + 12, width: 4, to: .max) },
    Malformed(
      "vda_name past the string table", .stringTable, at: { try $0.place(of: .stringTable) },
      { _ in .invalid(field: "a string's offset", value: 0xffff_ffff) }
    ) { $0.set(at: try $0.table(.versionDefinitions) + 28 + 20, width: 4, to: .max) },
    Malformed(
      "DT_VERDEFNUM is the highest value", .versionDefinitions, at: { try $0.place(of: .versionDefinitions) },
      { .invalid(field: "DT_VERDEFNUM", value: $0.highestAddress) }
    ) { try $0.set(.versionDefinitionCount, to: $0.highestAddress) },
    Malformed(harmless: "vd_cnt is the highest value: only the first name of a definition is its own") {
      $0.set(at: try $0.table(.versionDefinitions) + 28 + 6, width: 2, to: .max)
    },
  ]
}
