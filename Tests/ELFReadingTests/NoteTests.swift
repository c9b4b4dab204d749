import ELFReading
import TestSupport
import Testing

/// Which property notes glibc's loader goes by; each row was asked of 2.31, 2.36, 2.41 and 2.43, with a set of
/// instructions that no processor has ("CPU ISA level is lower than required").
@Suite struct NoteTests {
  /// Each row: the alignment of PT_GNU_PROPERTY and of PT_NOTE, and whether the note counts.
  @Test(
    arguments: [
      (8, 8, true), (4, 4, false), (1, 1, false), (4, 8, true), (8, 4, true), (16, 16, false),
    ] as [(UInt64, UInt64, Bool)])
  func `a property note counts in a segment that is aligned to a word`(property: UInt64, note: UInt64, counts: Bool)
    throws
  {
    var object = ELFPatch(try Fixture.object("isa_v3.abi3.so"))
    object[try object.segment(.property), .alignment] = property
    object[try object.segment(.note), .alignment] = note
    #expect(try ELFObject.read(object.bytes).neededInstructionSets.isEmpty == !counts)
  }

  /// Each row: the property notes of a segment, each with its properties, and whether 0x8 is needed.
  ///
  /// Types: GNU_PROPERTY_X86_FEATURE_1_AND, GNU_PROPERTY_X86_ISA_1_NEEDED, GNU_PROPERTY_X86_ISA_1_USED.
  @Test(
    arguments: [
      ([[needed]], true), ([[needed], [needed]], false), ([[feature], [needed]], false),
      ([[needed], [feature]], false),
      ([[feature, needed, used]], true), ([[needed, feature]], true), ([[used, needed]], false),
    ]) func `several property notes are none, and properties stand in order`(notes: [[UInt32]], counts: Bool) throws
  {
    func words(_ words: UInt32...) -> [UInt8] {
      words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) } }
    }
    let bytes = notes.flatMap { types in
      words(4, UInt32(16 * types.count), 5) + Array("GNU\0".utf8) + types.flatMap { words($0, 4, 8, 0) }
    }
    var object = ELFPatch(try Fixture.object("isa_v3.abi3.so"))
    let start = try object.mapTail(bytes)
    for segment in [try object.segment(.property), try object.segment(.note)] {
      object[segment, .offset] = UInt64(start)
      object[segment, .address] = ELFPatch.tailAddress
      object[segment, .fileSize] = UInt64(bytes.count)
      object[segment, .memorySize] = UInt64(bytes.count)
    }
    #expect(try ELFObject.read(object.bytes).neededInstructionSets == (counts ? X86InstructionSets(rawValue: 8) : []))
  }
}

private let (feature, needed, used): (UInt32, UInt32, UInt32) = (0xc000_0002, 0xc000_8002, 0xc001_0002)
