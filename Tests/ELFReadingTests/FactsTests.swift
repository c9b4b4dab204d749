import ELFReading
import Foundation
import TestSupport
import Testing

@Suite struct FactsTests {
  /// Every shared object and program of the fixtures, as `ARCHITECTURE/NAME`.
  static let objects: [String] = {
    let folder = Fixture.folder.appending(path: "objects")
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return paths.filter { path in
      let bytes = (try? [UInt8](Data(contentsOf: folder.appending(path: path)))) ?? []
      return bytes.starts(with: ELFStreamReader.magic) && !path.hasSuffix(".o")
    }.sorted()
  }()

  @Test func `the fixtures cover every architecture`() {
    #expect(Set(Self.objects.map { $0.prefix { $0 != "/" } }).isSuperset(of: Fixture.architectures.map { $0[...] }))
  }

  @Test(arguments: objects.filter { !$0.contains("no_sections") })
  func `an object is read as readelf reads it`(path: String) throws {
    let file = Fixture.folder.appending(path: "objects/\(path)")
    let object = try ELFObject.reading([UInt8](Data(contentsOf: file)))
    #expect(Facts(object) == (try Facts(readelf: file.path)))
  }

  @Test func `an object without section headers has the facts of the one it was made from`() throws {
    let stripped = try ELFObject.reading(Fixture.object("no_sections.abi3.so"))
    #expect(stripped.needed == ["libc.so.6"])
    #expect(!stripped.versionNeeds.isEmpty)
    #expect(stripped.versionNeeds.allSatisfy { !$0.symbols.isEmpty })
  }

  /// `e_machine`, `EI_CLASS` and `EI_DATA` of each folder of fixtures.
  static let headers: [(String, ELFMachine, ELFIdentity.FileClass, ELFIdentity.ByteOrder)] = [
    ("aarch64", .aarch64, .bits64, .little), ("armv7l", .arm, .bits32, .little), ("i686", .i386, .bits32, .little),
    ("loongarch64", .loongArch, .bits64, .little), ("ppc64", .ppc64, .bits64, .big),
    ("ppc64le", .ppc64, .bits64, .little), ("riscv64", .riscv, .bits64, .little), ("s390x", .s390, .bits64, .big),
    ("x86_64", .x86_64, .bits64, .little), ("x32", .x86_64, .bits32, .little),
  ]

  @Test(arguments: headers)
  func `the header tells machine, class and byte order`(
    architecture: String, machine: ELFMachine, fileClass: ELFIdentity.FileClass, byteOrder: ELFIdentity.ByteOrder
  ) throws {
    let identity = try ELFObject.reading(Fixture.object("baseline.abi3.so", architecture)).identity
    #expect(identity.machine == machine)
    #expect(identity.fileClass == fileClass)
    #expect(identity.byteOrder == byteOrder)
    #expect(identity.type == .sharedObject)
  }

  static let levels: [(String, X86InstructionSets)] = [
    ("baseline.abi3.so", []), ("isa_baseline.abi3.so", .baseline), ("isa_v2.abi3.so", .v2), ("isa_v3.abi3.so", .v3),
    ("isa_v3_no_property_segment.abi3.so", .v3), ("isa_v4.abi3.so", .v4),
  ]

  @Test(arguments: levels)
  func `a property note tells the instruction sets needed`(object: String, sets: X86InstructionSets) throws {
    let needed = try ELFObject.reading(Fixture.object(object)).neededInstructionSets
    // A note may name the highest level alone.
    #expect(needed.rawValue.leadingZeroBitCount == sets.rawValue.leadingZeroBitCount)
  }

  /// The string table moves to the end of a file that is much longer than what is kept of its beginning, and, where it
  /// is not writable, nothing says so before it has gone by.
  @Test(arguments: [true, false])
  func `tables far behind the beginning are found`(isWritable: Bool) throws {
    let good = try Fixture.object("several_versions.abi3.so")
    var file = ELFPatch(good)
    let start = try #require(file.table(DynamicTag.stringTable))
    let length = Int(try #require(file[tag: DynamicTag.stringTableSize]))
    let strings = Array(file.bytes[start..<start + length])
    // PT_PHDR is not needed to load the object: its program header becomes that of the new segment.
    let segment = try #require(file.segments(6).first)
    let address: UInt64 = 0x1000_0000
    let offset = 20 << 20
    file[.type, segment] = SegmentType.load
    file[.offset, segment] = UInt64(offset)
    file[.address, segment] = address
    file[.fileSize, segment] = UInt64(length)
    file.write(isWritable ? 6 : 4, at: Int(file[.programHeaderOffset]) + segment * 56 + 4, width: 4)
    file[tag: DynamicTag.stringTable] = address
    file.bytes +=
      [UInt8](repeating: 0, count: offset - file.bytes.count) + strings + [UInt8](repeating: 0, count: 1 << 20)
    #expect(Facts(try ELFObject.reading(file.bytes)) == Facts(try ELFObject.reading(good)))
  }
}
