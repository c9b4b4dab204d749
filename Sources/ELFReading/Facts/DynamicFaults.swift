/// What glibc's loader asserts of the dynamic segment: where it is otherwise the process ends
/// (`elf_get_dynamic_info` in `elf/get-dynamic-info.h`).
public struct DynamicFaults: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// DT_PLTREL is not of a kind of relocations that the processor has.
  public static let jumpRelocationKind = DynamicFaults(rawValue: 1)
  /// DT_PLTREL without DT_JMPREL and DT_PLTRELSZ, a table of relocations without its size, or needs of versions without
  /// DT_VERSYM: the loader reads at address 0.
  public static let missingPlace = DynamicFaults(rawValue: 16)
  /// DT_RELA without a DT_RELAENT that is the size of an entry.
  public static let entrySizeWithAddends = DynamicFaults(rawValue: 2)
  /// DT_REL without a DT_RELENT that is the size of an entry.
  public static let entrySizeWithoutAddends = DynamicFaults(rawValue: 4)
  /// DT_RELR without a DT_RELRENT that is the size of an entry.
  public static let entrySizeRelative = DynamicFaults(rawValue: 8)
}
