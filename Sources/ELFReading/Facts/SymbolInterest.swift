/// Which defined symbols a caller wants to hear of by name.
///
/// Of the others it can only be asked whether they are defined.
public struct SymbolInterest: Sendable {
  private let prefixes: [[UInt8]]

  /// - Parameter prefixes: beginnings of names.
  public init(prefixes: [String]) {
    self.prefixes = prefixes.map { Array($0.utf8) }
  }

  /// True when a name begins with one of the prefixes.
  func contains(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    prefixes.contains { name.starts(with: $0) }
  }
}
