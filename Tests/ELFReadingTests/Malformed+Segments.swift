import ELFReading
import TestSupport

extension Malformed {
  /// Program headers, the dynamic segment and the interpreter path.
  static let segments: [Malformed] = [
    Malformed("PT_DYNAMIC in no PT_LOAD", .dynamicSegment, { .unmappedAddress($0.highestAddress) }) {
      $0[try $0.segment(.dynamic), .address] = $0.highestAddress
    },
    Malformed(harmless: "p_offset of PT_DYNAMIC is nonsense: the loader goes by p_vaddr") {
      $0[try $0.segment(.dynamic), .offset] = $0.highestAddress
    },
    Malformed(harmless: "p_filesz of PT_DYNAMIC is no multiple of an entry") {
      $0[try $0.segment(.dynamic), .fileSize] += 1
    },
    Malformed(
      "p_filesz of PT_DYNAMIC is the highest value", .dynamicSegment, at: { try $0.dynamicOffset },
      { .outOfBounds(length: $0.highestAddress - $0.highestAddress % $0.entryLength) }
    ) { $0[try $0.segment(.dynamic), .fileSize] = $0.highestAddress },
    Malformed(
      "PT_DYNAMIC ends before DT_NULL", .dynamicSegment, at: { try $0.dynamicOffset }, { _ in .unterminated }
    ) { $0[try $0.segment(.dynamic), .fileSize] -= $0.entryLength },
    Malformed(
      "PT_DYNAMIC is shorter than an entry", .dynamicSegment, at: { try $0.dynamicOffset }, { _ in .unterminated }
    ) { $0[try $0.segment(.dynamic), .fileSize] = 1 },
    Malformed(
      "PT_DYNAMIC says that it is empty, which some loaders ignore", .dynamicSegment, at: { try $0.dynamicOffset },
      { _ in .unterminated }
    ) { $0[try $0.segment(.dynamic), .fileSize] = 0 },
    Malformed("no DT_NULL", .dynamicSegment, at: { try $0.dynamicOffset }, { _ in .unterminated }) {
      try $0.rename(.null, to: ELFPatch.ignoredTag)
    },
    Malformed(harmless: "an earlier PT_DYNAMIC of nonsense: the last one counts") { object in
      let extra = try object.segment(.programHeaders)
      object[extra, .type] = ELFPatch.SegmentType.dynamic.rawValue
      object[extra, .address] = object.highestAddress
    },
    Malformed("a later PT_DYNAMIC of nonsense", .dynamicSegment, { .unmappedAddress($0.highestAddress) }) { object in
      let extra = try object.segment(.stack)
      object[extra, .type] = ELFPatch.SegmentType.dynamic.rawValue
      object[extra, .address] = object.highestAddress
      object[extra, .fileSize] = object.entryLength
    },

    Malformed(
      "p_offset of the PT_LOAD of PT_DYNAMIC is the highest value", .dynamicSegment, at: { $0.highestAddress },
      { .outOfBounds(length: try $0.dynamicLength) }
    ) { object in object[try object.dataSegment, .offset] = object.highestAddress },
    // In the 64-bit class the sum wraps past 2^64, so that nothing is mapped; in the other it is merely too high.
    Malformed(
      "p_offset of the PT_LOAD of the tables leaves no room for them", .stringTable,
      at: { $0.isWide ? 0 : $0.highestAddress + (try $0.value(of: .stringTable)) },
      {
        let (address, size) = (try $0.value(of: .stringTable), try $0.value(of: .stringTableSize))
        return $0.isWide ? .unmappedAddress(address) : .outOfBounds(length: size)
      }
    ) { $0[try $0.segment(.load), .offset] = $0.highestAddress },
    Malformed(
      "p_filesz of every PT_LOAD is the highest value", .programHeaders, at: { $0[try $0.segment(.load), .offset] },
      { .outOfBounds(length: $0.highestAddress) }
    ) { object in
      for load in object.segments(.load) { object[load, .fileSize] = object.highestAddress }
    },
    Malformed(harmless: "an earlier PT_LOAD of the same addresses, over which the later one is mapped") { object in
      let (extra, load) = (try object.segment(.programHeaders), try object.segment(.load))
      object[extra, .type] = ELFPatch.SegmentType.load.rawValue
      object[extra, .offset] = 8
      object[extra, .address] = object[load, .address]
      object[extra, .fileSize] = object[load, .fileSize]
    },
    Malformed(harmless: "a string table that runs on from one PT_LOAD into the next") { object in
      let (first, second) = (try object.segment(.programHeaders), try object.segment(.load))
      let middle = try object.place(of: .stringTable) + 1
      object[first, .type] = ELFPatch.SegmentType.load.rawValue
      object[first, .offset] = 0
      object[first, .address] = 0
      object[first, .fileSize] = middle
      object[second, .offset] = middle
      object[second, .address] = middle
      object[second, .fileSize] -= middle
    },
    Malformed(harmless: "tables behind the bytes of their PT_LOAD, in its last page: loaders map whole pages") {
      let load = try $0.segment(.load)
      ($0[load, .fileSize], $0[load, .memorySize]) = (1, 1)
    },
    Malformed(harmless: "version needs of a PT_LOAD whose last page is not filled by the file") {
      try $0.moveToTail([.versionNeeds], after: -$0.bytes.count & 4095)
    },
    Malformed(
      "tables behind the bytes of their PT_LOAD, where memory is cleared", .stringTable,
      { .unmappedAddress(try $0.value(of: .stringTable)) }
    ) { $0[try $0.segment(.load), .fileSize] = 1 },
    Malformed(
      "tables behind the bytes of their PT_LOAD, which no loader can map", .stringTable,
      { .unmappedAddress(try $0.value(of: .stringTable)) }
    ) {
      let load = try $0.segment(.load)
      ($0[load, .fileSize], $0[load, .memorySize], $0[load, .offset]) = (1, 1, 8)
    },
    Malformed(harmless: "program headers at an odd offset") { object in
      let headers = object.bytes[Int(object[.phoff])..<Int(object[.phoff] + object.headersLength)]
      object.bytes += [UInt8](repeating: 0, count: object.bytes.count & 1 ^ 1)
      object[.phoff] = UInt64(object.bytes.count)
      object.bytes += headers
    },
    Malformed(harmless: "all tables at odd addresses") {
      try $0.moveToTail([.stringTable, .symbolTable, .symbolVersions, .versionNeeds, .gnuHash], shift: 1)
    },
    Malformed(harmless: "p_align of every segment is the highest value") { object in
      for type in [ELFPatch.SegmentType.load, .dynamic, .stack] {
        for segment in object.segments(type) { object[segment, .alignment] = object.highestAddress }
      }
    },

    Malformed(
      "an interpreter path of 0 bytes", .interpreter, at: { _ in 64 }, { _ in .unterminated }
    ) {
      try $0.setInterpreter(offset: 64, length: 0)
    },
    Malformed("an interpreter path without end", .interpreter, at: { _ in 0 }, { _ in .unterminated }) {
      // The magic number has no byte of 0.
      try $0.setInterpreter(offset: 0, length: 4)
    },
    Malformed(
      "an interpreter path longer than PATH_MAX", .interpreter, { _ in .invalid(field: "p_filesz", value: 4097) }
    ) { try $0.setInterpreter(offset: 0, length: 4097) },
    Malformed(
      "an interpreter path outside the file", .interpreter, at: { $0.highestAddress },
      { _ in .outOfBounds(length: 16) }
    ) { try $0.setInterpreter(offset: $0.highestAddress, length: 16) },
  ]
}

extension ELFPatch {
  /// DT_DEBUG: a tag of which nothing is read.
  static let ignoredTag: UInt64 = 21

  /// The PT_LOAD of PT_DYNAMIC: the last one.
  var dataSegment: Int {
    get throws {
      guard let last = segments(.load).last else { throw Missing(what: "PT_LOAD") }
      return last
    }
  }

  /// Makes PT_PHDR a PT_INTERP.
  mutating func setInterpreter(offset: UInt64, length: UInt64) throws {
    let segment = try segment(.programHeaders)
    self[segment, .type] = SegmentType.interpreter.rawValue
    self[segment, .offset] = offset
    self[segment, .fileSize] = length
  }
}
