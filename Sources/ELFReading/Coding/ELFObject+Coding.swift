extension ELFObject {
  /// Goes up whenever the reader says something else of some object than before: a fact more, or a fact otherwise.
  ///
  /// Facts that were written down under another number are not read.
  public static let factsVersion = 1

  /// The facts as bytes, for a reader of the same `factsVersion` on the same machine.
  ///
  /// Of what the object defines there are hashes, which say something to who has the same `NameSeed` alone.
  ///
  /// - Throws: `DamagedFacts` where a list is longer than any that the reader makes.
  public func encoded() throws(DamagedFacts) -> [UInt8] {
    var (object, encoder) = (self, FactEncoder())
    try object.pass(through: &encoder)
    return encoder.bytes
  }

  /// Reads facts back, whatever the bytes are.
  ///
  /// - Parameters:
  ///   - bytes: what `encoded()` gave.
  ///   - seed: that which the object was read with.
  /// - Throws: `DamagedFacts` where the bytes are no facts, or not just these.
  public init(encoded bytes: UnsafeRawBufferPointer, seed: NameSeed) throws(DamagedFacts) {
    self = .blank
    definitions = DefinedSymbols(seed: seed)
    var decoder = FactDecoder(bytes)
    try pass(through: &decoder)
    guard decoder.isAtEnd else { throw DamagedFacts() }
  }
}

// Every stored property of each type, in its order; a test counts them.

extension ELFObject: CodedFact {
  static var blank: ELFObject { ELFObject(identity: .blank) }

  mutating func pass(through coder: inout some FactCoder) throws(DamagedFacts) {
    try coder.pass(&identity)
    try coder.pass(&interpreter)
    try coder.pass(&soname)
    try coder.pass(&needed)
    try coder.pass(&filters)
    try coder.pass(&auxiliaries)
    try coder.pass(&auditors)
    try coder.pass(&rpath)
    try coder.pass(&runpath)
    try coder.pass(&versionNeeds)
    try coder.pass(&hasSymbolVersions)
    try coder.pass(&versionDefinitions)
    try coder.pass(&undefinedSymbols)
    try coder.pass(&definitions)
    try coder.pass(&definedSymbols)
    try coder.pass(&indirectFunctions)
    try coder.pass(&usesOwnIndirectFunctions)
    try coder.pass(&definesUniqueSymbols)
    try coder.pass(&hasSymbolHash)
    try coder.pass(&stackIsExecutable)
    try coder.pass(&threadLocalStorage)
    try coder.pass(&relocations)
    try coder.pass(&layout)
    try coder.pass(&isPositionIndependentExecutable)
    try coder.pass(&forbidsOpening)
    try coder.pass(&forbidsSystemFolders)
    try coder.pass(&bindsNow)
    try coder.pass(&dynamicFaults)
    try coder.pass(&hasVariantCalls)
    try coder.pass(&relocatesText)
    try coder.pass(&statesTextRelocations)
    try coder.pass(&kernel)
    try coder.pass(&isForAndroid)
    try coder.pass(&hasRelativeRelocations)
    try coder.pass(&neededInstructionSets)
    try coder.pass(&isDynamic)
    try coder.pass(&isDynamicReadOnly)
    try coder.pass(&isDebugInformation)
  }
}

extension ELFIdentity: CodedFact {
  static var blank: ELFIdentity {
    ELFIdentity(fileClass: .blank, byteOrder: .blank, type: .blank, machine: .blank, flags: 0)
  }

  mutating func pass(through coder: inout some FactCoder) throws(DamagedFacts) {
    try coder.pass(&fileClass)
    try coder.pass(&byteOrder)
    try coder.pass(&type)
    try coder.pass(&machine)
    try coder.pass(&flags)
    try coder.pass(&system)
    try coder.pass(&systemVersion)
    try coder.pass(&hasPadding)
    try coder.pass(&version)
  }
}

