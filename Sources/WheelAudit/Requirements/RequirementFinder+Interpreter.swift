import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  /// The loader that a program asks the kernel for, where the systems behind the tag do not have it: the kernel takes the
  /// path as it stands, and starts nothing without it (`load_elf_binary` in Linux's `fs/binfmt_elf.c`).
  ///
  /// One that is tied to the other libc breaks the tag by that.
  func interpreter(of object: Int) -> [FoundRequirement] {
    let object = objects[object]
    guard object.isProgram, object.libc == nil || object.libc == platform.libc, let path = object.file.interpreter,
      let standard = platform.interpreter, path != standard
    else { return [] }
    return [
      FoundRequirement(
        .interpreter, library: path, floor: .noProfile,
        reason: "every \(platform.architecture) system with \(platform.libc) has its loader at \(standard)")
    ]
  }
}
