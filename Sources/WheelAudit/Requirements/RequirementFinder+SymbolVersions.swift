import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  mutating func symbolVersions(
    of object: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) -> [FoundRequirement] {
    let needs = objects[object].file.versionNeeds
    guard !needs.isEmpty else { return [] }
    var found: [FoundRequirement] = []
    var platforms: [String: Bool] = [:]
    for edge in graph.edges[object] where platforms[edge.library] == nil {
      platforms[edge.library] = edge.resolution == .platform
    }
    for need in needs {
      guard let floor = platform.versionFloor(need.version) else { continue }
      // The linker may record versions of a library that only another object needs.
      let isPlatforms =
        if let known = platforms[need.library] { known } else { try isPlatforms(need.library, object, &budget) }
      platforms[need.library] = isPlatforms
      if graph.isOnlyStarted(object), !names.isAnswered(need.library, on: platform) {
        found.append(
          FoundRequirement(
            .loading, version: LoadingDemand.unansweredVersions.rawValue, floor: .noProfile,
            reason:
              "the loader ends the process where nothing loads \(need.library), of which \(need.version) is needed"))
        continue
      }
      guard isPlatforms else {
        found += try versionsBehind(need, floor, object, &budget)
        continue
      }
      if need.isMisnamed, !need.isWeak {
        found.append(
          FoundRequirement(
            .symbolVersion, library: need.library, version: need.version, floor: .noProfile,
            reason: "its hash is not that of its name, by which the loader looks for it", symbols: need.allSymbols))
        continue
      }
      // The check of versions passes over a weak one; its symbols are still looked up.
      if need.isWeak, need.symbols.isEmpty { continue }
      let defined = need.isWeak ? nil : definedFloor(of: need)
      let own = defined.flatMap { $0.isAbove(need.version) ? $0 : nil } ?? floor
      found.append(
        FoundRequirement(
          .symbolVersion, library: need.library, version: need.version, floor: own,
          reason: floor != own
            ? "it is no version of this library in older releases, or in any"
            : own == .noProfile ? reason(for: need.version) : nil,
          symbols: need.isWeak ? need.symbols : need.allSymbols))
    }
    return found
  }

  /// What an object asks of a library of the wheel that does not define it: the loader goes on to the next library, and at
  /// the end to the platform's (`do_lookup_x` in glibc's `elf/dl-lookup.c`).
  ///
  /// Where no other library can have it the object is refused: "undefined symbol: NAME, version VERSION". Otherwise
  /// versions of namespaces that no profile has are the wheel's own affair.
  private mutating func versionsBehind(
    _ need: VersionNeed, _ floor: Floor, _ object: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) -> [FoundRequirement] {
    let isKnown = try isKnown(object, &budget)
    guard floor != .noProfile || isKnown, try names.isCarried(need.library, with: object, &budget) else { return [] }
    let missing = try names.undefined(among: need.symbols, version: need.version, with: object, &budget)
    guard !missing.isEmpty else { return [] }
    // What lacks the version as a whole is told of as that.
    let isChecked = isKnown ? try names.isVersionDefined(need, with: object, &budget) : false
    let nowhere = isChecked ? try missingEverywhere(missing, need.version, object, &budget) : SymbolNames()
    var found: [FoundRequirement] = []
    if !nowhere.isEmpty {
      found.append(
        FoundRequirement(
          .symbolVersion, library: need.library, version: need.version, floor: .noProfile,
          reason: "the wheel's own \(need.library) does not define the symbol, and nothing else that is loaded does",
          symbols: nowhere))
    }
    let known = Set(nowhere)
    let behind = floor == .noProfile ? [] : missing.indices.filter { !known.contains(missing[$0]) }
    if !behind.isEmpty {
      found.append(
        FoundRequirement(
          .symbolVersion, library: need.library, version: need.version, floor: floor,
          reason: "the wheel's own \(need.library) does not define the symbol, so that the loader takes the system's",
          symbols: missing.names(at: behind)))
    }
    return found
  }

  /// Those of some symbols that nothing defines at a version which can be loaded with an object of which all is known.
  private mutating func missingEverywhere(
    _ symbols: SymbolNames, _ version: String, _ object: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) -> SymbolNames {
    let libraries = try platformLibraries(with: object, &budget)
    try budget.draw(steps: symbols.count * Self.lookUpSteps)
    var missing = symbols.names(at: symbols.indices.filter { !mayBeVersioned(symbols[$0], version, libraries) })
    for root in missing.isEmpty ? [] : try graph.users(of: object, &budget) where isRoot(root) {
      guard try isKnown(root, &budget) else { return SymbolNames() }
      let libraries = try platformLibraries(with: root, &budget)
      missing = try names.undefined(among: missing, version: version, with: root, &budget)
      missing = missing.names(at: missing.indices.filter { !mayBeVersioned(missing[$0], version, libraries) })
    }
    return missing
  }

  /// Whether some library of the platform may have a symbol at a version.
  private func mayBeVersioned(_ symbol: String, _ version: String, _ libraries: Set<String>) -> Bool {
    version.hasPrefix("GLIBC_")
      || libraries.contains { platform.knowsExports(of: $0) && platform.mayExport($0, symbol) }
  }

  /// True when a library that an object does not need itself is the platform's and not the wheel's.
  ///
  /// The loader knows libraries by their paths too (`_dl_name_match_p`).
  private mutating func isPlatforms(
    _ library: String, _ object: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) -> Bool {
    let name = library.lastComponent
    guard platform.libraryFloor(name) != nil || platform.isLoader(name) else { return false }
    return try !names.isCarried(library, with: object, &budget)
  }

  /// Since when the library that a version is asked of defines it; nil where that is not known.
  private func definedFloor(of need: VersionNeed) -> Floor? {
    // Its own libraries have versions of its own but for one of GCC's, and those that mark an ABI have no symbols.
    if let glibcExports, glibcExports.has(need.library) {
      if !need.version.hasPrefix("GLIBC_"),
        !platform.knowsExports(of: need.library) || !platform.mayExport(need.library, need.version)
      {
        return .noProfile
      }
      if need.version.hasPrefix("GLIBC_ABI_"), !need.symbols.isEmpty { return .noProfile }
    }
    if hasTables, glibcExports?.has(need.library) == false, platform.knowsExports(of: need.library),
      !platform.mayExport(need.library, need.version)
    {
      return .noProfile
    }
    return glibcExports?.floor(ofVersion: need.version, definedBy: need.library)
  }

  private func reason(for version: String) -> String {
    if version == "GLIBC_PRIVATE" { return "it is private to one build of glibc and no profile promises it" }
    if version.hasPrefix("GLIBC_"), let own = LibcVersion(version.dropFirst("GLIBC_".count)),
      let newest = platform.profiles.last, own > newest.version
    {
      return "it is newer than every profile known (up to \(newest.version))"
    }
    return "no profile lists it for \(platform.architecture)"
  }
}

extension Floor {
  /// True for a release that is newer than the one which a version of glibc's symbols is named for; what is as old says
  /// nothing that the profiles do not, and they know what distributions added (`GLIBC_2.18` of aarch64's glibc 2.17).
  func isAbove(_ version: String) -> Bool {
    LibcVersion(version.dropFirst("GLIBC_".count)).map { self > .libc($0) } ?? (self == .noProfile)
  }
}
