import ELFReading
import TestSupport

extension Malformed {
  /// DT_VERNEED: one verneed of 16 bytes, followed by its two vernauxes of 16 bytes each (LSB Core, "Symbol Version
  /// Requirements").
  static let versionNeeds: [Malformed] = [
    Malformed("DT_VERNEED in no PT_LOAD", .versionNeeds, { .unmappedAddress($0.highestAddress) }) {
      try $0.set(.versionNeeds, to: $0.highestAddress)
    },
    Malformed(
      "vn_version is 2", .versionNeeds, at: { try $0.place(of: .versionNeeds) },
      { _ in .invalid(field: "vn_version", value: 2) }
    ) { $0.set(at: try $0.table(.versionNeeds), width: 2, to: 2) },
    Malformed(
      "vn_cnt is the highest value", .versionNeeds, at: { try $0.place(of: .versionNeeds) },
      { _ in .invalid(field: "vn_cnt", value: 0xffff) }
    ) { $0.set(at: try $0.table(.versionNeeds) + 2, width: 2, to: .max) },
    Malformed(
      "vn_cnt is 0", .versionNeeds, at: { try $0.place(of: .versionNeeds) },
      { _ in .invalid(field: "vn_cnt", value: 0) }
    ) { $0.set(at: try $0.table(.versionNeeds) + 2, width: 2, to: 0) },
    Malformed(
      "DT_VERNEEDNUM is the highest value", .versionNeeds, at: { try $0.place(of: .versionNeeds) },
      { .invalid(field: "DT_VERNEEDNUM", value: $0.highestAddress) }
    ) { try $0.set(.versionNeedCount, to: $0.highestAddress) },
    Malformed(
      "no DT_VERNEEDNUM", .versionNeeds, at: { try $0.place(of: .versionNeeds) },
      { _ in .invalid(field: "DT_VERNEEDNUM", value: 0) }
    ) { try $0.rename(.versionNeedCount, to: ELFPatch.ignoredTag) },
    // The first field read of a verneed is vn_version at 0, of a vernaux vna_flags at 4.
    Malformed(
      "vn_next runs out of the table", .versionNeeds, at: { try $0.place(of: .versionNeeds) + 0x1000 },
      { _ in .outOfBounds(length: 2) }
    ) { $0.set(at: try $0.table(.versionNeeds) + 12, width: 4, to: 0x1000) },
    Malformed(
      "vn_aux runs out of the table", .versionNeeds, at: { try $0.place(of: .versionNeeds) + 0x1000 + 4 },
      { _ in .outOfBounds(length: 2) }
    ) { $0.set(at: try $0.table(.versionNeeds) + 8, width: 4, to: 0x1000) },
    Malformed(
      "vna_next runs out of the table", .versionNeeds, at: { try $0.place(of: .versionNeeds) + 16 + 0x1000 + 4 },
      { _ in .outOfBounds(length: 2) }
    ) { $0.set(at: try $0.table(.versionNeeds) + 16 + 12, width: 4, to: 0x1000) },
    // -16 in 32 bits: a reader that wraps would come back to the verneed for ever.
    Malformed(
      "vna_next that goes back", .versionNeeds, at: { try $0.place(of: .versionNeeds) + 16 + 0xffff_fff0 + 4 },
      { _ in .outOfBounds(length: 2) }
    ) { $0.set(at: try $0.table(.versionNeeds) + 16 + 12, width: 4, to: 0xffff_fff0) },
    // Every word after the verneed is 4, so that each is a vernaux whose vna_next is 4.
    Malformed(
      "vernauxes that overlap", .versionNeeds,
      at: { $0.tailStart + 16 + 4 * (overlapLength / 8 - 1) },
      { _ in .tooManyEntries(limit: Int(overlapLength / 8)) }
    ) { object in
      let start = try object.mapTail([UInt8](repeating: 0, count: Int(overlapLength)))
      for position in stride(from: start, to: object.bytes.count, by: 4) {
        object.set(at: position, width: 4, to: 4)
      }
      object.set(at: start, width: 2, to: 1)
      object.set(at: start + 8, width: 4, to: 16)
      try object.set(.versionNeeds, to: ELFPatch.tailAddress)
    },
  ]

  private static let overlapLength: UInt64 = 4096
}

extension ELFPatch {
  /// Where `mapTail` puts what it appends to this file.
  var tailStart: UInt64 { UInt64(bytes.count + (-bytes.count & 7)) }
}
