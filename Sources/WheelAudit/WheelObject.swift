public import ELFReading
public import WheelTags

/// One ELF file of a wheel: what it is called, where it is installed, and what it says of itself.
public struct WheelObject: Sendable {
  /// The member's name in the archive.
  public let path: String
  public let place: InstalledPlace
  public let file: ELFObject
  /// Nil when no platform tag names the machine.
  public let architecture: Architecture?
  /// The libc it is tied to; nil when it is tied to none.
  public let libc: Libc?
  /// The major version of Python that it is an extension module for; nil when it is none.
  public let pythonMajor: Int?

  public init(path: String, file: ELFObject) {
    self.path = path
    self.place = InstalledPlace(member: path)
    self.file = file
    self.architecture = Architecture(file.identity)
    self.libc = Libc(of: file)
    self.pythonMajor = PythonModule.major(fileName: place.name, definedSymbols: file.definedSymbols)
  }

  public var isPythonExtension: Bool { pythonMajor != nil }
}

extension Architecture {
  /// The architecture of a file by machine, class, byte order and, on ARM, ABI flags; nil when it is none of those that
  /// profiles exist for.
  init?(_ identity: ELFIdentity) {
    switch (identity.machine, identity.fileClass, identity.byteOrder) {
    case (.x86_64, .bits64, .little): self = .x86_64
    case (.i386, .bits32, .little): self = .i686
    case (.aarch64, .bits64, .little): self = .aarch64
    case (.ppc64, .bits64, .little): self = .ppc64le
    case (.ppc64, .bits64, .big): self = .ppc64
    case (.s390, .bits64, .big): self = .s390x
    case (.riscv, .bits64, .little): self = .riscv64
    case (.loongArch, .bits64, .little): self = .loongarch64
    case (.arm, .bits32, .little) where ARMFlags.isEABI5HardFloat(identity.flags): self = .armv7l
    default: return nil
    }
  }
}

/// `e_flags` of ARM (ELF for the Arm Architecture, "ELF Header").
private enum ARMFlags {
  static let eabiMask: UInt32 = 0xff00_0000
  static let eabi5: UInt32 = 0x0500_0000
  static let hardFloat: UInt32 = 0x400

  static func isEABI5HardFloat(_ flags: UInt32) -> Bool {
    flags & eabiMask == eabi5 && flags & hardFloat != 0
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
      case .arm: "ARM, not EABI 5 with hard float"
      case .mips: "MIPS"
      case .ppc: "32-bit PowerPC"
      case .riscv: "32-bit RISC-V"
      default: "machine \(machine.rawValue)"
      }
    return "\(name), \(fileClass == .bits64 ? 64 : 32) bits, \(byteOrder == .big ? "big" : "little")-endian"
  }
}

extension Libc {
  /// The libc that a file is tied to, by the loader it asks for, else by the libraries it needs.
  ///
  /// The name `libc.so.6` alone is no tie, since musl answers to it too; but what was linked with glibc asks for versions.
  init?(of file: ELFObject) {
    if let interpreter = file.interpreter {
      let name = interpreter.split(separator: "/").last ?? ""
      self = name.hasPrefix("ld-musl-") ? .musl : .glibc
      return
    }
    let asksForVersions = file.versionNeeds.contains { $0.version.hasPrefix("GLIBC_") }
    for soname in file.needed {
      if (soname == "libc.so.6" && asksForVersions) || soname.hasPrefix("ld-linux") || soname.hasPrefix("ld64.so.") {
        self = .glibc
        return
      }
      if soname == "libc.so" || soname.hasPrefix("libc.musl-") || soname.hasPrefix("ld-musl-") {
        self = .musl
        return
      }
    }
    return nil
  }
}

/// How a Python extension module is known: it defines the initialization function of its name.
enum PythonModule {
  /// The beginnings of the names of initialization functions, with the Python that calls them: PEP 489 (`PyInit_`,
  /// and `PyInitU_` for names beyond ASCII), PEP 793 (`PyModExport_`), Python 2 (`init`), cffi's embedding on PyPy.
  static let initializers: [(prefix: String, major: Int)] = [
    ("PyInit_", 3), ("PyInitU_", 3), ("PyModExport_", 3), ("PyModExportU_", 3), ("_cffi_pypyinit_", 2), ("init", 2),
  ]

  static func major(fileName: String, definedSymbols: [String]) -> Int? {
    let module = fileName.prefix { $0 != "." }
    for (prefix, major) in initializers {
      // The names with U carry the module's name in punycode.
      let isEncoded = prefix.hasSuffix("U_")
      if definedSymbols.contains(where: { isEncoded ? $0.hasPrefix(prefix) : $0 == prefix + module }) { return major }
    }
    return nil
  }
}
