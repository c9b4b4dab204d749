/// The symbols a caller wants to hear of.
///
/// The others are passed over without becoming a `String`. Looked up for every symbol of every object, and made at every
/// start of the program from thousands of names: so a hash table in two blocks of memory, with open addressing.
public struct SymbolInterest: Sendable {
  private var names = SymbolNames()
  /// One more than the position in `names` of the name that has the slot; 0 for a free one.
  private var slots: [UInt32]
  private let prefixes: [[UInt8]]
  /// A bit for each pair of bytes that a name or a prefix begins with: no other symbol, and hardly one of C++, is looked
  /// up at all.
  private var beginnings = [UInt64](repeating: 0, count: 1 << 10)

  /// - Parameters:
  ///   - names: whole names, in lists as they come.
  ///   - prefixes: beginnings of names.
  public init(names: [[Substring]], prefixes: [String]) {
    self.prefixes = prefixes.map { Array($0.utf8) }
    var size = 16
    while size < 2 * names.joined().count { size *= 2 }
    self.slots = Array(repeating: 0, count: size)
    for list in names {
      for var name in list {
        name.withUTF8 { insert($0) }
      }
    }
    for prefix in self.prefixes { mark(Self.pair(prefix)) }
    // A shorter prefix than a pair leaves nothing to tell names by.
    if self.prefixes.contains(where: { $0.count < 2 }) { beginnings = beginnings.map { _ in .max } }
  }

  private mutating func insert(_ name: UnsafeBufferPointer<UInt8>) {
    names.append(utf8: name)
    var slot = slot(Self.hash(name))
    while slots[slot] != 0 { slot = self.slot(slot + 1) }
    slots[slot] = UInt32(names.count)
    mark(Self.pair(name))
  }

  private mutating func mark(_ pair: Int) { beginnings[pair >> 6] |= 1 << (pair & 63) }

  /// True when a name is one of the names or begins with one of the prefixes.
  func contains(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let pair = Self.pair(name)
    guard beginnings[pair >> 6] & (1 << (pair & 63)) != 0 else { return false }
    for prefix in prefixes where name.starts(with: prefix) { return true }
    var slot = slot(Self.hash(name))
    while slots[slot] != 0 {
      if names.isEqual(at: Int(slots[slot]) - 1, to: name) { return true }
      slot = self.slot(slot + 1)
    }
    return false
  }

  /// The first two bytes of a name as one number.
  private static func pair(_ name: some Sequence<UInt8>) -> Int {
    name.prefix(2).reduce(0) { $0 << 8 | Int($1) }
  }

  private func slot(_ hash: Int) -> Int { hash & (slots.count - 1) }

  /// FNV-1a.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in bytes {
      hash = (hash ^ UInt32(byte)) &* 16_777_619
    }
    return Int(hash)
  }
}
