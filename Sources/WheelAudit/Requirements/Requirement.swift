public import BuildProfiles
public import ELFReading

/// Something that a wheel needs of the systems it runs on, and since which profile they have it.
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
  }

  /// What one object asks for.
  public struct Demand: Hashable, Sendable {
    /// The object's path in the wheel.
    public let object: String
    /// The symbols asked for, each once, in the order of their bytes.
    public fileprivate(set) var symbols: SymbolNames

    init(object: String, names: SymbolNames) {
      self.object = object
      symbols = names
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
  public let floor: Floor
  /// Why no profile provides it, or what else to know of the floor; nil where the floor says all.
  public let reason: String?
  /// Which objects ask for it, in order of path.
  public private(set) var demands: [Demand]

  /// Every symbol asked for, each once, in the order of their bytes.
  public private(set) var symbols = SymbolNames()

  init(
    _ kind: Kind, library: String? = nil, version: String? = nil, floor: Floor, reason: String? = nil,
    demands: [Demand]
  ) {
    self.kind = kind
    self.library = library
    self.version = version
    self.floor = floor
    self.reason = reason
    self.demands = demands
  }

  /// What makes two demands the same requirement.
  fileprivate struct Key: Hashable {
    let kind: Kind
    let library: String?
    let version: String?
    let floor: Floor
    let reason: String?
  }

  fileprivate var key: Key { Key(kind: kind, library: library, version: version, floor: floor, reason: reason) }

  /// Adds who else asks for it; the demands of one object become one.
  fileprivate mutating func add(_ more: [Demand]) {
    for demand in more {
      if let last = demands.indices.last, demands[last].object == demand.object {
        demands[last].symbols.append(contentsOf: demand.symbols)
      } else {
        demands.append(demand)
      }
    }
  }

  /// Puts the symbols in order, and together what all objects ask for.
  fileprivate consuming func completed() -> Requirement {
    for index in demands.indices { demands[index].symbols = demands[index].symbols.distinct() }
    symbols = demands.count == 1 ? demands[0].symbols : demands.reduce(into: SymbolNames()) { all, demand in
      all.append(contentsOf: demand.symbols)
    }.distinct()
    return self
  }
}

/// Requirements on their way together: those that ask for the same thing become one, with all who ask for it.
struct RequirementList {
  private var requirements: [Requirement] = []
  private var positions: [Requirement.Key: Int] = [:]

  mutating func add(_ requirements: [Requirement]) {
    for requirement in requirements { add(requirement) }
  }

  private mutating func add(_ requirement: Requirement) {
    if let position = positions[requirement.key] {
      requirements[position].add(requirement.demands)
    } else {
      positions[requirement.key] = requirements.count
      requirements.append(requirement)
    }
  }

  /// Highest floor first; then by kind, library and version, so that the order does not depend on the archive's.
  var sorted: [Requirement] {
    requirements.map { $0.completed() }.sorted { left, right in
      if left.floor != right.floor { return left.floor > right.floor }
      let leftKey = (left.kind.rawValue, left.library ?? "", left.version ?? "", left.reason ?? "")
      let rightKey = (right.kind.rawValue, right.library ?? "", right.version ?? "", right.reason ?? "")
      return leftKey < rightKey
    }
  }
}
