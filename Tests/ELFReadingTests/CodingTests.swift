import TestSupport
import Testing

@testable import ELFReading

/// Facts written to bytes and read back.
@Suite struct CodingTests {
  private static let seed = NameSeed(1, 2)

  private func read(_ bytes: [UInt8]) throws -> ELFObject {
    try ELFObject.read(bytes, interest: SymbolInterest(prefixes: ["P", "f"], seed: Self.seed))
  }

  private func decoded(_ bytes: [UInt8]) throws -> ELFObject {
    try bytes.withUnsafeBytes { try ELFObject(encoded: $0, seed: Self.seed) }
  }

  @Test func `every fixture comes back as it was`() throws {
    var distinct = Set<ELFObject>()
    for path in try Fixture.everyObject() {
      guard let object = try? read(try Fixture.object(at: path)) else { continue }
      #expect(try decoded(object.encoded()) == object, "\(path)")
      distinct.insert(object)
    }
    #expect(distinct.count > 100)
    #expect(try decoded(withKernel().encoded()) == withKernel())
  }

  /// An object with the one fact that no fixture has.
  private func withKernel() throws -> ELFObject {
    var object = try read(try Fixture.object("libversioned.so.1"))
    object.kernel = KernelNeed(system: 0, version: [5, 10, 0])
    return object
  }

  @Test func `every stored property is passed`() throws {
    var counter = FieldCounter()
    for path in try Fixture.everyObject() {
      guard var object = try? read(try Fixture.object(at: path)) else { continue }
      try counter.pass(&object)
    }
    var object = try withKernel()
    try counter.pass(&object)
    // Of these the seed is told by the reader, and the order is made when somebody asks.
    #expect(counter.fields.removeValue(forKey: "DefinedSymbols")?.passed == 1)
    for (type, count) in counter.fields { #expect(count.passed == count.stored, "\(type)") }
    let types = ["ELFObject", "ELFIdentity", "VersionNeed", "SymbolNames", "Relocations", "SegmentLayout"]
    #expect(Set(types + ["ThreadLocalStorage", "KernelNeed", "ELFMachine"]).isSubset(of: counter.fields.keys))
  }

  /// Counts the values that each struct passes, beside its stored properties.
  private struct FieldCounter: FactCoder {
    var fields: [String: (passed: Int, stored: Int)] = [:]
    private var passed = 0

    mutating func pass<Fact: CodedFact>(_ fact: inout Fact) throws(DamagedFacts) {
      let outer = passed + 1
      passed = 0
      try fact.pass(through: &self)
      let mirror = Mirror(reflecting: fact)
      if mirror.displayStyle == .struct, !(fact is any CodedNumber), !(fact is Bool), !(fact is String) {
        fields["\(Fact.self)"] = (passed, mirror.children.count)
      }
      passed = outer
    }

    mutating func pass(bytes: UnsafeMutableRawBufferPointer) throws(DamagedFacts) {}

    func require(_ count: Int, ofSize size: Int) throws(DamagedFacts) {}
  }

  @Test func `what was hashed with another seed is not taken for the same`() throws {
    let bytes = try Fixture.object("libversioned.so.1")
    let other = try ELFObject.read(bytes, interest: SymbolInterest(prefixes: ["P", "f"], seed: NameSeed(3, 4)))
    #expect(try other != read(bytes))
    #expect(try read(bytes).definitions.contains("vfn") && other.definitions.contains("vfn"))
  }

  // MARK: Damage

  @Test func `facts that are cut off, and those with more behind them, are refused`() throws {
    let bytes = try read(try Fixture.object("libversioned.so.1")).encoded()
    for count in 0..<bytes.count {
      #expect(throws: DamagedFacts.self) { try decoded(Array(bytes[..<count])) }
    }
    #expect(throws: DamagedFacts.self) { try decoded(bytes + [0]) }
  }

  /// Nothing may end the program, or take memory for what is not there.
  @Test func `damaged facts are facts or an error`() throws {
    let bytes = try read(try Fixture.object("several_versions.abi3.so")).encoded()
    var refused = 0
    for place in bytes.indices {
      for value: UInt8 in [0, 1, 0x7f, 0xff] where bytes[place] != value {
        var damaged = bytes
        damaged[place] = value
        do {
          // What comes out is used as an object's facts are.
          let object = try decoded(damaged)
          for need in object.versionNeeds { #expect(need.allSymbols.map(\.utf8.count).allSatisfy { $0 >= 0 }) }
          #expect(object.layout.headerCount >= object.layout.count)
        } catch is DamagedFacts {
          refused += 1
        }
      }
    }
    #expect(refused > 100)
  }
}
