import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  /// The first glibc that opens nothing that needs an executable stack (its release notes; `_dl_map_object_from_fd`).
  ///
  /// musl never looks.
  private static let executableStackCeiling = LibcVersion(2, 41)

  /// What makes the stack of a process executable once it is opened.
  func executableStack(of object: Int) -> [FoundRequirement] {
    guard platform.libc == .glibc, let reason = reasonForExecutableStack(objects[object].file) else { return [] }
    // A program, and what only programs load, is granted it at start; which objects are is not told apart.
    return [
      FoundRequirement(
        .executableStack, floor: platform.lowestFloor, ceiling: Self.executableStackCeiling, reason: reason)
    ]
  }

  /// Why the loader takes an object to need an executable stack; nil when it does not.
  private func reasonForExecutableStack(_ file: ELFObject) -> String? {
    if file.hasExecutableStack { return "PT_GNU_STACK has the flag X" }
    return nil
  }
}
