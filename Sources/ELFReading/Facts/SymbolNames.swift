/// A list of symbol names in one block of bytes: an object may have a hundred thousand, of which a report prints ten.
public struct SymbolNames: Hashable, Sendable {
  private var bytes: [UInt8] = []
  /// Where each name ends in `bytes`.
  private var ends: [Int] = []

  public init() {}

  public init(_ names: some Sequence<String>) {
    for name in names {
      append(utf8: name.utf8)
    }
  }

  mutating func append(utf8 name: some Sequence<UInt8>) {
    bytes.append(contentsOf: name)
    ends.append(bytes.count)
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

  /// The name at a position; bytes that are not UTF-8 become U+FFFD.
  public subscript(position: Int) -> String {
    let start = position == 0 ? 0 : ends[position - 1]
    return String(decoding: bytes[start..<ends[position]], as: UTF8.self)
  }
}
