public import WheelTags

/// One thing that only the wheels of a release together show; it breaks no claim.
public struct ReleaseFinding: Hashable, Sendable {
  /// A libc version that some builds need.
  public struct Floor: Hashable, Sendable {
    /// The Python and ABI tags of the build, `cp312-abi3`; nil for all builds for the architecture.
    public let interpreter: String?
    public let architecture: Architecture
    public let version: LibcVersion
  }

  public let rule: Rule
  public let severity: Finding.Severity
  /// One sentence: what is the case.
  public let message: String
  /// The name of the package as PEP 503 compares names, with underscores.
  public let package: String
  /// The version of the package.
  public let version: String
  /// The label of the variant that the builds are of; nil for builds that are of none.
  public let variant: String?
  /// What an object is called in every build; nil when it is about no object.
  public let object: String?
  public let libc: Libc
  /// Those that are compared, or that are missing.
  public let architectures: [Architecture]
  /// The Python and ABI tags of the builds that it tells apart; empty when it tells none apart.
  public let interpreters: [String]
  public let floors: [Floor]
  /// Libraries that one build needs and another does not, as they are called in every build.
  public let libraries: [String]
  /// The paths of the wheels that it is about, as they were given; at least one.
  public let wheels: [String]
  /// True when the baseline of the run has it, so that it fails no gate.
  public internal(set) var isKnown = false
}
