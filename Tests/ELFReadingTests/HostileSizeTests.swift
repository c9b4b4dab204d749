import ELFReading
import TestSupport
import Testing

/// Small files that ask for much work: what overlaps is counted as often as it is read, and refused in time.
@Suite struct HostileSizeTests {
  @Test(.timeLimit(.minutes(1)), arguments: ["x86_64", "i686", "s390x"])
  func `many symbols that share one long name are refused`(architecture: String) throws {
    var object = ELFPatch(try Fixture.object("modern.abi3.so", architecture))
    let (symbols, nameLength) = (50_000, 1 << 20)
    let table = [UInt8](repeating: 0, count: symbols * Int(object.symbolLength))
    let strings = [UInt8](repeating: 0x78, count: nameLength) + [0]
    let start = try object.mapTail(table + strings)
    for position in stride(from: start, to: start + table.count, by: Int(object.symbolLength)) {
      // st_name is 1, st_info is STB_GLOBAL.
      object.set(at: position, width: 4, to: 1)
      object.set(at: position + (object.isWide ? 4 : 12), width: 1, to: 0x10)
    }
    for tag in [ELFPatch.Tag.gnuHash, .symbolVersions, .versionNeeds] {
      try object.rename(tag, to: ELFPatch.ignoredTag)
    }
    try object.set(.needed, to: UInt64(nameLength))
    try object.set(.symbolTable, to: ELFPatch.tailAddress)
    try object.set(.stringTable, to: ELFPatch.tailAddress + UInt64(table.count))
    try object.set(.stringTableSize, to: UInt64(strings.count))
    // Linkers let names share their ends, and a symbol may have several versions; nobody needs four times the table.
    let limit = 4 * UInt64(strings.count) + 1 << 20
    #expect(throws: ELFError(.stringTable, at: UInt64(start + table.count), .tooLarge(limit: limit))) {
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
    let headers = object.bytes[Int(object[.phoff])..<Int(object[.phoff] + object.headersLength)]
    let again = object.bytes[note..<note + object.segmentLength]
    let count = 65_535 - Int(object[.phnum])
    object[.phoff] = UInt64(object.bytes.count)
    object[.phnum] = 65_535
    object.bytes += headers + repeatElement(again, count: count).joined()
    #expect(throws: ELFError(.notes, at: object[note, .offset], .tooLarge(limit: 1 << 20))) {
      try ELFObject.read(object.bytes)
    }
  }
}
