/// A number, in the byte order of the machine: what is written stays on it.
protocol CodedNumber: CodedFact, FixedWidthInteger {}

extension CodedNumber {
  static var blank: Self { 0 }
  static var leastSize: Int { MemoryLayout<Self>.size }

  mutating func pass(through coder: inout some FactCoder) throws(DamagedFacts) {
    try withUnsafeMutableBytes(of: &self) { (bytes) throws(DamagedFacts) in try coder.pass(bytes: bytes) }
  }

  /// All of them at once: a library has a hundred thousand.
  static func pass(all list: inout [Self], through coder: inout some FactCoder) throws(DamagedFacts) {
    try list.withUnsafeMutableBufferPointer { (list) throws(DamagedFacts) in
      try coder.pass(bytes: UnsafeMutableRawBufferPointer(list))
    }
  }
}

extension UInt8: CodedNumber {}
extension UInt16: CodedNumber {}
extension UInt32: CodedNumber {}
extension UInt64: CodedNumber {}
extension Int: CodedNumber {}

extension Bool: CodedFact {
  static var blank: Bool { false }

  mutating func pass(through coder: inout some FactCoder) throws(DamagedFacts) {
    var number: UInt8 = self ? 1 : 0
    try coder.pass(&number)
    guard number <= 1 else { throw DamagedFacts() }
    self = number == 1
  }
}

extension String: CodedFact {
  static var blank: String { "" }
  static var leastSize: Int { [UInt8].leastSize }

  mutating func pass(through coder: inout some FactCoder) throws(DamagedFacts) {
    var bytes = Array(utf8)
    try coder.pass(&bytes)
    guard let text = String(validating: bytes, as: UTF8.self) else { throw DamagedFacts() }
    self = text
  }
}

extension Array: CodedFact where Element: CodedFact {
  static var blank: [Element] { [] }
  static var leastSize: Int { MemoryLayout<UInt32>.size }

  /// The length comes first, in four bytes: no file may have more of anything.
  mutating func pass(through coder: inout some FactCoder) throws(DamagedFacts) {
    guard var length = UInt32(exactly: count) else { throw DamagedFacts() }
    try coder.pass(&length)
    if count != Int(length) {
      try coder.require(Int(length), ofSize: Element.leastSize)
      self = Array(repeating: .blank, count: Int(length))
    }
    try Element.pass(all: &self, through: &coder)
  }
}

extension Optional: CodedFact where Wrapped: CodedFact {
  static var blank: Wrapped? { nil }

  mutating func pass(through coder: inout some FactCoder) throws(DamagedFacts) {
    var isThere = self != nil
    try coder.pass(&isThere)
    guard isThere else { return self = nil }
    var value: Wrapped = self ?? .blank
    try coder.pass(&value)
    self = value
  }
}

extension Set: CodedFact where Element: CodedNumber {
  static var blank: Set<Element> { [] }

  mutating func pass(through coder: inout some FactCoder) throws(DamagedFacts) {
    var numbers = sorted()
    try coder.pass(&numbers)
    self = Set(numbers)
  }
}

extension CodedFact where Self: RawRepresentable, RawValue: CodedFact {
  mutating func pass(through coder: inout some FactCoder) throws(DamagedFacts) {
    var value = rawValue
    try coder.pass(&value)
    guard let fact = Self(rawValue: value) else { throw DamagedFacts() }
    self = fact
  }
}
