import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  func instructionSets(of object: Int) -> [FoundRequirement] {
    // What only processors of a level load may need that level.
    let granted = graph.levels[object].map(X86InstructionSets.init(level:)) ?? .baseline
    let needed = objects[object].file.neededInstructionSets.subtracting(granted)
    guard let level = needed.level else { return [] }
    guard let variant, variant.problem == nil else {
      return [
        FoundRequirement(
          .instructionSet, version: level, floor: .noProfile,
          reason: "the tag promises every \(platform.architecture) processor, which has the baseline only")
      ]
    }
    let promised = variant.instructionSets(on: platform.architecture)
    guard needed.isSubset(of: promised) else {
      let most = promised.subtracting(.baseline).level ?? "the baseline"
      return [
        FoundRequirement(
          .instructionSet, version: level, floor: .noProfile,
          reason: "the variant '\(variant.label)' promises processors with \(most) only (PEP 825, a draft)")
      ]
    }
    return [
      FoundRequirement(
        .instructionSet, version: level, floor: platform.lowestFloor,
        reason: "the variant '\(variant.label)' is for such processors (PEP 825, a draft)")
    ]
  }
}

extension X86InstructionSets {
  /// The level of the highest of them; nil for none.
  fileprivate var level: String? {
    if contains(.v4) { return "x86-64-v4" }
    if contains(.v3) { return "x86-64-v3" }
    if contains(.v2) { return "x86-64-v2" }
    return isEmpty ? nil : "unknown x86-64 instruction sets"
  }

  /// All that the processors of a level have: those for which glibc looks into a folder of this name below
  /// `glibc-hwcaps`.
  init(level: String) {
    switch level {
    case "x86-64-v4": self = [.baseline, .v2, .v3, .v4]
    case "x86-64-v3": self = [.baseline, .v2, .v3]
    case "x86-64-v2": self = [.baseline, .v2]
    default: self = .baseline
    }
  }
}
