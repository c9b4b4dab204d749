/// A symbol that a file wants from another.
public struct UndefinedSymbol: Hashable, Sendable {
  public var name: String
  /// STB_WEAK: the loader does not mind when nobody defines it.
  public var isWeak: Bool

  public init(name: String, isWeak: Bool) {
    self.name = name
    self.isWeak = isWeak
  }
}
