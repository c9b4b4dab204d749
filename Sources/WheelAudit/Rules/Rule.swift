/// What findings are about.
///
/// The raw value is the stable id that users name and formats print.
public enum Rule: String, Hashable, Sendable, CaseIterable {
  case symbolVersion = "symbol-version"
  case platformLibrary = "platform-library"
  case externalLibrary = "external-library"
  case restrictedSymbol = "restricted-symbol"
  case muslSymbol = "musl-symbol"
  case glibcSymbol = "glibc-symbol"
  case instructionSet = "instruction-set"
  case pythonABI = "python-abi"
  case libpython
  case relativeRelocations = "relative-relocations"
  case mixedLibc = "mixed-libc"
  case foreignArchitecture = "foreign-architecture"
  case executableStack = "executable-stack"
  case implausibleTag = "implausible-tag"
  case pureTag = "pure-tag"
  case purelibObject = "purelib-object"
  case tagMismatch = "tag-mismatch"
  case tagImprovable = "tag-improvable"
  case linuxTag = "linux-tag"
  case unreachableLibrary = "unreachable-library"
  case missingVersion = "missing-version"
  case commonSoname = "common-soname"
  case excludedLibrary = "excluded-library"
  case weakVersion = "weak-version"
  case unjudgedObject = "unjudged-object"
  case releaseFloor = "release-floor"
  case releaseArchitectureFloor = "release-architecture-floor"
  case releaseObject = "release-object"
  case releaseCoverage = "release-coverage"
  case unreadable
}

extension Rule {
  /// True for a rule on what only the wheels of a release together show.
  public var isOnReleases: Bool {
    switch self {
    case .releaseFloor, .releaseArchitectureFloor, .releaseObject, .releaseCoverage: true
    default: false
    }
  }
}
