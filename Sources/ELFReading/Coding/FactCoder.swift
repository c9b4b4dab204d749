/// Takes facts to bytes or back: each type lists its values once, and both ways go through the same list.
protocol FactCoder {
  /// Writes a value, or reads one into it.
  mutating func pass<Fact: CodedFact>(_ fact: inout Fact) throws(DamagedFacts)

  /// Writes these bytes, or fills them.
  mutating func pass(bytes: UnsafeMutableRawBufferPointer) throws(DamagedFacts)

  /// Requires that so many values, each of so many bytes at least, can follow.
  func require(_ count: Int, ofSize size: Int) throws(DamagedFacts)
}

extension FactCoder {
  mutating func pass<Fact: CodedFact>(_ fact: inout Fact) throws(DamagedFacts) { try fact.pass(through: &self) }
}

/// A value that can be taken to bytes and back.
protocol CodedFact {
  /// What stands there before it is read.
  static var blank: Self { get }

  /// Bytes that each takes at least once it is written.
  static var leastSize: Int { get }

  /// Passes each of its values to the coder.
  mutating func pass(through coder: inout some FactCoder) throws(DamagedFacts)

  /// Passes those of a list, whose length is known.
  static func pass(all list: inout [Self], through coder: inout some FactCoder) throws(DamagedFacts)
}

extension CodedFact {
  static var leastSize: Int { 1 }

  static func pass(all list: inout [Self], through coder: inout some FactCoder) throws(DamagedFacts) {
    for index in list.indices { try coder.pass(&list[index]) }
  }
}

/// Bytes that are not those of facts that were written whole.
public struct DamagedFacts: Error, Hashable, Sendable {}

/// Writes facts.
struct FactEncoder: FactCoder {
  private(set) var bytes: [UInt8] = []

  mutating func pass(bytes more: UnsafeMutableRawBufferPointer) throws(DamagedFacts) {
    bytes.append(contentsOf: more)
  }

  func require(_ count: Int, ofSize size: Int) throws(DamagedFacts) {}
}

/// Reads facts from bytes that may be anything.
struct FactDecoder: FactCoder {
  private var rest: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) {
    rest = bytes
  }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func pass(bytes: UnsafeMutableRawBufferPointer) throws(DamagedFacts) {
    try require(bytes.count, ofSize: 1)
    bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: rest[..<bytes.count]))
    rest = UnsafeRawBufferPointer(rebasing: rest[bytes.count...])
  }

  func require(_ count: Int, ofSize size: Int) throws(DamagedFacts) {
    guard count >= 0, count <= rest.count / size else { throw DamagedFacts() }
  }
}
