import Glibc

/// A list of symbol names in one block of bytes: an object may have a hundred thousand, of which a report prints ten.
public struct SymbolNames: Hashable, Sendable {
  var bytes: [UInt8] = []
  /// Where each name ends in `bytes`.
  var ends: [Int] = []

  public init() {}

  public init(_ names: some Sequence<String>) {
    for name in names {
      append(utf8: name.utf8)
    }
  }

  /// Takes in the names of another list.
  public mutating func append(contentsOf more: SymbolNames) {
    let start = bytes.count
    bytes += more.bytes
    ends += more.ends.map { start + $0 }
  }

  mutating func append(utf8 name: some Sequence<UInt8>) {
    bytes.append(contentsOf: name)
    ends.append(bytes.count)
  }

  /// The names in the order of their bytes, each once.
  public consuming func distinct() -> SymbolNames {
    guard count > 1 else { return self }
    let names = bytes.withUnsafeBufferPointer { bytes in
      var names = indices.map { position -> Name in
        let start = position == 0 ? 0 : ends[position - 1]
        return Name(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start..<ends[position]]))
      }
      names.sort()
      var distinct = SymbolNames()
      distinct.bytes.reserveCapacity(bytes.count)
      distinct.ends.reserveCapacity(names.count)
      var last: Name?
      for name in names where last != name {
        distinct.append(utf8: name.bytes)
        last = name
      }
      return distinct
    }
    return names
  }

  /// A name while names are sorted, with its beginning as a number, which tells most of them apart.
  private struct Name: Comparable {
    let beginning: UInt64
    let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) {
      self.bytes = bytes
      var beginning: UInt64 = 0
      withUnsafeMutableBytes(of: &beginning) { $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes.prefix(8))) }
      self.beginning = UInt64(bigEndian: beginning)
    }

    static func == (left: Name, right: Name) -> Bool {
      left.beginning == right.beginning && left.bytes.count == right.bytes.count && order(left, right) == 0
    }

    static func < (left: Name, right: Name) -> Bool {
      if left.beginning != right.beginning { return left.beginning < right.beginning }
      let order = order(left, right)
      return order == 0 ? left.bytes.count < right.bytes.count : order < 0
    }

    private static func order(_ left: Name, _ right: Name) -> Int32 {
      guard let first = left.bytes.baseAddress, let second = right.bytes.baseAddress else { return 0 }
      return memcmp(first, second, Swift.min(left.bytes.count, right.bytes.count))
    }
  }

  /// Those of the names that begin with one of some words.
  public func beginning(withOneOf words: [StaticString]) -> SymbolNames { names(where: words, isThere: true) }

  /// Those of the names that begin with none of some words.
  public func beginning(withNoneOf words: [StaticString]) -> SymbolNames { names(where: words, isThere: false) }

  /// Looks at bytes: most names of an extension module are the interpreter's, and to make texts of them takes longer.
  private func names(where words: [StaticString], isThere: Bool) -> SymbolNames {
    var kept = SymbolNames()
    bytes.withUnsafeBytes { bytes in
      var start = 0
      for end in ends {
        let name = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        start = end
        guard words.contains(where: { Self.begins(name, with: $0) }) == isThere else { continue }
        kept.append(utf8: name)
      }
    }
    return kept
  }

  /// Those of the names that pass a question, which is asked of each by the key that definitions are found by.
  ///
  /// The seed is that of the definitions.
  public func filtered<Failure: Error>(
    _ seed: NameSeed, by isIncluded: (DefinedSymbols.Key) throws(Failure) -> Bool
  ) throws(Failure) -> SymbolNames {
    var (kept, start) = (SymbolNames(), 0)
    for end in ends {
      let key = bytes.withUnsafeBytes {
        DefinedSymbols.Key(utf8: UnsafeRawBufferPointer(rebasing: $0[start..<end]), seed)
      }
      if try isIncluded(key) { kept.append(utf8: bytes[start..<end]) }
      start = end
    }
    return kept
  }

  /// The names at some positions.
  public func names(at positions: [Int]) -> SymbolNames {
    var kept = SymbolNames()
    for position in positions { kept.append(utf8: bytes[(position == 0 ? 0 : ends[position - 1])..<ends[position]]) }
    return kept
  }

  private static func begins(_ name: UnsafeRawBufferPointer, with word: StaticString) -> Bool {
    guard let start = name.baseAddress, name.count >= word.utf8CodeUnitCount else { return false }
    return memcmp(start, word.utf8Start, word.utf8CodeUnitCount) == 0
  }

  /// True when the name at a position has these bytes.
  func isEqual(at position: Int, to name: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = position == 0 ? 0 : ends[position - 1]
    return bytes[start..<ends[position]].elementsEqual(name)
  }
}

extension SymbolNames: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { ends.count }

  /// The name at a position; a byte that is not UTF-8 is U+FFFD and its two hexadecimal digits.
  public subscript(position: Int) -> String {
    let start = position == 0 ? 0 : ends[position - 1]
    return String(name: bytes[start..<ends[position]])
  }
}

extension SymbolNames: ExpressibleByArrayLiteral {
  public init(arrayLiteral names: String...) { self.init(names) }
}
