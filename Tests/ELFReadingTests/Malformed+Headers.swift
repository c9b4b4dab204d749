import ELFReading
import TestSupport

extension Malformed {
  /// The ELF header and what lies where it says.
  static let headers: [Malformed] = [
    Malformed("cut off within e_ident", .header, { _ in .outOfBounds(length: 16) }) { $0.cut(at: 10) },
    Malformed("cut off after e_ident", .header, { .outOfBounds(length: UInt64($0.headerLength)) }) { $0.cut(at: 16) },
    Malformed("cut off one byte before the header ends", .header, { .outOfBounds(length: UInt64($0.headerLength)) }) {
      $0.cut(at: $0.headerLength - 1)
    },
    Malformed(
      "cut off after the header", .programHeaders, at: { $0[.phoff] }, { .outOfBounds(length: $0.headersLength) }
    ) {
      $0.cut(at: $0.headerLength)
    },
    Malformed(
      "cut off within the program headers", .programHeaders, at: { $0[.phoff] },
      { .outOfBounds(length: $0.headersLength) }
    ) { $0.cut(at: Int($0[.phoff] + $0.headersLength) - 1) },
    Malformed(
      "cut off after the program headers", .dynamicSegment, at: { try $0.dynamicOffset },
      { .outOfBounds(length: try $0.dynamicLength) }
    ) { $0.cut(at: Int($0[.phoff] + $0.headersLength)) },
    Malformed(
      "cut off before the dynamic segment", .dynamicSegment, at: { try $0.dynamicOffset },
      { .outOfBounds(length: try $0.dynamicLength) }
    ) { $0.cut(at: Int(try $0.dynamicOffset)) },
    Malformed(
      "cut off one byte before the dynamic segment ends", .dynamicSegment, at: { try $0.dynamicOffset },
      { .outOfBounds(length: try $0.dynamicLength) }
    ) { $0.cut(at: Int(try $0.dynamicOffset + $0.dynamicLength) - 1) },
    Malformed(harmless: "cut off after the dynamic segment, which comes last of all tables") {
      $0.cut(at: Int(try $0.dynamicOffset + $0.dynamicLength))
    },
    Malformed(harmless: "cut off before the section headers") { $0.cut(at: Int($0[.shoff])) },

    Malformed(harmless: "section header fields of 0") { object in
      for field in ELFPatch.sectionFields { object[field] = 0 }
    },
    Malformed(harmless: "section header fields of the highest value") { object in
      for field in ELFPatch.sectionFields { object[field] = .max }
    },
    Malformed(harmless: "section headers within the ELF header") { $0[.shoff] = 1 },
    Malformed(harmless: "section headers of nonsense") { object in
      for position in Int(object[.shoff])..<object.bytes.count { object.bytes[position] = 0xff }
    },

    Malformed("EI_CLASS is none", .header, at: { _ in 4 }, { _ in .invalid(field: "EI_CLASS", value: 0) }) {
      $0.bytes[4] = 0
    },
    Malformed("EI_CLASS is unknown", .header, at: { _ in 4 }, { _ in .invalid(field: "EI_CLASS", value: 3) }) {
      $0.bytes[4] = 3
    },
    Malformed("EI_DATA is none", .header, at: { _ in 5 }, { _ in .invalid(field: "EI_DATA", value: 0) }) {
      $0.bytes[5] = 0
    },
    Malformed("EI_DATA is unknown", .header, at: { _ in 5 }, { _ in .invalid(field: "EI_DATA", value: 3) }) {
      $0.bytes[5] = 3
    },
    Malformed("EI_VERSION is none", .header, at: { _ in 6 }, { _ in .invalid(field: "EI_VERSION", value: 0) }) {
      $0.bytes[6] = 0
    },

    Malformed(
      "program headers at the highest offset", .programHeaders, at: { $0.highestAddress },
      { .outOfBounds(length: $0.headersLength) }
    ) { $0[.phoff] = $0.highestAddress },
    Malformed(
      "program headers that begin within the file and end outside", .programHeaders,
      at: { UInt64($0.bytes.count) - 1 }, { .outOfBounds(length: $0.headersLength) }
    ) { $0[.phoff] = UInt64($0.bytes.count) - 1 },
    Malformed(
      "65535 program headers", .programHeaders, at: { $0[.phoff] },
      { .outOfBounds(length: 65_535 * UInt64($0.segmentLength)) }
    ) { $0[.phnum] = 65_535 },
    Malformed(
      "program headers of 0 bytes", .programHeaders, at: { $0[.phoff] },
      { _ in .invalid(field: "e_phentsize", value: 0) }
    ) { $0[.phentsize] = 0 },
    Malformed(
      "program headers of one byte too many", .programHeaders, at: { $0[.phoff] },
      { .invalid(field: "e_phentsize", value: UInt64($0.segmentLength) + 1) }
    ) { $0[.phentsize] += 1 },
  ]
}

extension ELFPatch {
  static let sectionFields: [HeaderField] = [.shoff, .shentsize, .shnum, .shstrndx]

  mutating func cut(at length: Int) {
    bytes.removeLast(bytes.count - length)
  }

  /// Bytes of all program headers.
  var headersLength: UInt64 { self[.phnum] * UInt64(segmentLength) }

  var dynamicOffset: UInt64 {
    get throws { self[try segment(.dynamic), .offset] }
  }

  var dynamicLength: UInt64 {
    get throws { self[try segment(.dynamic), .fileSize] }
  }

  /// Bytes of an entry of the dynamic segment.
  var entryLength: UInt64 { UInt64(2 * addressWidth) }
}
