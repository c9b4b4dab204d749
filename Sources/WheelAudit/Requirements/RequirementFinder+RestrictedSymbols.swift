import BuildProfiles
import ELFReading

extension RequirementFinder {
  mutating func restrictedSymbols(
    of object: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) -> [FoundRequirement] {
    let libraries = Set(graph.edges[object].filter { $0.resolution == .platform }.map(\.library))
    var requirements: [FoundRequirement] = []
    for symbol in objects[object].file.undefinedSymbols where !symbol.isWeak {
      for (library, floor) in platform.restrictions(of: symbol.name) {
        guard libraries.contains(library),
          try !names.isDefined(symbol.name, with: object, orItself: false, &budget)
        else { continue }
        requirements.append(
          FoundRequirement(
            .restrictedSymbol, library: library, floor: floor,
            reason: "\(floor == .noProfile ? "all profiles" : "profiles with an older libc") "
              + "withhold the symbol though they have the library",
            symbols: [symbol.name]))
      }
    }
    return requirements
  }
}
