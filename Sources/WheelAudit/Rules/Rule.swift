/// What findings are about: the registry of the rules.
///
/// The raw value is the stable id that users name and formats print. The order is that of every list of rules.
public enum Rule: String, Hashable, Sendable, CaseIterable {
  case symbolVersion = "symbol-version"
  case platformLibrary = "platform-library"
  case externalLibrary = "external-library"
  case restrictedSymbol = "restricted-symbol"
  case unversionedSymbol = "unversioned-symbol"
  case undefinedSymbol = "undefined-symbol"
  case muslSymbol = "musl-symbol"
  case glibcSymbol = "glibc-symbol"
  case instructionSet = "instruction-set"
  case pythonABI = "python-abi"
  case libpython
  case relativeRelocations = "relative-relocations"
  case mixedLibc = "mixed-libc"
  case foreignArchitecture = "foreign-architecture"
  case executableStack = "executable-stack"
  case notLoadable = "not-loadable"
  case interpreter
  case textRelocations = "text-relocations"
  case writableCode = "writable-code"
  case unsafeRunPath = "unsafe-run-path"
  case implausibleTag = "implausible-tag"
  case pureTag = "pure-tag"
  case purelibObject = "purelib-object"
  case tagMismatch = "tag-mismatch"
  case tagImprovable = "tag-improvable"
  case linuxTag = "linux-tag"
  case refusedTag = "refused-tag"
  case unreachableLibrary = "unreachable-library"
  case missingVersion = "missing-version"
  case commonSoname = "common-soname"
  case excludedLibrary = "excluded-library"
  case weakVersion = "weak-version"
  case unjudgedObject = "unjudged-object"
  case unjudgedTag = "unjudged-tag"
  case variantMetadata = "variant-metadata"
  case variant
  case notInstallable = "not-installable"
  case recordMissing = "record-missing"
  case recordMismatch = "record-mismatch"
  case pypiArchive = "pypi-archive"
  case pypiLimit = "pypi-limit"
  case pypiName = "pypi-name"
  case pypiTag = "pypi-tag"
  case pypiMetadata = "pypi-metadata"
  case licenseFile = "license-file"
  case recordHash = "record-hash"
  case mergedNames = "merged-names"
  case releaseFloor = "release-floor"
  case releaseArchitectureFloor = "release-architecture-floor"
  case releaseObject = "release-object"
  case releaseCoverage = "release-coverage"
  case unreadable

  public var definition: RuleDefinition {
    switch self {
    case .symbolVersion: .symbolVersion
    case .platformLibrary: .platformLibrary
    case .externalLibrary: .externalLibrary
    case .restrictedSymbol: .restrictedSymbol
    case .unversionedSymbol: .unversionedSymbol
    case .undefinedSymbol: .undefinedSymbol
    case .muslSymbol: .muslSymbol
    case .glibcSymbol: .glibcSymbol
    case .instructionSet: .instructionSet
    case .pythonABI: .pythonABI
    case .libpython: .libpython
    case .relativeRelocations: .relativeRelocations
    case .mixedLibc: .mixedLibc
    case .foreignArchitecture: .foreignArchitecture
    case .executableStack: .executableStack
    case .notLoadable: .notLoadable
    case .interpreter: .interpreter
    case .textRelocations: .textRelocations
    case .writableCode: .writableCode
    case .unsafeRunPath: .unsafeRunPath
    case .implausibleTag: .implausibleTag
    case .pureTag: .pureTag
    case .purelibObject: .purelibObject
    case .tagMismatch: .tagMismatch
    case .tagImprovable: .tagImprovable
    case .linuxTag: .linuxTag
    case .refusedTag: .refusedTag
    case .unreachableLibrary: .unreachableLibrary
    case .missingVersion: .missingVersion
    case .commonSoname: .commonSoname
    case .excludedLibrary: .excludedLibrary
    case .weakVersion: .weakVersion
    case .unjudgedObject: .unjudgedObject
    case .unjudgedTag: .unjudgedTag
    case .variantMetadata: .variantMetadata
    case .variant: .variant
    case .notInstallable: .notInstallable
    case .recordMissing: .recordMissing
    case .recordMismatch: .recordMismatch
    case .pypiArchive: .pypiArchive
    case .pypiLimit: .pypiLimit
    case .pypiName: .pypiName
    case .pypiTag: .pypiTag
    case .pypiMetadata: .pypiMetadata
    case .licenseFile: .licenseFile
    case .recordHash: .recordHash
    case .mergedNames: .mergedNames
    case .releaseFloor: .releaseFloor
    case .releaseArchitectureFloor: .releaseArchitectureFloor
    case .releaseObject: .releaseObject
    case .releaseCoverage: .releaseCoverage
    case .unreadable: .unreadable
    }
  }

  /// The address of the page that explains the rule.
  public var url: String { "\(Documentation.base)rules/\(rawValue).md" }
}

extension Rule {
  /// True for a rule on the wheel as a package, which breaks no claim of a tag: that is about systems.
  public var isOnPackage: Bool {
    switch self {
    case .notInstallable, .recordMissing, .recordMismatch, .pypiArchive, .pypiLimit, .pypiName, .pypiTag, .pypiMetadata,
      .licenseFile, .recordHash, .mergedNames:
      true
    default: false
    }
  }

  /// True for a rule on what only the wheels of a release together show.
  public var isOnReleases: Bool {
    switch self {
    case .releaseFloor, .releaseArchitectureFloor, .releaseObject, .releaseCoverage: true
    default: false
    }
  }
}
