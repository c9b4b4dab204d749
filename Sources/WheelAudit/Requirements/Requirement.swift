public import BuildProfiles
public import ELFReading
public import WheelTags

/// Something that a wheel needs of the systems it runs on, and from which libc up to which they have it.
public struct Requirement: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A shared library.
    case library
    /// A version of a library's symbols: `GLIBC_2.34`.
    case symbolVersion
    /// A symbol without a version, which only some releases of the libc have (musl).
    case symbol
    /// A symbol that some profiles withhold although they have its library.
    case restrictedSymbol
    /// Instructions beyond those of the architecture's baseline.
    case instructionSet
    /// A build of Python that the tag does not promise.
    case pythonABI
    /// DT_RELR.
    case relativeRelocations
    /// A stack whose contents can be executed.
    case executableStack
    /// How the object is made, which some loader refuses.
    case loading
    /// A library of the wheel that a program needs and its loader does not find.
    case unreachableLibrary
    /// The loader at the path that a program names (PT_INTERP).
    case interpreter
    /// A symbol of glibc that is needed without a version.
    case unversionedSymbol
  }

  /// What one object asks for.
  public struct Demand: Hashable, Sendable {
    /// The object's path in the wheel.
    public let object: String
    fileprivate let ordered: OrderedSymbols

    /// The symbols asked for, each once, in the order of their bytes.
    public var symbols: SymbolNames { ordered.names }

    init(object: String, names: SymbolNames) {
      self.object = object
      ordered = OrderedSymbols(names)
    }

    init(object: String, symbols: [String]) {
      self.init(object: object, names: SymbolNames(symbols))
    }
  }

  public let kind: Kind
  /// The soname of the library that must provide it, where one must.
  public let library: String?
  /// The symbol version as objects name it; for `symbol` the release that first has the symbols.
  public let version: String?
  /// The libcs that provide it.
  public let range: LibcRange
  /// Why no profile provides it, or what else to know of the range; nil where the range says all.
  public let reason: String?
  /// Which objects ask for it, in order of path.
  public let demands: [Demand]

  private let ordered: OrderedSymbols

  /// Every symbol asked for, each once, in the order of their bytes.
  public var symbols: SymbolNames { ordered.names }

  /// Why no profile provides a library that nobody is known to have.
  static let reasonOfAbsence = "no profile has this library"

  /// True for a library of which no more can be said than that no profile has it.
  public var isAbsent: Bool { kind == .library && reason == Self.reasonOfAbsence }

  /// The oldest libc with which it can be relied on.
  public var floor: Floor { range.floor }

  /// The first libc that refuses it; nil when none is known to.
  public var ceiling: LibcVersion? { range.ceiling }

  init(
    _ kind: Kind, library: String? = nil, version: String? = nil, range: LibcRange, reason: String? = nil,
    demands: [Demand]
  ) {
    self.kind = kind
    self.library = library
    self.version = version
    self.range = range
    self.reason = reason
    self.demands = demands
    let parts = demands.map(\.ordered)
    ordered = parts.count == 1 ? parts[0] : OrderedSymbols(joining: parts)
  }
}
