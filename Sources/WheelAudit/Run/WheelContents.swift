import WheelArchive

/// Everything of a wheel that its verdict depends on, in an order that does not depend on the archive's.
struct WheelContents: Sendable {
  /// What an audit looks at in a member.
  enum Kind: Sendable {
    case nothing
    case object(WheelObject)
    /// An archive of objects, which only a linker reads.
    case staticLibrary
    /// Another file that is called like a library.
    case file(PlainFile.Kind)
  }

  /// A member that has been read, or that could not be.
  struct Member: Sendable {
    let entry: ArchiveMember
    let result: Result<Kind, UnreadableWheel.Cause>
    let work: MemberWork
    /// True where its digest was compared with that in RECORD, and is another one.
    var isOtherThanRecorded = false

    /// What it was too much of, where that ended the reading of it.
    var excess: OverBudget? {
      guard case .failure(.budget(let excess)) = result else { return nil }
      return excess
    }

    /// True for what is nothing to audit.
    var isNothing: Bool {
      if case .success(.nothing) = result { !isOtherThanRecorded } else { false }
    }

    /// How many times an object was inflated; nil for a member that is none.
    var passes: (object: String, count: Int)? {
      guard case .success(.object(let object)) = result else { return nil }
      return (object.path, work.passes)
    }
  }

  private(set) var objects: [WheelObject] = []
  private(set) var staticLibraries: [String] = []
  private(set) var files: [PlainFile] = []
  /// Members that are not what RECORD has the digest of.
  private(set) var misrecorded: [String] = []
  let package: WheelPackage
  let file: WheelFile
  /// The variant that the wheel is; nil for a wheel without a label.
  let variant: Variant?
  /// What is left to spend on the wheel.
  let budget: WorkBudget

  /// Puts together what was read, in whatever order.
  ///
  /// - Throws: the failure of the first member, in the order of the archive, that could not be read.
  init(
    _ package: WheelPackage, variant: Variant?, _ members: [Member], _ file: WheelFile, _ budget: WorkBudget
  ) throws(UnreadableWheel.Cause) {
    (self.package, self.variant, self.file) = (package, variant, file)
    self.budget = budget
    let inArchive = members.sorted { $0.entry.index < $1.entry.index }
    for member in inArchive { _ = try member.result.get() }
    // A name is made each time that it is asked for.
    let named = inArchive.map { (name: $0.entry.name, member: $0) }
    for (name, member) in named.sorted(by: { ($0.name, $0.member.entry.index) < ($1.name, $1.member.entry.index) }) {
      if member.isOtherThanRecorded { misrecorded.append(name) }
      switch try member.result.get() {
      case .object(let object): objects.append(object)
      case .staticLibrary: staticLibraries.append(name)
      case .file(let kind):
        files.append(PlainFile(path: name, kind: kind))
        if kind == .staticLibrary { staticLibraries.append(name) }
      case .nothing: break
      }
    }
  }
}
