import ELFReading
import TestSupport
import Testing

/// Objects with tables behind the first 16 MB, which the reader may have passed before it knows that they matter.
@Suite struct LateTableTests {
  static let architectures = ["x86_64", "i686", "s390x"]
  /// More than the reader keeps of a file whatever it holds.
  static let far = 20 << 20
  static let tables: [[ELFPatch.Tag]] = [
    [.stringTable], [.symbolTable], [.symbolVersions], [.versionNeeds], [.gnuHash],
    [.stringTable, .symbolTable, .symbolVersions, .versionNeeds, .gnuHash],
  ]

  @Test(arguments: tables, architectures)
  func `a table far behind the others is read the same`(tags: [ELFPatch.Tag], architecture: String) throws {
    let good = try Fixture.object("modern.abi3.so", architecture)
    var patch = ELFPatch(good)
    try patch.moveToTail(tags, after: Self.far)
    #expect(try ELFObject.read(patch.bytes).apartFromLayout == ELFObject.read(good).apartFromLayout)
  }

  @Test(arguments: tables, architectures)
  func `a table that has gone by when the dynamic segment comes is read the same`(
    tags: [ELFPatch.Tag], architecture: String
  ) throws {
    let good = try Fixture.object("modern.abi3.so", architecture)
    var patch = ELFPatch(good)
    try patch.moveBeforeDynamicSegment(tags, after: Self.far)
    #expect(try ELFObject.read(patch.bytes).apartFromLayout == ELFObject.read(good).apartFromLayout)
  }

  @Test(arguments: architectures)
  func `a dynamic segment far behind is read the same`(architecture: String) throws {
    let good = try Fixture.object("modern.abi3.so", architecture)
    var patch = ELFPatch(good)
    try patch.mapTail(good, after: Self.far)
    let segment = try patch.segment(.dynamic)
    patch[segment, .address] = ELFPatch.tailAddress + patch[segment, .offset]
    #expect(try ELFObject.read(patch.bytes).apartFromLayout == ELFObject.read(good).apartFromLayout)
  }

  @Test(arguments: architectures)
  func `program headers and all tables far behind are read the same`(architecture: String) throws {
    let good = try Fixture.object("modern.abi3.so", architecture)
    var patch = ELFPatch(good)
    try patch.moveToTail([.stringTable, .symbolTable, .symbolVersions, .versionNeeds, .gnuHash], after: Self.far)
    let start = Int(patch[.phoff])
    let headers = start..<start + Int(patch[.phnum]) * patch.segmentLength
    patch[.phoff] = UInt64(patch.bytes.count)
    patch.bytes += patch.bytes[headers]
    for position in headers { patch.bytes[position] = 0xff }
    #expect(try ELFObject.read(patch.bytes).apartFromLayout == ELFObject.read(good).apartFromLayout)
  }
}
