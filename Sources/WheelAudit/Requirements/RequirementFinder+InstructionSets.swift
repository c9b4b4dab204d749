import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  func instructionSets(of object: Int) -> [FoundRequirement] {
    // What only processors of a level load may need that level.
    let granted = graph.levels[object].map(X86InstructionSets.init(level:)) ?? .baseline
    let needed = objects[object].file.neededInstructionSets.subtracting(granted)
    let level: String
    switch needed {
    case _ where needed.contains(.v4): level = "x86-64-v4"
    case _ where needed.contains(.v3): level = "x86-64-v3"
    case _ where needed.contains(.v2): level = "x86-64-v2"
    case _ where !needed.isEmpty: level = "unknown x86-64 instruction sets"
    default: return []
    }
    return [
      FoundRequirement(
        .instructionSet, version: level, floor: .noProfile,
        reason: "the tag promises every \(platform.architecture) processor, which has the baseline only")
    ]
  }
}

extension X86InstructionSets {
  /// All that the processors have for which glibc looks into a folder of this name below `glibc-hwcaps`.
  fileprivate init(level: String) {
    switch level {
    case "x86-64-v4": self = [.baseline, .v2, .v3, .v4]
    case "x86-64-v3": self = [.baseline, .v2, .v3]
    case "x86-64-v2": self = [.baseline, .v2]
    default: self = .baseline
    }
  }
}
