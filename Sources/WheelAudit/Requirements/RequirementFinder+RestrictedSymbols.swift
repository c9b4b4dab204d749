import BuildProfiles
import ELFReading

extension RequirementFinder {
  func restrictedSymbols(of object: Int) -> [Requirement] {
    let file = objects[object].file
    var requirements: [Requirement] = []
    var definitions: Set<String>?
    for edge in graph.edges[object] where edge.resolution == .platform {
      for symbol in file.undefinedSymbols where !symbol.isWeak {
        guard let floor = platform.restrictedFloor(library: edge.library, symbol: symbol.name) else { continue }
        let bundled = definitions ?? self.definitions(reachedFrom: object)
        definitions = bundled
        guard !bundled.contains(symbol.name) else { continue }
        requirements.append(
          Requirement(
            .restrictedSymbol, library: edge.library, floor: floor,
            reason: "\(floor == .noProfile ? "all profiles" : "profiles with an older libc") "
              + "withhold the symbol though they have the library",
            demands: demand(object, [symbol.name])))
      }
    }
    return requirements
  }
}
