/// What the header of an ELF file says of it (gABI chapter 4, "ELF Header").
public struct ELFIdentity: Hashable, Sendable {
  /// The width of addresses in the file: `EI_CLASS`.
  public enum FileClass: UInt8, Hashable, Sendable {
    case bits32 = 1
    case bits64 = 2
  }

  /// The order of bytes in the file: `EI_DATA`.
  public enum ByteOrder: UInt8, Hashable, Sendable {
    case little = 1
    case big = 2
  }

  /// What the file is for: `e_type`.
  public enum FileType: RawRepresentable, Hashable, Sendable {
    case relocatable
    case executable
    case sharedObject
    case core
    case other(UInt16)

    public init(rawValue: UInt16) {
      self =
        switch rawValue {
        case 1: .relocatable
        case 2: .executable
        case 3: .sharedObject
        case 4: .core
        default: .other(rawValue)
        }
    }

    public var rawValue: UInt16 {
      switch self {
      case .relocatable: 1
      case .executable: 2
      case .sharedObject: 3
      case .core: 4
      case .other(let number): number
      }
    }
  }

  public var fileClass: FileClass
  public var byteOrder: ByteOrder
  public var type: FileType
  public var machine: ELFMachine
  /// `e_flags`: the meaning depends on the machine.
  public var flags: UInt32
  /// `EI_OSABI`: whose extensions the file uses; 0 for none, 3 for those of GNU.
  public var system: UInt8 = 0
  /// `EI_ABIVERSION`: the version of these.
  public var systemVersion: UInt8 = 0
  /// True when the bytes of the identification that must be 0 are not.
  public var hasPadding = false
  /// `e_version`, of which there is one: 1.
  public var version: UInt32 = 1

  public init(fileClass: FileClass, byteOrder: ByteOrder, type: FileType, machine: ELFMachine, flags: UInt32) {
    self.fileClass = fileClass
    self.byteOrder = byteOrder
    self.type = type
    self.machine = machine
    self.flags = flags
  }

  /// True for what a dynamic loader or the kernel runs: `ET_DYN` and `ET_EXEC`.
  public var isLoadable: Bool { type == .sharedObject || type == .executable }
}
