import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  func instructionSets(of object: Int) -> [FoundRequirement] {
    let needed = objects[object].file.neededInstructionSets
    let level: String
    switch needed {
    case _ where needed.contains(.v4): level = "x86-64-v4"
    case _ where needed.contains(.v3): level = "x86-64-v3"
    case _ where needed.contains(.v2): level = "x86-64-v2"
    case _ where !needed.subtracting(.baseline).isEmpty: level = "unknown x86-64 instruction sets"
    default: return []
    }
    return [
      FoundRequirement(
        .instructionSet, version: level, floor: .noProfile,
        reason: "the tag promises every \(platform.architecture) processor, which has the baseline only")
    ]
  }
}
