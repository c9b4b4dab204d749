import ELFReading
import WheelTags

extension Architecture {
  /// The architecture of a file by machine, class, byte order and ABI flags; nil when it is none of those that profiles
  /// exist for.
  ///
  /// As glibc's loader compares flags (`elf_machine_matches_host`, `VALID_FLOAT_ABI`): ABI 2 or none stated on little-endian
  /// PowerPC, floats in double registers on RISC-V, EABI 5 and not soft float on ARM, where Go states none.
  init?(_ identity: ELFIdentity) {
    switch (identity.machine, identity.fileClass, identity.byteOrder) {
    case (.x86_64, .bits64, .little): self = .x86_64
    case (.i386, .bits32, .little): self = .i686
    case (.aarch64, .bits64, .little): self = .aarch64
    case (.ppc64, .bits64, .little) where identity.flags & 3 == 2 || identity.flags & 3 == 0: self = .ppc64le
    case (.ppc64, .bits64, .big): self = .ppc64
    case (.s390, .bits64, .big): self = .s390x
    case (.riscv, .bits64, .little) where identity.flags & 6 == 4: self = .riscv64
    case (.loongArch, .bits64, .little): self = .loongarch64
    case (.arm, .bits32, .little) where ARMFlags.mayHaveHardFloat(identity.flags): self = .armv7l
    default: return nil
    }
  }
}

/// `e_flags` of ARM (ELF for the Arm Architecture, "ELF Header").
private enum ARMFlags {
  static let eabiMask: UInt32 = 0xff00_0000
  static let eabi5: UInt32 = 0x0500_0000
  static let softFloat: UInt32 = 0x200

  static func mayHaveHardFloat(_ flags: UInt32) -> Bool {
    flags & eabiMask == eabi5 && flags & softFloat == 0
  }
}

extension ELFIdentity {
  /// The machine in words, for a file that belongs to no known architecture.
  var machineDescription: String {
    let name =
      switch machine {
      case .x86_64: fileClass == .bits32 ? "x32 (x86_64 with 32-bit addresses)" : "x86_64"
      case .i386: "i386"
      case .aarch64: "aarch64"
      case .arm: "ARM, not EABI 5 or with soft float"
      case .mips: "MIPS"
      case .ppc: "32-bit PowerPC"
      case .ppc64: "64-bit PowerPC, another ABI"
      case .riscv: fileClass == .bits64 ? "RISC-V without double-precision registers for floats" : "32-bit RISC-V"
      default: "machine \(machine.rawValue)"
      }
    return "\(name), \(fileClass == .bits64 ? 64 : 32) bits, \(byteOrder == .big ? "big" : "little")-endian"
  }
}
