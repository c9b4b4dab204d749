import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  mutating func muslSymbols(of object: Int, _ budget: inout WorkBudget) throws(OverBudget) -> [FoundRequirement] {
    guard let muslSymbols else { return [] }
    let file = objects[object].file
    var byRelease: [LibcVersion: [String]] = [:]
    var onlyGlibc: [String] = []
    // musl compares no versions.
    let own = othersSymbols(of: object)
    for symbol in ([own] + file.versionNeeds.map(\.symbols)).joined() {
      guard let origin = muslSymbols.origin(of: symbol),
        try !names.isDefined(symbol, with: object, orItself: true, &budget)
      else { continue }
      switch origin {
      case .musl(let release): byRelease[release, default: []].append(symbol)
      case .onlyGlibc: onlyGlibc.append(symbol)
      }
    }
    let library = "libc.so"
    if objects[object].isProgram, !byRelease.isEmpty, try !loadsLibc(object, &budget) {
      return [
        FoundRequirement(
          .symbol, library: library, floor: .noProfile,
          reason: "nothing that the program loads needs libc, and musl looks for no symbol in what is not needed",
          symbols: byRelease.values.flatMap { $0 } + onlyGlibc)
      ]
    }
    var requirements = byRelease.map { release, symbols in
      FoundRequirement(
        .symbol, library: library, version: release.description, floor: muslSymbols.floor(since: release),
        symbols: symbols)
    }
    if !onlyGlibc.isEmpty {
      requirements.append(
        FoundRequirement(
          .symbol, library: library, floor: .noProfile, reason: "glibc has it, and no release of musl",
          symbols: onlyGlibc))
    }
    return requirements
  }

  /// Whether something that a process loads with an object needs musl itself, by any of its names.
  private mutating func loadsLibc(_ object: Int, _ budget: inout WorkBudget) throws(OverBudget) -> Bool {
    let search = MuslSearch(platform)
    return try platformLibraries(with: object, &budget).contains { !search.usesWithOwn($0).isEmpty }
  }
}
