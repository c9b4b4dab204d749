import TestSupport
import Testing

@testable import ELFReading

/// What reading an object may cost is exact: all of it, and not one more.
@Suite struct ReadingWorkTests {
  private struct Measured {
    let object: ELFObject
    let work: ReadingWork
  }

  private func read(_ bytes: [UInt8], limit: ReadingWork) throws(ELFError) -> Measured {
    var reader = try ELFStreamReader(
      size: bytes.count, interest: .everything, memory: ELFImageMemory(), limit: limit)
    reader.run(bytes, isWhole: true)
    while true {
      if let object = try reader.finishPass() { return Measured(object: object, work: reader.work) }
      reader.run(bytes, isWhole: false)
    }
  }

  private static let plenty = ReadingWork(names: .max, facts: .max, factBytes: .max, tableBytes: .max)

  private static let dimensions: [(WritableKeyPath<ReadingWork, Int> & Sendable, ReadingLimit)] = [
    (\.names, .names), (\.facts, .facts), (\.factBytes, .factBytes), (\.tableBytes, .tableBytes),
  ]

  @Test(arguments: dimensions) func `an object may cost what it costs, and no less`(
    dimension: WritableKeyPath<ReadingWork, Int> & Sendable, name: ReadingLimit
  ) throws {
    let bytes = try Fixture.object("modern.abi3.so")
    let whole = try read(bytes, limit: Self.plenty)
    var limit = Self.plenty
    limit[keyPath: dimension] = whole.work[keyPath: dimension]
    #expect(try read(bytes, limit: limit).object == whole.object)
    limit[keyPath: dimension] -= 1
    let error = try #require(throws: ELFError.self) { try read(bytes, limit: limit) }
    #expect(error.problem == .overBudget(name, most: limit[keyPath: dimension]))
  }

  @Test func `an object whose tables had gone by costs them again`() throws {
    var late = ELFPatch(try Fixture.object("modern.abi3.so"))
    let early = try read(late.bytes, limit: Self.plenty)
    try late.moveBeforeDynamicSegment([.stringTable, .symbolTable], after: 20 << 20)
    #expect(try read(late.bytes, limit: Self.plenty).work.tableBytes > early.work.tableBytes)
  }

  @Test func `a library that is needed twice is needed once`() throws {
    var object = ELFPatch(try Fixture.object("two_folders.abi3.so"))
    let once = try read(object.bytes, limit: Self.plenty).object.needed
    try #require(once.count > 1)
    // The second entry becomes the first one again.
    let first = try object.entry(.needed)
    let second = first + 2 * object.addressWidth
    try #require(object.value(at: second, width: object.addressWidth) == ELFPatch.Tag.needed.rawValue)
    object.set(
      at: second + object.addressWidth, width: object.addressWidth,
      to: object.value(at: first + object.addressWidth, width: object.addressWidth))
    #expect(try read(object.bytes, limit: Self.plenty).object.needed == [once[0]] + once.dropFirst(2))
  }
}
