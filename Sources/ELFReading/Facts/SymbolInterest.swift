/// Which defined symbols a caller wants to hear of by name, and how to ask for the others.
///
/// Of these it can only be asked whether they are defined.
public struct SymbolInterest: Sendable {
  private let prefixes: [[UInt8]]
  let seed: NameSeed

  /// - Parameters:
  ///   - prefixes: beginnings of names.
  ///   - seed: what definitions are hashed with.
  public init(prefixes: [String], seed: NameSeed = .ofProcess) {
    self.prefixes = prefixes.map { Array($0.utf8) }
    self.seed = seed
  }

  /// True when a name begins with one of the prefixes.
  func contains(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    prefixes.contains { name.starts(with: $0) }
  }
}
