/// A version that a file needs from a library: one vernaux of one verneed (LSB Core, "Symbol Version Requirements").
public struct VersionNeed: Hashable, Sendable {
  /// The file name of the library: `vn_file`.
  public var library: String
  /// The version: `vna_name`.
  public var version: String
  /// VER_FLG_WEAK: the loader only warns when the library does not have the version.
  public var isWeak: Bool
  /// True when its hash is not that of its name: glibc compares hashes first, and does not find it (`vna_hash`).
  public var isMisnamed = false
  /// The names of the symbols that carry this version (DT_VERSYM) and must be found.
  public var symbols: SymbolNames = SymbolNames()
  /// The names of those that may be missing (STB_WEAK).
  public var weakSymbols: SymbolNames = SymbolNames()

  /// All of them.
  public var allSymbols: SymbolNames {
    var all = symbols
    all.append(contentsOf: weakSymbols)
    return all
  }

  public init(library: String, version: String, isWeak: Bool) {
    self.library = library
    self.version = version
    self.isWeak = isWeak
  }
}
