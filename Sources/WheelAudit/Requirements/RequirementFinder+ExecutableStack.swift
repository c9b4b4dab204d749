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
    if file.stackIsExecutable == nil, platform.architecture.hasExecutableStackByDefault {
      return "there is no PT_GNU_STACK, which stands for an executable one on \(platform.architecture)"
    }
    return nil
  }
}

extension Architecture {
  /// True where a stack is executable unless an object says otherwise (`DEFAULT_STACK_PERMS` in glibc's
  /// `sysdeps/*/stackinfo.h`).
  fileprivate var hasExecutableStackByDefault: Bool {
    [.x86_64, .i686, .armv7l, .s390x].contains(self)
  }
}
