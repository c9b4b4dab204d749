import BuildProfiles
import ELFReading
import WheelArchive
import WheelTags

extension RequirementFinder {
  func libraries(of object: Int) -> [FoundRequirement] {
    graph.edges[object].compactMap { edge in
      switch edge.resolution {
      case .platform where isWithheld(edge, from: objects[object]):
        return FoundRequirement(
          .unreachableLibrary, library: edge.library, floor: .noProfile,
          reason: "it is marked so that the system's folders are not searched for what it needs (DF_1_NODEFLIB)")
      case .platform:
        guard let floor = platform.libraryFloor(edge.library) else { return nil }
        return FoundRequirement(.library, library: edge.library, floor: floor)
      case .external where PythonABI.isLibpython(edge.library), .mismatched where PythonABI.isLibpython(edge.library):
        return FoundRequirement(
          .pythonABI, library: edge.library, floor: .noProfile,
          reason: "extension modules must not need libpython: a Python may be built without it (PEP 513)")
      case .external:
        return FoundRequirement(
          .library, library: edge.library, floor: .noProfile, reason: Requirement.reasonOfAbsence)
      case .mismatched:
        return FoundRequirement(
          .library, library: edge.library, floor: .noProfile,
          reason: "the wheel's own is for another architecture, and no profile has it")
      case .notLoadable(let obstacle):
        return FoundRequirement(
          .library, library: edge.library, floor: .noProfile,
          reason: "the loader stops at the wheel's own \(obstacle.path), which is \(obstacle.kind)")
      case .unreachable(let target):
        guard let reason = reasonOutOfReach(edge, objects[object], objects[target]) else { return nil }
        return FoundRequirement(.unreachableLibrary, library: edge.library, floor: .noProfile, reason: reason)
      case .bundled, .excluded: return nil
      }
    }
  }

  /// True for a library of the system that the loader does not look for, though it lies there: what the process has
  /// loaded before is found all the same (`_dl_map_object` in glibc's `elf/dl-load.c`).
  private func isWithheld(_ edge: LibraryGraph.Edge, from object: WheelObject) -> Bool {
    guard platform.libc == .glibc, object.file.forbidsSystemFolders, !platform.isLoader(edge.library) else {
      return false
    }
    return edge.uses.contains(.started) || !GlibcSearch.interpreters.contains(edge.library)
  }

  /// Why no other load is sure to bring a library of the wheel into reach; nil where one may.
  private func reasonOutOfReach(
    _ edge: LibraryGraph.Edge, _ object: WheelObject, _ target: WheelObject
  ) -> String? {
    if edge.uses.contains(.started) {
      return "nothing is loaded before a program, and its loader does not look where the wheel has the library"
    }
    if let path = object.file.runpath ?? object.file.rpath, DynamicToken.isReplacedBySystem(in: path) {
      return platform.libc == .musl
        ? "musl gives up a run path with a $LIB or $PLATFORM"
        : "the run path has a $LIB or $PLATFORM, for which each system has a word of its own"
    }
    let (name, library) = (target.place.name, edge.library)
    if name != library, name.utf8.elementsEqual(CodePage437.utf8(ArraySlice(library.utf8))) {
      return "installers call the file \(name), since the archive does not say that its names are UTF-8"
    }
    return nil
  }
}
