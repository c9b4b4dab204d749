import BuildProfiles
import ELFReading

extension RequirementFinder {
  func relativeRelocations(of object: Int) -> [Requirement] {
    guard objects[object].file.hasRelativeRelocations else { return [] }
    return [
      Requirement(
        .relativeRelocations, floor: platform.relativeRelocationFloor,
        reason: "older loaders do not know packed relative relocations", demands: demand(object))
    ]
  }
}
