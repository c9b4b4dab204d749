/// The facts of one ELF file that decide where it loads: plain values, taken from what the dynamic loader reads.
public struct ELFObject: Hashable, Sendable {
  public var identity: ELFIdentity
  /// The path in PT_INTERP: the loader an executable asks for.
  public var interpreter: String?
  /// DT_SONAME.
  public var soname: String?
  /// DT_NEEDED, in the order of the file, each once.
  public var needed: [String] = []
  /// DT_FILTER, in the order of the file, each once: glibc's loader loads them as it loads what is needed.
  public var filters: [String] = []
  /// DT_AUXILIARY, in the order of the file, each once: glibc's loader loads them where it finds them.
  public var auxiliaries: [String] = []
  /// DT_RPATH as written.
  ///
  /// The loader ignores it where DT_RUNPATH exists.
  public var rpath: String?
  /// DT_RUNPATH as written.
  public var runpath: String?
  /// Every version of another library that the file needs, with the symbols that carry it.
  public var versionNeeds: [VersionNeed] = []
  /// The names of the versions that the file defines (DT_VERDEF), its own base name left out.
  public var versionDefinitions: [String] = []
  /// The undefined symbols that the caller asked for, whatever their version.
  public var undefinedSymbols: [UndefinedSymbol] = []
  /// The names of the defined dynamic symbols that the caller asked for.
  public var definedSymbols: [String] = []
  /// PT_GNU_STACK with PF_X: the file asks for an executable stack.
  public var hasExecutableStack = false
  /// DT_RELR: relative relocations in the packed form that old loaders do not know.
  public var hasRelativeRelocations = false
  /// GNU_PROPERTY_X86_ISA_1_NEEDED; empty where the file has no such note.
  public var neededInstructionSets: X86InstructionSets = []
  /// True when the file has a dynamic segment.
  public var isDynamic = false

  public init(identity: ELFIdentity) {
    self.identity = identity
  }
}
