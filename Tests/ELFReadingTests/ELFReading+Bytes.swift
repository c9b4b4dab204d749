import ELFReading

extension ELFObject {
  /// Reads a file that lies in memory, in the pieces and passes in which a member of a wheel is read.
  static func read(_ bytes: [UInt8], interest: SymbolInterest = .everything) throws(ELFError) -> ELFObject {
    var reader = try ELFStreamReader(size: bytes.count, interest: interest, memory: ELFImageMemory(), limit: limit)
    reader.run(bytes, isWhole: true)
    while true {
      if let object = try reader.finishPass() { return object }
      reader.run(bytes, isWhole: false)
    }
  }
}

/// What the reading of a test may cost: more than any test makes it cost.
private let limit = ReadingWork(names: 10_000_000, facts: 10_000_000, factBytes: 1 << 30, tableBytes: 1 << 30)

extension SymbolInterest {
  /// Every symbol: all names begin with nothing.
  static let everything = SymbolInterest(prefixes: [""])
}

extension ELFStreamReader {
  /// Feeds the reader one pass of the file, to its end or as far as this pass needs.
  mutating func run(_ bytes: [UInt8], isWhole: Bool) {
    var rest = bytes[...]
    while isWhole ? !rest.isEmpty : needsMore {
      let buffer = buffer()
      let piece = rest.prefix(buffer.count)
      buffer.copyBytes(from: piece)
      filled(piece.count)
      rest = rest.dropFirst(piece.count)
    }
  }
}

extension ELFObject {
  /// The same, but for how its segments lie: tests move them to see whether their contents are still found.
  var apartFromLayout: ELFObject {
    var object = self
    object.layout = SegmentLayout()
    object.isDynamicReadOnly = false
    return object
  }
}
