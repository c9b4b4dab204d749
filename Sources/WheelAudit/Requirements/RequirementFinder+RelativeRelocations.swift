import BuildProfiles
import ELFReading

extension RequirementFinder {
  func relativeRelocations(of object: Int) -> [FoundRequirement] {
    guard objects[object].file.hasRelativeRelocations else { return [] }
    return [
      FoundRequirement(
        .relativeRelocations, floor: platform.relativeRelocationFloor,
        reason: "older loaders do not know packed relative relocations")
    ]
  }
}
