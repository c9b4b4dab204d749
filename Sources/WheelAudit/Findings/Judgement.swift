import BuildProfiles
import WheelArchive
import WheelTags

/// All that is known of a wheel when it is time to say something about it.
///
/// One extension file per family of rules.
struct Judgement {
  /// The file name as it is written.
  let name: String
  let filename: WheelFilename
  /// The tags that are judged: those of the file name, and those the user asked about.
  let tags: [PlatformTag]
  let metadata: WheelMetadata?
  /// The variant that the wheel is; nil for a wheel without a label.
  var variant: Variant?
  let staticLibraries: [String]
  let files: [PlainFile]
  let facts: Facts
  let subject: Subject
  let platform: Platform
  let muslSymbols: MuslSymbolTable?
  let graph: LibraryGraph
  let requirements: [Requirement]
  /// What the objects that are opened need of the room for thread-local variables at a fixed place, by their positions.
  let storageNeeds: [Int: StaticStorageNeed]
  let undefinedSymbols: [UndefinedSymbols]
  /// What loaders refuse of objects that nothing in the wheel opens, by their positions, where somebody opens them.
  let refusedIfOpened: [Int: [FoundRequirement]]
  let verdict: Verdict
  /// The day for which to say where the wheel runs; nil where that was not asked.
  let date: CalendarDate?

  /// Every finding.
  ///
  /// What another tag does not mend comes first, since no tag is advised beside it.
  func findings(_ budget: inout WorkBudget) throws(UnreadableWheel.Cause) -> [Finding] {
    var found = FindingList(budget)
    try addPlatformFindings(to: &found)
    try Self.addVariant(variant, on: platform.architecture, to: &found)
    try addObjectFindings(to: &found)
    try addLibraryFindings(to: &found)
    let promised = PromisedInterpreters(filename, newest: facts.pythonExports.known.last ?? 0)
    try addModuleFindings(promised, to: &found)
    try addStableABIFindings(promised, to: &found)
    try addSonameFindings(to: &found)
    try addUndefinedSymbols(to: &found)
    try addMuslFindings(to: &found)
    let isBroken = found.findings.contains { $0.severity == .error }
    let isConsistent = try TagComparison(filename: filename, metadata: metadata).addMismatch(to: &found)
    let retagging = Retagging(self, isConsistent: isConsistent, isBroken: isBroken)
    try addRequirementFindings(retagging, to: &found)
    try addTagFindings(retagging, to: &found)
    try addImprovableTag(retagging, to: &found)
    budget = found.budget
    return found.findings
  }

  /// The judged tags that promise a version of the subject's libc, one for each version, in the order given.
  var promises: [(tag: PlatformTag, version: LibcVersion)] {
    var promises: [(tag: PlatformTag, version: LibcVersion)] = []
    for tag in tags {
      guard case .libc(let libc, let version) = tag.promise, libc == platform.libc,
        !promises.contains(where: { $0.version == version })
      else { continue }
      promises.append((tag, version))
    }
    return promises
  }
}
