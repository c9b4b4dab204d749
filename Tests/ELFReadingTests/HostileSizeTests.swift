import ELFReading
import TestSupport
import Testing

/// Small files that ask for much work: what overlaps is counted as often as it is read, and refused in time.
@Suite struct HostileSizeTests {
  @Test(.timeLimit(.minutes(1)), arguments: ["x86_64", "i686", "s390x"])
  func `many symbols that share one long name are refused`(architecture: String) throws {
    var object = ELFPatch(try Fixture.object("modern.abi3.so", architecture))
    let (symbols, nameLength) = (50_000, 200 << 10)
    let table = [UInt8](repeating: 0, count: symbols * Int(object.symbolLength))
    let strings = [UInt8](repeating: 0x78, count: nameLength) + [0]
    // One bucket, empty, and a chain for each symbol.
    let width = Int(object.hashWidth)
    let hash = [UInt8](repeating: 0, count: (3 + symbols) * width)
    let start = try object.mapTail(table + hash + strings)
    object.set(at: start + table.count, width: width, to: 1)
    object.set(at: start + table.count + width, width: width, to: UInt64(symbols))
    for position in stride(from: start, to: start + table.count, by: Int(object.symbolLength)) {
      // st_name is 1, st_info is STB_GLOBAL.
      object.set(at: position, width: 4, to: 1)
      object.set(at: position + (object.isWide ? 4 : 12), width: 1, to: 0x10)
    }
    for tag in [ELFPatch.Tag.symbolVersions, .versionNeeds] {
      try object.rename(tag, to: ELFPatch.ignoredTag)
    }
    try object.rename(.gnuHash, to: ELFPatch.Tag.hash.rawValue)
    try object.set(.hash, to: ELFPatch.tailAddress + UInt64(table.count))
    try object.set(.needed, to: UInt64(nameLength))
    try object.set(.symbolTable, to: ELFPatch.tailAddress)
    try object.set(.stringTable, to: ELFPatch.tailAddress + UInt64(table.count + hash.count))
    try object.set(.stringTableSize, to: UInt64(strings.count))
    // Linkers let names share their ends, and a symbol may have several versions; nobody needs four times the table.
    let limit = 4 * UInt64(strings.count) + 1 << 20
    #expect(throws: ELFError(.stringTable, at: UInt64(start + table.count + hash.count), .tooLarge(limit: limit))) {
      try ELFObject.read(object.bytes)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `many note segments over the same notes are refused`() throws {
    var object = ELFPatch(try Fixture.object("isa_v3_no_property_segment.abi3.so"))
    let note = try object.segment(.note)
    // Notes of nothing but header: no name, no description.
    let length = 1 << 20
    object[note, .offset] = UInt64(object.bytes.count)
    object[note, .fileSize] = UInt64(length)
    object.bytes += [UInt8](repeating: 0, count: length)
    object.repeatSegment(at: note)
    #expect(throws: ELFError(.notes, at: object[note, .offset], .tooManyEntries(limit: 64))) {
      try ELFObject.read(object.bytes)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `many segments apart from each other, the last first, are set aside in time`() throws {
    let good = try Fixture.object("modern.abi3.so")
    var object = ELFPatch(good)
    try object.setInterpreter(offset: 0, length: 1)
    object.repeatSegment(at: try object.segment(.interpreter))
    let segments = object.segments(.interpreter)
    // All paths are empty: each a byte of 0 with another byte before the next.
    let paths = object.bytes.count
    object.bytes += [UInt8](repeating: 0, count: 2 * segments.count)
    for (index, segment) in segments.reversed().enumerated() {
      object[segment, .offset] = UInt64(paths + 2 * index)
    }
    var expected = try ELFObject.read(good)
    expected.interpreter = ""
    expected.layout.headerCount = 65_535
    #expect(try ELFObject.read(object.bytes) == expected)
  }
}

extension ELFPatch {
  /// Moves the program headers to the end of the file and adds copies of one until there are 65,535.
  fileprivate mutating func repeatSegment(at segment: Int) {
    let headers = bytes[Int(self[.phoff])..<Int(self[.phoff] + headersLength)]
    let copy = bytes[segment..<segment + segmentLength]
    let count = 65_535 - Int(self[.phnum])
    self[.phoff] = UInt64(bytes.count)
    self[.phnum] = 65_535
    bytes += headers + repeatElement(copy, count: count).joined()
  }
}
