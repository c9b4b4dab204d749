import BuildProfiles
import ELFReading
import WheelTags

/// Who in a wheel carries or defines a name: made once for all objects, and asked for each.
struct BundledNames {
  private let objects: [WheelObject]
  private let graph: LibraryGraph
  /// Whether it is glibc's loader that looks for symbols.
  private let isForGlibc: Bool
  /// What the definitions of all objects are hashed with.
  let seed: NameSeed
  /// The objects that carry a name as file name or soname.
  private let carriers: [String: [Int]]
  /// What the object that was asked about last comes with.
  private var last: (object: Int, reached: Set<Int>)?

  init(_ objects: [WheelObject], _ graph: LibraryGraph, on platform: Platform) {
    self.objects = objects
    self.graph = graph
    isForGlibc = platform.libc == .glibc
    seed = objects.first?.file.definitions.seed ?? .ofProcess
    var carriers: [String: [Int]] = [:]
    for (index, object) in objects.enumerated() {
      carriers[object.place.name, default: []].append(index)
      if let soname = object.file.soname, soname != object.place.name { carriers[soname, default: []].append(index) }
    }
    self.carriers = carriers
  }

  /// Whether something in the wheel loads, or is, a library of which versions are needed: glibc looks for it among all
  /// that is loaded, and gives up the process where it finds none (`_dl_check_map_versions`).
  func isAnswered(_ library: String, on platform: Platform) -> Bool {
    if platform.libc == .musl || graph.isRequested(library) || carriers[library] != nil { return true }
    let name = library.lastComponent
    return platform.isLoader(name) || graph.isRequested(name) || carriers[name] != nil
  }

  /// True when a library of this name comes with an object.
  mutating func isCarried(
    _ library: String, with object: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) -> Bool {
    try comes(carriers[library] ?? [], with: object, &budget)
  }

  /// True when an object, or one that comes with it, defines a symbol.
  mutating func isDefined(
    _ symbol: String, with object: Int, orItself: Bool, _ budget: inout WorkBudget
  ) throws(OverBudget) -> Bool {
    let key = DefinedSymbols.Key(symbol, seed)
    if orItself, defines(object, key) { return true }
    let reached = try reached(from: object, &budget)
    try budget.draw(steps: reached.count)
    return reached.contains { defines($0, key) }
  }

  /// Those of some symbols that neither an object nor one that comes with it defines: at a version, or without one.
  mutating func undefined(
    among symbols: SymbolNames, version: String? = nil, with object: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) -> SymbolNames {
    guard !symbols.isEmpty else { return symbols }
    let version = version.map { DefinedSymbols.Key($0, seed) }
    // What defines one symbol is likely to define the next, so it is asked first.
    let reached = try reached(from: object, &budget).sorted()
    var order = ([object] + reached).map { objects[$0].file.definitions }.filter { !$0.isEmpty }
    let isForGlibc = isForGlibc
    var questions = 0
    return try symbols.filtered(seed) { (symbol) throws(OverBudget) in
      let position = order.firstIndex { definitions in
        if let version { return definitions.contains(symbol, version: version) }
        return definitions.contains(symbol, forGlibc: isForGlibc)
      }
      questions += 1 + (position ?? order.count)
      if questions >= Self.questionsForStep {
        try budget.draw(steps: questions / Self.questionsForStep)
        questions %= Self.questionsForStep
      }
      if let position { order.swapAt(0, position) }
      return position == nil
    }
  }

  /// How many definitions can be asked for at the cost of one step.
  private static let questionsForStep = 4

  private func defines(_ object: Int, _ symbol: DefinedSymbols.Key) -> Bool {
    objects[object].file.definitions.contains(symbol, forGlibc: isForGlibc)
  }

  /// True when a library that comes with an object defines a symbol at a version, or without one.
  mutating func isDefined(
    _ symbol: String, version: String, with object: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) -> Bool {
    let reached = try reached(from: object, &budget)
    try budget.draw(steps: reached.count)
    return reached.contains { objects[$0].file.definitions.contains(symbol, version: version) }
  }

  /// Which of an object and those that come with it defines a symbol; the object itself before the others, and of these
  /// the first.
  mutating func owner(
    of symbol: String, with object: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) -> Int? {
    if objects[object].file.definitions.contains(symbol) { return object }
    let reached = try reached(from: object, &budget)
    try budget.draw(steps: reached.count)
    return reached.filter { objects[$0].file.definitions.contains(symbol) }.min()
  }

  /// True when a library that comes with an object, and has the name that versions are needed of, defines the version,
  /// or no versions at all.
  mutating func isVersionDefined(
    _ need: VersionNeed, with object: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) -> Bool {
    let reached = try reached(from: object, &budget)
    for carrier in carriers[need.library] ?? [] where reached.contains(carrier) {
      let versions = objects[carrier].file.versionDefinitions
      try budget.draw(steps: 1 + versions.count / 8)
      if versions.isEmpty || versions.contains(need.version) { return true }
    }
    return false
  }

  private mutating func comes(
    _ candidates: [Int], with object: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) -> Bool {
    guard !candidates.isEmpty else { return false }
    try budget.draw(steps: candidates.count)
    let reached = try reached(from: object, &budget)
    return candidates.contains(where: reached.contains)
  }

  /// The objects that come with an object.
  mutating func reached(from object: Int, _ budget: inout WorkBudget) throws(OverBudget) -> Set<Int> {
    if let last, last.object == object { return last.reached }
    let reached = try graph.reached(from: object, &budget)
    last = (object, reached)
    return reached
  }
}
