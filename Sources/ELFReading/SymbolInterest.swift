/// The symbols a caller wants to hear of.
///
/// The others are passed over without becoming a `String`.
public struct SymbolInterest: Sendable {
  /// The names by a hash of their bytes: looked up for every symbol of every object, so without an allocation.
  private var names: [UInt32: [[UInt8]]] = [:]
  private let prefixes: [[UInt8]]
  private var longest = 0

  /// - Parameters:
  ///   - names: whole names.
  ///   - prefixes: beginnings of names.
  public init(names: some Sequence<String>, prefixes: [String]) {
    self.prefixes = prefixes.map { Array($0.utf8) }
    for name in names {
      let bytes = Array(name.utf8)
      longest = max(longest, bytes.count)
      self.names[Self.hash(bytes), default: []].append(bytes)
    }
  }

  /// True when a name is one of the names or begins with one of the prefixes.
  func contains(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    for prefix in prefixes where name.starts(with: prefix) { return true }
    guard name.count <= longest, let candidates = names[Self.hash(name)] else { return false }
    return candidates.contains { $0.elementsEqual(name) }
  }

  /// FNV-1a.
  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for byte in bytes {
      hash = (hash ^ UInt32(byte)) &* 16_777_619
    }
    return hash
  }
}
