public import ELFReading

/// Symbols that a loader looks for in vain when it loads one object, as far as a wheel can tell: nothing that comes with
/// the object defines them, and of all that comes with it, it is known what it defines.
public struct UndefinedSymbols: Hashable, Sendable {
  /// The position of the object among those that are judged.
  public let object: Int
  /// Their names, in the order of the object's symbol table.
  public let names: SymbolNames
  /// The position of another object that defines the first of them, and does not come with this one.
  public let definer: Int?
}
