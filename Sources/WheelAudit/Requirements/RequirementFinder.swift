import BuildProfiles
import ELFReading
import WheelTags

/// Finds what the objects of a wheel ask of the platform.
///
/// One extension file per kind of requirement says how.
struct RequirementFinder {
  let objects: [WheelObject]
  let graph: LibraryGraph
  let platform: Platform
  let muslSymbols: MuslSymbolTable?
  let glibcExports: GlibcExports?
  let filename: WheelFilename
  /// The variant that the wheel is, if it is one.
  let variant: Variant?
  var names: BundledNames
  let staticStorage: StaticStorage
  /// The symbols that some profile withholds.
  private lazy var restricted = Set(platform.restrictedSymbols.map { DefinedSymbols.Key($0, names.seed) })
  /// Names that are none of glibc's: the objects of a wheel ask for the same again and again.
  var othersNames: Set<DefinedSymbols.Key> = []
  /// Where symbols at versions come from, likewise.
  var origins: [VersionedName: Origin] = [:]
  /// What the object that was asked about last needs without a version and not of the interpreter.
  private var lastOthers: (object: Int, symbols: SymbolNames)?
  /// For each object whether it is known what the libraries define that it needs itself; empty before somebody asks.
  var knownNeeds: [Bool] = []
  /// What objects need that nothing has.
  private(set) var undefinedSymbols: [UndefinedSymbols] = []
  /// What loaders refuse of objects that nothing in the wheel opens, by their positions, where somebody opens them.
  var refusedIfOpened: [Int: [FoundRequirement]] = [:]

  init(
    _ objects: [WheelObject], _ graph: LibraryGraph, on yardstick: Yardstick, _ filename: WheelFilename,
    as variant: Variant? = nil, _ budget: inout WorkBudget
  ) throws(OverBudget) {
    self.objects = objects
    self.graph = graph
    platform = yardstick.platform
    muslSymbols = yardstick.muslSymbols
    glibcExports = yardstick.glibcExports
    self.filename = filename
    self.variant = variant
    var names = BundledNames(objects, graph, on: platform)
    staticStorage = try StaticStorage(objects, &names, &budget)
    self.names = names
  }

  /// The symbols that an object needs without a version, but for those of the interpreter.
  mutating func othersSymbols(of object: Int) -> SymbolNames {
    if let lastOthers, lastOthers.object == object { return lastOthers.symbols }
    let symbols = objects[object].file.undefinedSymbols.beginning(withNoneOf: PythonABI.beginnings)
    lastOthers = (object, symbols)
    return symbols
  }

  /// Those of some symbols that some profile withholds.
  ///
  /// A handful of names among hundreds of thousands: no text is made of the others.
  mutating func restricted(among symbols: SymbolNames) -> SymbolNames {
    let restricted = restricted
    return symbols.filtered(names.seed) { restricted.contains($0) }
  }

  mutating func requirements(_ budget: inout WorkBudget) throws(OverBudget) -> [Requirement] {
    var found = RequirementList()
    for index in objects.indices {
      let path = objects[index].path
      found.add(libraries(of: index), of: path)
      found.add(try symbolVersions(of: index, &budget), of: path)
      found.add(try glibcSymbols(of: index, &budget), of: path)
      found.add(try restrictedSymbols(of: index, &budget), of: path)
      found.add(try muslSymbols(of: index, &budget), of: path)
      if let undefined = try undefinedSymbols(of: index, &budget) { undefinedSymbols.append(undefined) }
      found.add(instructionSets(of: index), of: path)
      found.add(pythonABI(of: index), of: path)
      found.add(relativeRelocations(of: index), of: path)
      found.add(executableStack(of: index), of: path)
      found.add(try loading(of: index, &budget), of: path)
      found.add(interpreter(of: index), of: path)
    }
    return found.sorted
  }
}
