import ELFReading
import Foundation
import TestSupport
import Testing

/// The facts of every fixture object, against what `readelf` says of it.
@Suite struct FactsTests {
  @Test(arguments: try Fixture.everyObject())
  func `type, machine, class and byte order are those of readelf`(path: String) throws {
    let readelf = try Readelf(path, "--file-header")
    let identity = try ELFObject.read(Fixture.object(at: path)).identity
    #expect(try identity.fileClass == #require(Self.classes[readelf.value("Class")]))
    #expect(try identity.byteOrder == #require(Self.byteOrders[readelf.value("Data")]))
    #expect(try identity.type == #require(Self.types[String(readelf.value("Type").prefix { $0 != " " })]))
    #expect(try identity.machine == #require(Self.machines[readelf.value("Machine")]))
    let flags = try #require(readelf.value("Flags").split(separator: ",").first)
    #expect(try identity.flags == #require(UInt32(flags.dropFirst("0x".count), radix: 16)))
  }

  @Test(arguments: try Fixture.everyObject())
  func `interpreter, executable stack and instruction sets are those of readelf`(path: String) throws {
    let readelf = try Readelf(path, "--program-headers", "--notes")
    let object = try ELFObject.read(Fixture.object(at: path))
    #expect(object.interpreter == readelf.interpreter)
    #expect(object.hasExecutableStack == (readelf.flags(ofSegment: "GNU_STACK")?.contains("E") ?? false))
    var sets: X86InstructionSets = []
    for (name, set) in Self.instructionSets where readelf.says(name) { sets.formUnion(set) }
    #expect(object.neededInstructionSets == sets)
  }

  @Test(arguments: try Fixture.everyObject())
  func `soname, DT_NEEDED, run paths and DT_RELR are those of readelf`(path: String) throws {
    let readelf = try Readelf(path, "--dynamic")
    let object = try ELFObject.read(Fixture.object(at: path))
    #expect(object.isDynamic == !readelf.says("There is no dynamic section"))
    #expect(object.needed == readelf.bracketed("(NEEDED)"))
    #expect(object.soname == readelf.bracketed("(SONAME)").last)
    #expect(object.rpath == readelf.bracketed("(RPATH)").last)
    #expect(object.runpath == readelf.bracketed("(RUNPATH)").last)
    #expect(object.hasRelativeRelocations == readelf.says("(RELR)"))
  }

  /// Readelf finds symbols and versions by their section headers: `no_sections` is compared in the next test.
  @Test(arguments: try Fixture.everyObject().filter { $0 != "x86_64/no_sections.abi3.so" })
  func `versions and the symbols of each are those of readelf`(path: String) throws {
    let readelf = try Readelf(path, "--version-info", "--dyn-syms", "--relocs")
    let object = try ELFObject.read(Fixture.object(at: path))
    let (symbols, needs) = (try readelf.symbols(), try readelf.versionNeeds())
    #expect(object.versionDefinitions == readelf.versionDefinitions())
    let referred = readelf.referredSymbols()
    let wanted = symbols.filter { $0.isUndefined && !$0.isWeak && $0.version == nil && referred.contains($0.name) }
    #expect(Array(object.undefinedSymbols) == wanted.map(\.name))
    let defined = symbols.filter { !$0.isUndefined && $0.version == nil }.map(\.name)
    #expect(object.definedSymbols == defined)
    #expect(defined.allSatisfy(object.definitions.contains))
    #expect(object.versionNeeds.map(\.library) == needs.map(\.library))
    #expect(object.versionNeeds.map(\.version) == needs.map(\.version))
    #expect(object.versionNeeds.map(\.isWeak) == needs.map(\.isWeak))
    for (read, need) in zip(object.versionNeeds, needs) {
      let own = symbols.filter { $0.version == need.index }
      #expect(Array(read.symbols) == own.filter { !$0.isWeak }.map(\.name))
      #expect(Array(read.weakSymbols) == own.filter(\.isWeak).map(\.name))
    }
  }

  @Test func `without section headers the same versions and symbols are read`() throws {
    let stripped = try ELFObject.read(Fixture.object("no_sections.abi3.so"))
    let whole = try ELFObject.read(Fixture.object("modern.abi3.so"))
    #expect(stripped.versionNeeds == whole.versionNeeds)
    #expect(stripped.undefinedSymbols == whole.undefinedSymbols)
    #expect(stripped.definedSymbols == ["PyInit_no_sections"])
  }

  /// Readelf's words for EI_CLASS, EI_DATA, e_type and e_machine.
  private static let classes: [String: ELFIdentity.FileClass] = ["ELF32": .bits32, "ELF64": .bits64]
  private static let byteOrders: [String: ELFIdentity.ByteOrder] = [
    "2's complement, little endian": .little, "2's complement, big endian": .big,
  ]
  private static let types: [String: ELFIdentity.FileType] = [
    "DYN": .sharedObject, "EXEC": .executable, "REL": .relocatable,
  ]
  private static let machines: [String: ELFMachine] = [
    "AArch64": .aarch64, "ARM": .arm, "Advanced Micro Devices X86-64": .x86_64, "IBM S/390": .s390,
    "Intel 80386": .i386, "LoongArch": .loongArch, "MIPS R3000": .mips, "PowerPC64": .ppc64, "RISC-V": .riscv,
  ]
  private static let instructionSets: KeyValuePairs<String, X86InstructionSets> = [
    "x86-64-baseline": .baseline, "x86-64-v2": .v2, "x86-64-v3": .v3, "x86-64-v4": .v4,
  ]
}
