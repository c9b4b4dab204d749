import BuildProfiles

extension RequirementFinder {
  func libraries(of object: Int) -> [FoundRequirement] {
    graph.edges[object].compactMap { edge in
      switch edge.resolution {
      case .platform:
        guard let floor = platform.libraryFloor(edge.library) else { return nil }
        return FoundRequirement(.library, library: edge.library, floor: floor)
      case .external where PythonABI.isLibpython(edge.library), .mismatched where PythonABI.isLibpython(edge.library):
        return FoundRequirement(
          .pythonABI, library: edge.library, floor: .noProfile,
          reason: "extension modules must not need libpython: a Python may be built without it (PEP 513)")
      case .external, .mismatched:
        return FoundRequirement(
          .library, library: edge.library, floor: .noProfile, reason: "no profile has this library")
      case .notLoadable(let obstacle):
        return FoundRequirement(
          .library, library: edge.library, floor: .noProfile,
          reason: "the loader stops at the wheel's own \(obstacle.path), which is \(obstacle.kind)")
      case .unreachable where edge.uses.contains(.started):
        return FoundRequirement(
          .unreachableLibrary, library: edge.library, floor: .noProfile,
          reason: "nothing is loaded before a program, and its loader does not look where the wheel has the library")
      case .bundled, .unreachable, .excluded: return nil
      }
    }
  }
}
