/// A version that a file needs from a library: one vernaux of one verneed (LSB Core, "Symbol Version Requirements").
public struct VersionNeed: Hashable, Sendable {
  /// The file name of the library: `vn_file`.
  public var library: String
  /// The version: `vna_name`.
  public var version: String
  /// VER_FLG_WEAK: the loader only warns when the library does not have the version.
  public var isWeak: Bool
  /// The names of the symbols that carry this version (DT_VERSYM).
  public var symbols: SymbolNames = SymbolNames()

  public init(library: String, version: String, isWeak: Bool) {
    self.library = library
    self.version = version
    self.isWeak = isWeak
  }
}