extension ELFIdentity.FileClass: CodedFact {
  static var blank: Self { .bits64 }
}

extension ELFIdentity.ByteOrder: CodedFact {
  static var blank: Self { .little }
}

extension ELFIdentity.FileType: CodedFact {
  static var blank: Self { .other(0) }
}

extension ELFMachine: CodedFact {
  static var blank: ELFMachine { ELFMachine(rawValue: 0) }
}

extension VersionNeed: CodedFact {
  static var blank: VersionNeed { VersionNeed(library: "", version: "", isWeak: false) }
  static var leastSize: Int { 2 * String.leastSize }

  mutating func pass(through coder: inout some FactCoder) throws(DamagedFacts) {
    try coder.pass(&library)
    try coder.pass(&version)
    try coder.pass(&isWeak)
    try coder.pass(&isMisnamed)
    try coder.pass(&symbols)
    try coder.pass(&weakSymbols)
  }
}

extension SymbolNames: CodedFact {
  static var blank: SymbolNames { SymbolNames() }

  mutating func pass(through coder: inout some FactCoder) throws(DamagedFacts) {
    try coder.pass(&bytes)
    try coder.pass(&ends)
    // What is cut by these must lie in the bytes.
    var last = 0
    for end in ends {
      guard end >= last else { throw DamagedFacts() }
      last = end
    }
    guard last == bytes.count else { throw DamagedFacts() }
  }
}

extension DefinedSymbols: CodedFact {
  static var blank: DefinedSymbols { DefinedSymbols() }

  /// The seed is told by whoever reads, and the order is made when somebody asks.
  mutating func pass(through coder: inout some FactCoder) throws(DamagedFacts) {
    try coder.pass(&hashes)
  }
}

extension ThreadLocalStorage: CodedFact {
  static var blank: ThreadLocalStorage { ThreadLocalStorage(size: 0, alignment: 0) }

  mutating func pass(through coder: inout some FactCoder) throws(DamagedFacts) {
    try coder.pass(&size)
    try coder.pass(&alignment)
    try coder.pass(&excess)
  }
}

extension Relocations: CodedFact {
  static var blank: Relocations { Relocations() }

  mutating func pass(through coder: inout some FactCoder) throws(DamagedFacts) {
    try coder.pass(&types)
    try coder.pass(&changesText)
    try coder.pass(&jumpTypes)
    try coder.pass(&usesInitialExec)
    try coder.pass(&fixesOwnBlock)
    try coder.pass(&initialExecSymbols)
  }
}

extension SegmentLayout: CodedFact {
  static var blank: SegmentLayout { SegmentLayout() }

  mutating func pass(through coder: inout some FactCoder) throws(DamagedFacts) {
    try coder.pass(&headerCount)
    try coder.pass(&count)
    try coder.pass(&lowestAddress)
    try coder.pass(&end)
    try coder.pass(&commonPage)
    try coder.pass(&alignedPage)
    try coder.pass(&isMisaligned)
    try coder.pass(&isOutOfOrder)
    try coder.pass(&isOverfull)
    try coder.pass(&firstEnd)
    try coder.pass(&lastAddress)
    try coder.pass(&losesFlags)
    try coder.pass(&hasEmpty)
    try coder.pass(&isWritableAndExecutable)
    try coder.pass(&protectsUnmapped)
    // What is reckoned with these must not overflow.
    guard (0...Int(Int32.max)).contains(headerCount), (0...headerCount).contains(count) else { throw DamagedFacts() }
  }
}

extension DynamicFaults: CodedFact {
  static var blank: DynamicFaults { [] }
}

extension KernelNeed: CodedFact {
  static var blank: KernelNeed { KernelNeed(system: 0, version: []) }

  mutating func pass(through coder: inout some FactCoder) throws(DamagedFacts) {
    try coder.pass(&system)
    try coder.pass(&version)
  }
}

extension X86InstructionSets: CodedFact {
  static var blank: X86InstructionSets { [] }
}
