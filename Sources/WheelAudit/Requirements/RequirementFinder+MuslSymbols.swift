import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  func muslSymbols(of object: Int) -> [Requirement] {
    guard let muslSymbols else { return [] }
    let file = objects[object].file
    let bundled = definitions(reachedFrom: object).union(file.definedSymbols)
    var byRelease: [LibcVersion: [String]] = [:]
    var onlyGlibc: [String] = []
    for symbol in file.undefinedSymbols where !symbol.isWeak && !bundled.contains(symbol.name) {
      switch muslSymbols.origin(of: symbol.name) {
      case .musl(let release): byRelease[release, default: []].append(symbol.name)
      case .onlyGlibc: onlyGlibc.append(symbol.name)
      case nil: break
      }
    }
    let library = "libc.so"
    var requirements = byRelease.map { release, symbols in
      Requirement(
        .symbol, library: library, version: release.description, floor: muslSymbols.floor(since: release),
        demands: demand(object, symbols))
    }
    if !onlyGlibc.isEmpty {
      requirements.append(
        Requirement(
          .symbol, library: library, floor: .noProfile, reason: "glibc has it, and no release of musl",
          demands: demand(object, onlyGlibc)))
    }
    return requirements
  }
}
