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
  /// DT_AUDIT and DT_DEPAUDIT, in the order of the file, each once: what glibc's loader loads to audit a program.
  public var auditors: [String] = []
  /// DT_RPATH as written.
  ///
  /// The loader ignores it where DT_RUNPATH exists.
  public var rpath: String?
  /// DT_RUNPATH as written.
  public var runpath: String?
  /// Every version of another library that the file needs, with the symbols that carry it.
  public var versionNeeds: [VersionNeed] = []
  /// True when it says of each symbol which version it has (DT_VERSYM).
  public var hasSymbolVersions = false
  /// The names of the versions that the file defines (DT_VERDEF), its own base name left out.
  public var versionDefinitions: [String] = []
  /// The undefined symbols without a version that a relocation refers to, and that must be found.
  public var undefinedSymbols: SymbolNames = []
  /// What it defines for others.
  public var definitions: DefinedSymbols = []
  /// The names of the definitions that the caller asked for.
  public var definedSymbols: [String] = []
  /// The names of definitions of type STT_GNU_IFUNC: functions that choose the function.
  public var indirectFunctions: [String] = []
  /// Whether a relocation of the object itself refers to one of them.
  public var usesOwnIndirectFunctions = false
  /// Whether some definition is bound STB_GNU_UNIQUE.
  public var definesUniqueSymbols = false
  /// True when it has one of DT_HASH and DT_GNU_HASH, without which no loader finds what it defines.
  public var hasSymbolHash = false
  /// What PT_GNU_STACK says of the stack; nil where there is none, and the architecture's default holds.
  public var stackIsExecutable: Bool?
  /// PT_TLS.
  public var threadLocalStorage: ThreadLocalStorage?
  public var relocations = Relocations()
  public var layout = SegmentLayout()
  /// DT_FLAGS_1 with DF_1_PIE: a program, though it is a shared object by its type.
  public var isPositionIndependentExecutable = false
  /// DF_1_NOOPEN: it may not be opened by dlopen.
  public var forbidsOpening = false
  /// DF_1_NODEFLIB: what it needs is not looked for in the system's folders.
  public var forbidsSystemFolders = false
  /// DT_BIND_NOW, DF_BIND_NOW or DF_1_NOW: every symbol is looked up when it is loaded.
  public var bindsNow = false
  /// Entries of the dynamic segment of which glibc's loader takes it that they are right.
  public var dynamicFaults: DynamicFaults = []
  /// DT_AARCH64_VARIANT_PCS: it calls functions with other registers than usual.
  public var hasVariantCalls = false
  /// DT_TEXTREL or DF_TEXTREL: relocations change what is mapped for reading only.
  public var relocatesText = false
  /// DT_TEXTREL, without which musl leaves what is mapped for reading only as it is.
  public var statesTextRelocations = false
  /// The kernel that its ABI note asks for.
  public var kernel: KernelNeed?
  /// True when a note says that it is for Android, whose libc is another one.
  public var isForAndroid = false
  /// DT_RELR: relative relocations in the packed form that old loaders do not know.
  public var hasRelativeRelocations = false
  /// GNU_PROPERTY_X86_ISA_1_NEEDED; empty where the file has no such note.
  public var neededInstructionSets: X86InstructionSets = []
  /// True when the file has a dynamic segment.
  public var isDynamic = false
  /// True when the dynamic segment lies where the object may not be written to.
  public var isDynamicReadOnly = false
  /// True when it has the program headers of what it was split from and not its contents: debugging information.
  public var isDebugInformation = false

  public init(identity: ELFIdentity) {
    self.identity = identity
  }

  /// Whether some definition is of type STT_GNU_IFUNC.
  public var definesIndirectFunctions: Bool { !indirectFunctions.isEmpty }

  /// PT_GNU_STACK with PF_X: the file asks for an executable stack.
  public var hasExecutableStack: Bool { stackIsExecutable == true }
}
