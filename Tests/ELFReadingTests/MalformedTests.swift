import ELFReading
import TestSupport
import Testing

/// Files that no linker makes, each derived from a good one and named for what is wrong with it.
@Suite struct MalformedTests {
  /// What reading a file comes to.
  enum Outcome: Equatable {
    /// The facts of the file it was derived from.
    case same
    case refused(ELFError.Operation, String)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var object = "baseline.abi3.so"
    var architectures = ["x86_64", "i686", "s390x"]
    let outcome: Outcome
    let patch: @Sendable (inout ELFPatch) throws -> Void

    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "section headers point outside", outcome: .same) { file in
      file[.sectionHeaderOffset] = 0xffff_fff0
      file[.sectionHeaderCount] = 0xfff0
    },
    Case(name: "no section headers", outcome: .same) { file in
      file[.sectionHeaderOffset] = 0
      file[.sectionHeaderCount] = 0
    },
    Case(name: "huge alignments", outcome: .same) { file in
      for segment in file.segments(SegmentType.load) { file[.alignment, segment] = .max }
    },
    Case(name: "no hash table, so that the room tells the number of symbols", outcome: .same) { file in
      let place = try #require(file.tagPlace(DynamicTag.gnuHash))
      file.write(0x6fff_fe00, at: place, width: file.wordWidth)
    },
    Case(name: "program headers outside the file", outcome: .refused(.programHeaders, "outOfBounds")) { file in
      file[.programHeaderOffset] = 0xffff_ff00
    },
    Case(name: "more program headers than the file has room for", outcome: .refused(.programHeaders, "outOfBounds")) {
      file in file[.programHeaderCount] = 0xfffe
    },
    Case(name: "program headers of another size", outcome: .refused(.programHeaders, "invalid")) { file in
      file[.programHeaderSize] = 1
    },
    Case(name: "a dynamic segment that no segment loads", outcome: .refused(.dynamicSegment, "unmappedAddress")) {
      file in
      for segment in file.segments(SegmentType.dynamic) { file[.address, segment] = 0x7fff_0000 }
    },
    Case(name: "a dynamic segment without DT_NULL", outcome: .refused(.dynamicSegment, "unterminated")) { file in
      for segment in file.segments(SegmentType.dynamic) {
        file[.fileSize, segment] = UInt64(2 * file.wordWidth)
      }
    },
    Case(name: "a dynamic segment that says it is empty", outcome: .refused(.dynamicSegment, "unterminated")) { file in
      for segment in file.segments(SegmentType.dynamic) { file[.fileSize, segment] = 0 }
    },
    Case(name: "a dynamic segment past the end", outcome: .refused(.dynamicSegment, "outOfBounds")) { file in
      for segment in file.segments(SegmentType.dynamic) { file[.fileSize, segment] = 0x1000_0000 }
    },
    Case(name: "segments whose end overflows", outcome: .refused(.dynamicSegment, "outOfBounds")) { file in
      for segment in file.segments(SegmentType.load) {
        file[.offset, segment] = .max - 0xffff
        file[.fileSize, segment] = .max
      }
    },
    Case(name: "a string table at no loaded address", outcome: .refused(.stringTable, "unmappedAddress")) { file in
      file[tag: DynamicTag.stringTable] = 0x7fff_0000
    },
    Case(name: "a string table longer than its segment", outcome: .refused(.stringTable, "outOfBounds")) { file in
      file[tag: DynamicTag.stringTableSize] = 0x7fff_ffff
    },
    Case(name: "a name behind the string table", outcome: .refused(.stringTable, "invalid")) { file in
      file[tag: DynamicTag.needed] = 0x7fff_ffff
    },
    Case(name: "a name without an end", outcome: .refused(.stringTable, "unterminated")) { file in
      let (table, size) = (
        try #require(file.table(DynamicTag.stringTable)), try #require(file[tag: DynamicTag.stringTableSize])
      )
      file.write(0x78, at: table + Int(size) - 1, width: 1)
      file[tag: DynamicTag.needed] = size - 1
    },
    Case(name: "symbols at no loaded address", outcome: .refused(.symbolTable, "unmappedAddress")) { file in
      file[tag: DynamicTag.symbolTable] = 0x7fff_0000
    },
    Case(name: "symbols of another size", outcome: .refused(.symbolTable, "invalid")) { file in
      file[tag: DynamicTag.symbolEntrySize] = 7
    },
    Case(name: "more hash buckets than bytes", outcome: .refused(.hashTable, "outOfBounds")) { file in
      file.write(0xffff_ffff, at: try #require(file.table(DynamicTag.gnuHash)), width: 4)
    },
    Case(name: "a larger bloom filter than the file", outcome: .refused(.hashTable, "outOfBounds")) { file in
      file.write(0xffff_ffff, at: try #require(file.table(DynamicTag.gnuHash)) + 8, width: 4)
    },
    Case(name: "a bucket that begins behind the symbols", outcome: .refused(.hashTable, "unterminated")) { file in
      let table = try #require(file.table(DynamicTag.gnuHash))
      let buckets = table + 16 + Int(file.read(table + 8, width: 4)) * file.wordWidth
      for bucket in 0..<Int(file.read(table, width: 4)) { file.write(0x00ff_ffff, at: buckets + 4 * bucket, width: 4) }
    },
    Case(name: "symbol versions at no loaded address", outcome: .refused(.symbolVersions, "unmappedAddress")) { file in
      file[tag: DynamicTag.symbolVersions] = 0x7fff_0000
    },
    Case(name: "version needs of an unknown form", outcome: .refused(.versionNeeds, "invalid")) { file in
      file.write(2, at: try #require(file.table(DynamicTag.versionNeeds)), width: 2)
    },
    Case(name: "more versions than the chain has", outcome: .refused(.versionNeeds, "invalid")) { file in
      file.write(0xffff, at: try #require(file.table(DynamicTag.versionNeeds)) + 2, width: 2)
    },
    Case(name: "a first version outside", outcome: .refused(.versionNeeds, "outOfBounds")) { file in
      file.write(0xffff_fff0, at: try #require(file.table(DynamicTag.versionNeeds)) + 8, width: 4)
    },
    Case(name: "a chain of versions that leaves the file", outcome: .refused(.versionNeeds, "outOfBounds")) { file in
      let need = try #require(file.table(DynamicTag.versionNeeds))
      file.write(0xffff_fff0, at: need + Int(file.read(need + 8, width: 4)) + 12, width: 4)
    },
    Case(name: "a library name behind the string table", outcome: .refused(.stringTable, "invalid")) { file in
      file.write(0x7fff_ffff, at: try #require(file.table(DynamicTag.versionNeeds)) + 4, width: 4)
    },
    Case(name: "more version needs than the chain has", outcome: .refused(.versionNeeds, "invalid")) { file in
      file[tag: DynamicTag.versionNeedCount] = 0xffff_ffff
    },
    Case(
      name: "an endless interpreter", object: "tool", architectures: ["x86_64"],
      outcome: .refused(.interpreter, "invalid")
    ) { file in
      for segment in file.segments(SegmentType.interpreter) { file[.fileSize, segment] = 0xffff_fff0 }
    },
    Case(
      name: "an interpreter outside", object: "tool", architectures: ["x86_64"],
      outcome: .refused(.interpreter, "outOfBounds")
    ) { file in
      for segment in file.segments(SegmentType.interpreter) { file[.offset, segment] = 0xffff_fff0 }
    },
  ]

  @Test(arguments: cases.flatMap { row in row.architectures.map { (row, $0) } })
  func `a file that no linker makes is refused for what is wrong, or read as the loader would`(
    malformed: Case, architecture: String
  ) throws {
    let good = try Fixture.object(malformed.object, architecture)
    var file = ELFPatch(good)
    try malformed.patch(&file)
    #expect(outcome(of: file.bytes, comparedWith: good) == malformed.outcome)
  }

  @Test(arguments: ["isa_v3.abi3.so", "isa_v3_no_property_segment.abi3.so"])
  func `notes that are larger than the file are refused`(object: String) throws {
    var file = ELFPatch(try Fixture.object(object))
    for segment in file.segments(SegmentType.property) + file.segments(SegmentType.note) {
      file[.offset, segment] = UInt64(file.bytes.count) - 8
    }
    #expect(outcome(of: file.bytes, comparedWith: []) == .refused(.notes, "outOfBounds"))
  }

  @Test(arguments: ["baseline.abi3.so", "isa_v3.abi3.so", "tool"])
  func `a file that is cut off anywhere is read or refused`(object: String) throws {
    let good = try Fixture.object(object)
    for length in 0..<good.count { _ = outcome(of: Array(good[..<length]), comparedWith: good) }
    #expect(outcome(of: [], comparedWith: good) == .refused(.header, "outOfBounds"))
    #expect(outcome(of: Array(good[..<64]), comparedWith: good) == .refused(.programHeaders, "outOfBounds"))
  }

  @Test(arguments: ["x86_64", "i686", "s390x"], [UInt8(0), 0xff, 0x80])
  func `a file with any one byte changed is read or refused`(architecture: String, mask: UInt8) throws {
    let good = try Fixture.object("baseline.abi3.so", architecture)
    var outcomes = 0
    for position in 4..<good.count {
      var bytes = good
      bytes[position] = mask == 0x80 ? bytes[position] ^ mask : mask
      if outcome(of: bytes, comparedWith: good) != nil { outcomes += 1 }
    }
    // What is read then may be other facts; that nothing traps is what is tested, and that the test did something.
    #expect(outcomes > 0)
  }

  /// Nil for a file that is read and has other facts.
  private func outcome(of bytes: [UInt8], comparedWith good: [UInt8]) -> Outcome? {
    do throws(ELFError) {
      let object = try ELFObject.reading(bytes)
      guard let expected = try? ELFObject.reading(good) else { return nil }
      return String(describing: object) == String(describing: expected) ? .same : nil
    } catch {
      return .refused(error.operation, kind(of: error.problem))
    }
  }

  private func kind(of problem: ELFError.Problem) -> String {
    switch problem {
    case .outOfBounds: "outOfBounds"
    case .unmappedAddress: "unmappedAddress"
    case .invalid: "invalid"
    case .unterminated: "unterminated"
    case .tooManyEntries: "tooManyEntries"
    case .missing: "missing"
    case .refused: "refused"
    case .noMemory: "noMemory"
    }
  }
}
