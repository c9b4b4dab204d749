/// The x86-64 micro-architecture levels in a GNU property note (x86-64 psABI, "Micro-Architecture Levels").
public struct X86InstructionSets: OptionSet, Hashable, Sendable {
  public let rawValue: UInt32

  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  public static let baseline = X86InstructionSets(rawValue: 1)
  public static let v2 = X86InstructionSets(rawValue: 2)
  public static let v3 = X86InstructionSets(rawValue: 4)
  public static let v4 = X86InstructionSets(rawValue: 8)
}
