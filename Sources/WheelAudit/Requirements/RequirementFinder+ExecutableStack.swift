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
    // A program, and what only programs load, is granted it at start.
    guard platform.libc == .glibc, !graph.isOnlyStarted(object),
      let reason = objects[object].file.reasonForExecutableStack(on: platform.architecture)
    else { return [] }
    return [
      FoundRequirement(
        .executableStack, floor: platform.lowestFloor, ceiling: Self.executableStackCeiling, reason: reason)
    ]
  }
}

extension ELFObject {
  /// Why glibc's loader takes an object to need an executable stack; nil when it does not.
  func reasonForExecutableStack(on architecture: Architecture) -> String? {
    if stackIsExecutable == true { return "PT_GNU_STACK has the flag X" }
    guard stackIsExecutable == nil, architecture.hasExecutableStackByDefault else { return nil }
    return "there is no PT_GNU_STACK, which stands for an executable one on \(architecture)"
  }
}

extension Architecture {
  /// True where a stack is executable unless an object says otherwise (`DEFAULT_STACK_PERMS` in glibc's
  /// `sysdeps/*/stackinfo.h`).
  fileprivate var hasExecutableStackByDefault: Bool {
    [.x86_64, .i686, .armv7l, .s390x].contains(self)
  }
}
