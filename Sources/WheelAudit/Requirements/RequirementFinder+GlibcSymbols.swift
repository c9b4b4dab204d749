import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  /// Symbols of glibc that are looked up in vain, or found only since a release, though the versions that the object
  /// needs say nothing of it: they are asked for without a version, or of a library that never had them.
  ///
  /// Only programs have to bring the library that does: into the process of an extension module the interpreter has
  /// brought some (``GlibcSearch/interpreters``).
  mutating func glibcSymbols(of object: Int, _ budget: inout WorkBudget) throws(OverBudget) -> [FoundRequirement] {
    guard platform.libc == .glibc, let glibcExports else { return [] }
    let file = objects[object].file
    let own = try platformLibraries(with: object, &budget)
    let isStarted = graph.isOnlyStarted(object)
    let libraries = isStarted ? own : own.union(GlibcSearch.interpreters)
    // What every system has is asked for by needing libc at all.
    let oldest = platform.profiles.first.map { Floor.libc($0.version) }
    var byFloor: [Floor: [String]] = [:]
    // What C++ makes of names begins with _Z, and glibc is not written in it.
    for symbol in unknown(among: othersSymbols(of: object).beginning(withNoneOf: ["_Z"])) {
      try budget.draw(steps: Self.lookUpSteps)
      guard let known = glibcExports.floor(ofUnversioned: symbol, loading: libraries) else {
        if othersNames.count < Self.remembered { othersNames.insert(DefinedSymbols.Key(symbol, names.seed)) }
        continue
      }
      // A program that needs nothing of glibc's has not even libc.
      let floor = libraries.isEmpty ? .noProfile : known
      guard oldest.map({ floor > $0 }) ?? true,
        try !names.isDefined(symbol, with: object, orItself: true, &budget)
      else { continue }
      byFloor[floor, default: []].append(symbol)
    }
    var found = byFloor.map { floor, symbols in
      FoundRequirement(
        .unversionedSymbol, library: Self.library, floor: floor,
        reason: floor == .noProfile ? "no library that the process loads has it" : "it is needed without a version",
        symbols: symbols)
    }
    for need in file.versionNeeds
    where need.version.hasPrefix("GLIBC_") && platform.libraryFloor(need.library) != nil {
      try budget.draw(steps: Self.lookUpSteps * need.symbols.count)
      for symbol in need.symbols {
        let origin = origin(of: symbol, at: need.version, isStarted: isStarted, glibcExports)
        guard origin != .usual else { continue }
        let owners = origin == .listed ? libraries : mayHave(symbol, among: libraries, glibcExports)
        guard let floor = glibcExports.floor(of: symbol, at: need.version, loading: owners),
          floor.isAbove(need.version),
          try !names.isDefined(symbol, version: need.version, with: object, &budget)
        else { continue }
        found.append(
          FoundRequirement(
            .symbolVersion, library: need.library, version: need.version, floor: floor,
            reason: "the library never had the symbol at this version, and no other that the process loads does",
            symbols: [symbol]))
      }
    }
    return found
  }

  /// Those of some symbols that may be glibc's, as far as is known by now.
  private func unknown(among symbols: SymbolNames) -> SymbolNames {
    symbols.filtered(names.seed) { !othersNames.contains($0) }
  }

  /// The libraries without those of which it is known that they do not have a symbol that is none of glibc's.
  private func mayHave(_ symbol: String, among libraries: Set<String>, _ exports: GlibcExports) -> Set<String> {
    libraries.filter { exports.has($0) || !platform.knowsExports(of: $0) || platform.mayExport($0, symbol) }
  }

  /// Where a symbol at a version of glibc's comes from.
  enum Origin {
    /// What every such process has loaded has had it since the release that the version is named for; or it is a name that
    /// glibc's lists leave out, though its libraries have it.
    case usual
    /// Its lists have the name.
    case listed
    /// Nothing is known of it.
    case unlisted
  }

  private mutating func origin(
    of symbol: String, at version: String, isStarted: Bool, _ exports: GlibcExports
  ) -> Origin {
    // One object asks for a symbol once.
    let name = objects.count > 1 ? VersionedName(symbol: symbol, version: version, isStarted: isStarted) : nil
    if let name, let known = origins[name] { return known }
    let floor = exports.floor(of: symbol, at: version, loading: isStarted ? [] : GlibcSearch.interpreters)
    let origin: Origin =
      if let floor, !floor.isAbove(version) {
        .usual
      } else if exports.knows(symbol) {
        .listed
      } else {
        platform.mayExport(Self.library, symbol) ? .usual : .unlisted
      }
    if let name, origins.count < Self.remembered { origins[name] = origin }
    return origin
  }

  struct VersionedName: Hashable {
    let symbol: String
    let version: String
    let isStarted: Bool
  }

  /// How many names to remember.
  private static let remembered = 10_000
  /// What it costs to find a name among all that glibc has.
  static let lookUpSteps = 8
  private static let library = "libc.so.6"

  /// The platform's libraries that come with an object.
  mutating func platformLibraries(
    with object: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) -> Set<String> {
    var libraries: Set<String> = []
    for index in try names.reached(from: object, &budget).union([object]) {
      for edge in graph.edges[index] where edge.resolution == .platform { libraries.insert(edge.library) }
    }
    return libraries
  }
}
