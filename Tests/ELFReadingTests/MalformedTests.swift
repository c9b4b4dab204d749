import ELFReading
import TestSupport
import Testing

/// A malformed object: how it departs from a good one, and what reading it must come to.
struct Malformed: Sendable, CustomTestStringConvertible {
  let name: String
  /// The error, derived from the good file; nil where the loader would not notice, so that the facts are the same.
  let expected: @Sendable (_ good: ELFPatch) throws -> ELFError?
  let patch: @Sendable (_ object: inout ELFPatch) throws -> Void

  /// A file that is refused.
  init(
    _ name: String, _ operation: ELFError.Operation,
    at offset: @escaping @Sendable (ELFPatch) throws -> UInt64 = { _ in 0 },
    _ problem: @escaping @Sendable (ELFPatch) throws -> ELFError.Problem,
    patch: @escaping @Sendable (inout ELFPatch) throws -> Void
  ) {
    self.name = name
    self.expected = { good in ELFError(operation, at: try offset(good), try problem(good)) }
    self.patch = patch
  }

  /// A file that is read all the same.
  init(harmless name: String, patch: @escaping @Sendable (inout ELFPatch) throws -> Void) {
    self.name = name
    self.expected = { _ in nil }
    self.patch = patch
  }

  var testDescription: String { name }

  func check(_ object: String, _ architecture: String) throws {
    let good = ELFPatch(try Fixture.object(object, architecture))
    var bad = good
    try patch(&bad)
    try #require(bad.bytes != good.bytes)
    if let expected = try expected(good) {
      #expect(throws: expected) { try ELFObject.read(bad.bytes) }
    } else {
      #expect(try ELFObject.read(bad.bytes).apartFromLayout == ELFObject.read(good.bytes).apartFromLayout)
    }
  }
}

/// Every malformed file is derived from one good object: of 64 bits, of 32 bits, and big-endian.
@Suite struct MalformedTests {
  static let architectures = ["x86_64", "i686", "s390x"]

  @Test(arguments: Malformed.headers, architectures)
  func `malformed headers`(row: Malformed, architecture: String) throws {
    try row.check("modern.abi3.so", architecture)
  }

  @Test(arguments: Malformed.segments, architectures)
  func `malformed segments`(row: Malformed, architecture: String) throws {
    try row.check("modern.abi3.so", architecture)
  }

  @Test(arguments: Malformed.strings, architectures)
  func `malformed strings`(row: Malformed, architecture: String) throws {
    try row.check("modern.abi3.so", architecture)
  }

  @Test(arguments: Malformed.versionNeeds, architectures)
  func `malformed version needs`(row: Malformed, architecture: String) throws {
    try row.check("modern.abi3.so", architecture)
  }

  @Test(arguments: Malformed.symbols, architectures)
  func `malformed symbol and hash tables`(row: Malformed, architecture: String) throws {
    try row.check("modern.abi3.so", architecture)
  }

  @Test(arguments: Malformed.unhashed, architectures)
  func `without a hash table no loader finds what is defined, and relocations name the rest`(
    row: Malformed, architecture: String
  ) throws {
    let good = ELFPatch(try Fixture.object("modern.abi3.so", architecture))
    var bad = good
    try row.patch(&bad)
    try #require(bad.bytes != good.bytes)
    let (found, whole) = (try ELFObject.read(bad.bytes), try ELFObject.read(good.bytes))
    #expect(found.versionNeeds == whole.versionNeeds && !whole.versionNeeds.allSatisfy(\.symbols.isEmpty))
    #expect(found.definitions.isEmpty && found.definedSymbols.isEmpty && !whole.definitions.isEmpty)
  }

  @Test(arguments: Malformed.cutTails, architectures)
  func `tables that the file ends within`(row: Malformed, architecture: String) throws {
    try row.check("modern.abi3.so", architecture)
  }

  @Test(arguments: Malformed.versionDefinitions)
  func `malformed version definitions`(row: Malformed) throws {
    try row.check("libversioned.so.1", "x86_64")
  }

  @Test(arguments: Malformed.notes)
  func `malformed notes`(row: Malformed) throws {
    try row.check("isa_v3.abi3.so", "x86_64")
  }

  /// Offsets of n_namesz and n_descsz in a note; the loader passes over what is no property note.
  @Test(arguments: [0, 4])
  func `a note whose lengths are enormous is no property note`(field: Int) throws {
    let good = ELFPatch(try Fixture.object("isa_v3.abi3.so"))
    var bad = good
    bad.set(at: Int(try good.notes) + field, width: 4, to: .max)
    var expected = try ELFObject.read(good.bytes)
    expected.neededInstructionSets = []
    #expect(try ELFObject.read(bad.bytes) == expected)
  }
}

extension MalformedTests {
  @Test func `a DT_HASH that the loader ignores hides no symbols`() throws {
    let good = ELFPatch(try Fixture.object("baseline_both_hash.abi3.so"))
    var bad = good
    // nchain, which says how many symbols there are.
    bad.set(at: try good.table(.hash) + 4, width: 4, to: 1)
    try #require(bad.bytes != good.bytes)
    #expect(try ELFObject.read(bad.bytes).apartFromLayout == ELFObject.read(good.bytes).apartFromLayout)
  }
}
