import BuildProfiles
import ELFReading

extension RequirementFinder {
  mutating func restrictedSymbols(
    of object: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) -> [FoundRequirement] {
    let libraries = Set(graph.edges[object].filter { $0.resolution == .platform }.map(\.library))
    var requirements: [FoundRequirement] = []
    guard libraries.contains(where: platform.restricts) else { return [] }
    let file = objects[object].file
    let versioned = file.versionNeeds.filter { libraries.contains($0.library) && platform.restricts($0.library) }
      .map(\.symbols)
    let own = othersSymbols(of: object)
    let candidates = ([own] + versioned).map { restricted(among: $0) }
    for symbol in candidates.joined() {
      for (library, floor) in platform.restrictions(of: symbol) {
        guard libraries.contains(library), try !names.isDefined(symbol, with: object, orItself: false, &budget) else {
          continue
        }
        requirements.append(
          FoundRequirement(
            .restrictedSymbol, library: library, floor: floor,
            reason: "\(floor == .noProfile ? "all profiles" : "profiles with an older libc") "
              + "withhold the symbol though they have the library",
            symbols: [symbol]))
      }
    }
    return requirements
  }
}
