/// What the relocations of an object ask of the loader, the relative ones left out that DT_RELACOUNT counts in an object
/// linked with glibc (gABI chapter 4, "Relocation"; the processor supplements name the types).
public struct Relocations: Hashable, Sendable {
  /// Every type that occurs.
  public var types: Set<UInt32> = []
  /// True where an object with DT_TEXTREL or DF_TEXTREL has one that changes what is mapped for reading only.
  public var changesText = false
  /// The types that occur in DT_JMPREL.
  public var jumpTypes: Set<UInt32> = []
  /// True where an offset from the thread pointer is asked for: the initial-exec model of thread-local storage.
  ///
  /// The block that it lies in must be there when the process starts, or find room in what was kept free.
  public var usesInitialExec = false
  /// True where that is an offset in the object's own block.
  public var fixesOwnBlock = false
  /// The thread-local variables of other objects of which the offset is asked for.
  public var initialExecSymbols: [String] = []

  public init() {}
}

extension ELFMachine {
  /// True for a type that asks for an offset from the thread pointer.
  ///
  /// TPOFF64 and TPOFF32 of x86-64; TLS_TPOFF and TLS_TPOFF32 of i386; TLS_TPREL of AArch64; TLS_TPOFF32 of ARM; TPREL64
  /// and the half-words of 64-bit PowerPC; TLS_TPOFF of s390; TLS_TPREL64 of RISC-V and of LoongArch.
  func isInitialExec(_ type: UInt32) -> Bool {
    switch self {
    case .x86_64: type == 18 || type == 23
    case .i386: type == 14 || type == 37
    case .aarch64: type == 1030
    case .arm: type == 19
    case .ppc64: type == 73 || 69...72 ~= type || 95...100 ~= type || 112...113 ~= type
    case .s390: type == 56
    case .riscv, .loongArch: type == 11 || type == 10
    default: false
    }
  }

  /// The types that may stand in DT_JMPREL where functions are looked up at their first call (`elf_machine_lazy_rel` in
  /// glibc's `sysdeps/*/dl-machine.h`); nil where that is not known, or all may.
  public var lazyTypes: Set<UInt32>? {
    switch self {
    case .x86_64: [7, 36, 37]
    case .i386: [7, 41, 42]
    case .aarch64: [1026, 1031, 1032]
    case .arm: [13, 22]
    case .s390: [11, 61]
    case .riscv: [5, 58]
    default: nil
    }
  }

  /// The type of a relocation by the load address alone, which glibc does not look at where DT_RELACOUNT counts it.
  var relativeRelocation: UInt32? {
    switch self {
    case .x86_64, .i386: 8
    case .aarch64: 1027
    case .arm: 23
    case .ppc64: 22
    case .s390: 12
    case .riscv, .loongArch: 3
    default: nil
    }
  }
}
