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
  let filename: WheelFilename

  func requirements() -> [Requirement] {
    var found = RequirementList()
    for index in objects.indices {
      libraries(of: index).forEach { found.add($0) }
      symbolVersions(of: index).forEach { found.add($0) }
      restrictedSymbols(of: index).forEach { found.add($0) }
      muslSymbols(of: index).forEach { found.add($0) }
      instructionSets(of: index).forEach { found.add($0) }
      pythonABI(of: index).forEach { found.add($0) }
      relativeRelocations(of: index).forEach { found.add($0) }
    }
    return found.sorted
  }

  func demand(_ object: Int, _ symbols: [String] = []) -> [Requirement.Demand] {
    [Requirement.Demand(object: objects[object].path, symbols: symbols)]
  }

  /// The names defined by the objects of the wheel that come with an object.
  func definitions(reachedFrom object: Int) -> Set<String> {
    Set(graph.reached(from: object).flatMap { objects[$0].file.definedSymbols })
  }
}

extension RequirementFinder {
  /// The symbols that some rule asks about.
  static func interest(on platform: Platform, muslSymbols: MuslSymbolTable?) -> SymbolInterest {
    let names = (platform.restrictedSymbols + PythonABI.floatingPointControl).map { $0[...] }
    return SymbolInterest(
      names: [names] + (muslSymbols?.symbols ?? []),
      prefixes: PythonModule.initializers.map(\.prefix) + [PythonABI.narrowUnicode])
  }
}
