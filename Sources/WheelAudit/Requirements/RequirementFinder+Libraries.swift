import BuildProfiles

extension RequirementFinder {
  func libraries(of object: Int) -> [Requirement] {
    graph.edges[object].compactMap { edge in
      switch edge.resolution {
      case .platform:
        guard let floor = platform.libraryFloor(edge.library) else { return nil }
        return Requirement(.library, library: edge.library, floor: floor, demands: demand(object))
      case .external where PythonABI.isLibpython(edge.library), .mismatched where PythonABI.isLibpython(edge.library):
        return Requirement(
          .pythonABI, library: edge.library, floor: .noProfile,
          reason: "extension modules must not need libpython: a Python may be built without it (PEP 513)",
          demands: demand(object))
      case .external, .mismatched:
        return Requirement(
          .library, library: edge.library, floor: .noProfile, reason: "no profile has this library",
          demands: demand(object))
      case .bundled, .unreachable, .excluded: return nil
      }
    }
  }
}
