import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  /// `VALID_ELF_HEADER`, `VALID_ELF_OSABI` and `VALID_ELF_ABIVERSION` in glibc, and before 2.36 the note NT_GNU_ABI_TAG
  /// (`open_verify` in `elf/dl-load.c`), of what it opens.
  func identification(_ file: ELFObject) -> [FoundRequirement] {
    let identity = file.identity
    if identity.version != 1 {
      return [demand(.identification, "the version of its format is \(identity.version), not 1")]
    }
    if identity.hasPadding {
      return [demand(.identification, "bytes at its beginning that must be 0 are not, which glibc checks since 2.12")]
    }
    return system(file) + kernelSystem(file)
  }

  private func system(_ file: ELFObject) -> [FoundRequirement] {
    let identity = file.identity
    switch identity.system {
    case 0,
      Self.armSystem where platform.architecture == .armv7l:
      return identity.systemVersion == 0
        ? [] : [demand(.identification, "its ABI version is \(identity.systemVersion), not 0")]
    case Self.gnuSystem:
      let newest = Self.newestSystemVersion(platform.architecture)
      if identity.systemVersion > newest {
        return [demand(.identification, "its ABI version is \(identity.systemVersion), which no glibc knows")]
      }
      if identity.systemVersion == newest {
        return [
          demand(
            .identification, floor: .libc(LibcVersion(2, 28)),
            "its ABI version is \(identity.systemVersion), which older releases do not know")
        ]
      }
      // What the mark is for is newer.
      if file.definesIndirectFunctions || file.definesUniqueSymbols { return [] }
      return [demand(.identification, floor: .libc(LibcVersion(2, 10)), "it is marked as one of GNU's (EI_OSABI 3)")]
    default: return [demand(.identification, "it is marked as one of another system (EI_OSABI \(identity.system))")]
    }
  }

  private func kernelSystem(_ file: ELFObject) -> [FoundRequirement] {
    guard let kernel = file.kernel, kernel.system != 0 else { return [] }
    return [
      demand(
        .kernel, floor: .libc(Self.firstWithoutKernelNote),
        "its note NT_GNU_ABI_TAG is for another system than Linux, and older releases refuse that")
    ]
  }

  /// The first glibc that does not look at NT_GNU_ABI_TAG.
  static let firstWithoutKernelNote = LibcVersion(2, 36)

  /// ELFOSABI_GNU, ELFOSABI_ARM_AEABI.
  private static let (gnuSystem, armSystem): (UInt8, UInt8) = (3, 64)

  /// What `libc-abis` counts to since 2.28; before, and on RISC-V at first, one less.
  private static func newestSystemVersion(_ architecture: Architecture) -> UInt8 {
    [.aarch64, .armv7l, .s390x].contains(architecture) ? 2 : 3
  }
}
