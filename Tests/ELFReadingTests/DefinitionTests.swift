import ELFReading
import TestSupport
import Testing

/// What references find of the definitions of an object.
@Suite struct DefinitionTests {
  /// Each row: the entry of DT_VERSYM of `vfn`, of which the lowest bits are the number of its version and the highest
  /// means that it is not the default; whether a reference without a version finds it in musl, and in glibc.
  ///
  /// glibc gives it what is not the default of the first version, which has the number 2.
  @Test(
    arguments: [
      (2, true, true), (0x8002, false, true), (0x8003, false, false), (1, true, true),
    ] as [(UInt64, Bool, Bool)])
  func `a definition that is not the default is found by few`(entry: UInt64, inMusl: Bool, inGlibc: Bool) throws {
    var library = ELFPatch(try Fixture.object("libversioned.so.1"))
    let versions = try library.table(.symbolVersions)
    let positions = (1..<8).map { versions + 2 * $0 }.filter { library.value(at: $0, width: 2) == 2 }
    let position = try #require(positions.first)
    library.set(at: position, width: 2, to: entry)
    let definitions = try ELFObject.read(library.bytes).definitions
    #expect(definitions.contains("vfn") == inMusl)
    #expect(definitions.contains(DefinedSymbols.Key("vfn", definitions.seed), forGlibc: true) == inGlibc)
  }

  /// DT_TEXTREL is 22; of DT_FLAGS, which is 30, 4 means the same.
  @Test(
    arguments: [(22, 0, true, true), (30, 4, true, false), (30, 1, false, false)] as [(UInt64, UInt64, Bool, Bool)])
  func `relocations in code are stated by an entry or by a flag`(
    tag: UInt64, value: UInt64, relocates: Bool, isStated: Bool
  ) throws {
    var object = ELFPatch(try Fixture.object("with_soname.abi3.so"))
    try object.set(.soname, to: value)
    try object.rename(.soname, to: tag)
    let file = try ELFObject.read(object.bytes)
    #expect(file.relocatesText == relocates)
    #expect(file.statesTextRelocations == isStated)
  }
}
