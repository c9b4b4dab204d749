import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  /// What loaders, or the kernel, refuse of an object for how it is made: each file beside this one says it of a part.
  mutating func loading(of object: Int, _ budget: inout WorkBudget) throws(OverBudget) -> [FoundRequirement] {
    let file = objects[object].file
    let isProgram = objects[object].isProgram
    var found = isProgram ? starting(file) : []
    // A program that is static has no loader.
    guard !(objects[object].isStaticProgram && graph.isOnlyStarted(object)) else { return found }
    let isOpened = !graph.isOnlyStarted(object)
    if isOpened {
      let refused = try threadLocalStorage(of: object, &budget) + (platform.libc == .glibc ? program(file) : [])
      if mayBePreloaded(object) { refusedIfOpened[object] = refused } else { found += refused }
    }
    found += relocationTypes(file) + dynamicSegment(file, isOpened: isOpened)
    found += try symbolTypes(file, &budget)
    if !isOpened, let jumps = lazyRelocations(file) { found.append(jumps) }
    found += [protection(file), room(file), largePages(file), textRelocations(objects[object])].compactMap { $0 }
    if platform.libc == .musl {
      if !isProgram || isOpened { found += muslSegments(file) }
    } else {
      // The kernel maps a program, and looks at less.
      if !isProgram || isOpened { found += identification(file) + segments(file) }
    }
    found += [filters(object), unversionedLibrary(object)].compactMap { $0 }
    if isOpened, let contents = contents(object) { found.append(contents) }
    return found
  }

  /// True for a library that nothing in the wheel loads: what may not be opened may still be meant for a program to start
  /// with (LD_PRELOAD), so that a warning is enough.
  private func mayBePreloaded(_ object: Int) -> Bool { graph.isOpenedAlone(object) && !objects[object].isModule }

  func demand(
    _ demand: LoadingDemand, floor: Floor = .noProfile, ceiling: LibcVersion? = nil, _ reason: String
  ) -> FoundRequirement {
    FoundRequirement(.loading, version: demand.rawValue, floor: floor, ceiling: ceiling, reason: reason)
  }

  /// What is a program is not opened: by its type never, by DF_1_PIE not since 2.30 (`_dl_map_object_from_fd`).
  private func program(_ file: ELFObject) -> [FoundRequirement] {
    if file.forbidsOpening { return [demand(.openingForbidden, "it is marked with DF_1_NOOPEN")] }
    if file.identity.type == .executable { return [demand(.program, "glibc opens no executable as a library")] }
    guard file.isPositionIndependentExecutable else { return [] }
    return [
      demand(
        .program, floor: platform.lowestFloor, ceiling: LibcVersion(2, 30),
        "it is marked as a position-independent executable (DF_1_PIE)")
    ]
  }

  /// What a filter filters comes before it in the list of what is loaded, and until 2.32 the loader took it for a fault that
  /// what it opens is not the first (BZ 16272, `_dl_map_object_deps` in glibc's `elf/dl-deps.c`).
  private func filters(_ object: Int) -> FoundRequirement? {
    let file = objects[object].file
    guard platform.libc == .glibc, objects[object].isModule || graph.isOpenedAlone(object) else { return nil }
    // What may be missing, and is, changes nothing.
    let found = file.auxiliaries.filter { name in
      name.isEmpty || platform.isLoader(name) || platform.libraryFloor(name) != nil
        || graph.edges[object].contains { $0.library == name }
    }
    let names = file.filters + found
    guard !names.isEmpty else { return nil }
    return demand(
      .filters, floor: .libc(LibcVersion(2, 32)), "older releases end the process where they open what filters another")
  }

  /// A library of the wheel without versions that has a symbol of which one is asked (`check_match` in glibc's
  /// `elf/dl-lookup.c`, with an assertion until 2.41).
  private func unversionedLibrary(_ object: Int) -> FoundRequirement? {
    let needs = objects[object].file.versionNeeds
    guard platform.libc == .glibc, !needs.isEmpty else { return nil }
    let bundled = graph.edges[object].compactMap { edge in
      if case .bundled(let target) = edge.resolution { (edge.library, target) } else { nil }
    }
    let targets = Dictionary(bundled) { first, _ in first }
    for need in needs {
      guard let target = targets[need.library] else { continue }
      let library = objects[target].file
      guard library.isDynamic, !library.hasSymbolVersions,
        let symbol = need.symbols.first, library.definitions.contains(symbol)
      else { continue }
      return demand(
        .unversionedLibrary, floor: .libc(LibcVersion(2, 41)),
        "older releases end the process where \(need.version) of \(need.library) is needed, which has no versions")
    }
    return nil
  }

  /// What has nothing to load (`_dl_map_object_from_fd` in glibc's `elf/dl-load.c`, `map_library` in musl's
  /// `ldso/dynlink.c`); nil also for a file that nothing asks for, which may be meant for something else.
  private func contents(_ object: Int) -> FoundRequirement? {
    let file = objects[object].file
    guard file.layout.count == 0 || !file.isDynamic, file.identity.type == .sharedObject,
      graph.isImported(object) || graph.isNeeded(object)
    else { return nil }
    return demand(
      .contents,
      file.layout.count == 0 ? "it has no loadable segments (PT_LOAD)" : "it has no dynamic segment (PT_DYNAMIC)")
  }
}
