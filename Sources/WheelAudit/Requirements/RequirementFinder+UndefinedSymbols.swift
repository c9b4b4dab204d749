import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  /// Symbols without a version that nothing has which is loaded with an object, nor the interpreter.
  ///
  /// The loader looks into what was loaded at the start, and into all that the root of the object's closure brings along
  /// (`_dl_lookup_symbol_x` in glibc's `elf/dl-lookup.c`; `find_sym` in musl's `ldso/dynlink.c`). Nothing is said where
  /// some library of the closure is not known.
  ///
  /// - Returns: nil where there is none.
  mutating func undefinedSymbols(
    of object: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) -> UndefinedSymbols? {
    let file = objects[object].file
    guard hasTables, !file.undefinedSymbols.isEmpty || platform.libc == .musl, try isKnown(object, &budget) else {
      return nil
    }
    var missing = othersSymbols(of: object)
    if platform.libc == .musl {
      for need in file.versionNeeds { missing.append(contentsOf: need.symbols) }
    }
    missing = try names.undefined(among: missing, with: object, &budget)
    guard !missing.isEmpty else { return nil }
    let libraries = try platformLibraries(with: object, &budget)
    try budget.draw(steps: missing.count * Self.lookUpSteps)
    missing = missing.names(at: missing.indices.filter { !isOfPlatform(missing[$0], libraries) })
    // What loads the object has it find what else that brings along.
    for root in missing.isEmpty ? [] : try graph.users(of: object, &budget) where isRoot(root) {
      guard try isKnown(root, &budget) else { return nil }
      missing = try names.undefined(among: missing, with: root, &budget)
      let libraries = try platformLibraries(with: root, &budget)
      missing = missing.names(at: missing.indices.filter { !isOfPlatform(missing[$0], libraries) })
    }
    guard let first = missing.first else { return nil }
    try budget.draw(steps: objects.count)
    let key = DefinedSymbols.Key(first, names.seed)
    return UndefinedSymbols(
      object: object, names: missing, definer: objects.firstIndex { $0.file.definitions.contains(key) })
  }

  /// True for what is loaded for itself, not because something needs it.
  func isRoot(_ object: Int) -> Bool {
    objects[object].isModule || objects[object].isProgram || !graph.isNeeded(object)
  }

  /// False where nothing is known of what the libc exports.
  var hasTables: Bool { muslSymbols.map { !$0.isEmpty } ?? glibcExports?.has(Self.glibc) ?? false }

  /// Whether some library that the process has, or loads with an object, may have a symbol.
  private func isOfPlatform(_ symbol: String, _ libraries: Set<String>) -> Bool {
    if muslSymbols?.origin(of: symbol) != nil || glibcExports?.knows(symbol) == true { return true }
    let isOfGlibc = platform.libc == .glibc && platform.mayExport(Self.glibc, symbol)
    return isOfGlibc || libraries.contains { platform.knowsExports(of: $0) && platform.mayExport($0, symbol) }
  }

  /// Whether it is known of all that comes with an object what it defines.
  mutating func isKnown(_ object: Int, _ budget: inout WorkBudget) throws(OverBudget) -> Bool {
    if knownNeeds.isEmpty {
      knownNeeds = graph.edges.map { edges in edges.allSatisfy { isKnown($0) } }
    }
    guard knownNeeds[object] else { return false }
    let reached = try names.reached(from: object, &budget)
    try budget.draw(steps: reached.count)
    return reached.allSatisfy { knownNeeds[$0] }
  }

  private func isKnown(_ edge: LibraryGraph.Edge) -> Bool {
    switch edge.resolution {
    case .bundled, .unreachable: true
    case .external, .mismatched, .notLoadable, .excluded: false
    case .platform:
      platform.knowsExports(of: edge.library)
        || (muslSymbols != nil || glibcExports?.has(edge.library.lastComponent) == true)
    }
  }

  private static let glibc = "libc.so.6"
}
