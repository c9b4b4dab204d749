/// The processor an ELF file is for: `e_machine`.
///
/// An open set; an unknown number is data.
public struct ELFMachine: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt16

  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  public static let i386 = ELFMachine(rawValue: 3)
  public static let mips = ELFMachine(rawValue: 8)
  public static let ppc = ELFMachine(rawValue: 20)
  public static let ppc64 = ELFMachine(rawValue: 21)
  public static let s390 = ELFMachine(rawValue: 22)
  public static let arm = ELFMachine(rawValue: 40)
  // swift-format-ignore: AlwaysUseLowerCamelCase
  public static let x86_64 = ELFMachine(rawValue: 62)
  public static let aarch64 = ELFMachine(rawValue: 183)
  public static let riscv = ELFMachine(rawValue: 243)
  public static let loongArch = ELFMachine(rawValue: 258)
  public static let intelGraphics = ELFMachine(rawValue: 205)
  public static let cuda = ELFMachine(rawValue: 190)
  public static let amdGraphics = ELFMachine(rawValue: 224)

  /// True for code of a graphics processor, which is data to every loader.
  public var isForGraphics: Bool { self == .cuda || self == .amdGraphics || self == .intelGraphics }
}
