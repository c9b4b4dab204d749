import WheelAudit
import WheelTags

/// What only the wheels of a release together show: `#/$defs/releaseFinding` of `docs/report.schema.json`.
struct ReleaseFindingEntry: Encodable {
  struct FloorEntry: Encodable {
    @Nullable var interpreter: String?
    let architecture: String
    let version: String

    init(_ floor: ReleaseFinding.Floor) {
      architecture = floor.architecture.rawValue
      version = floor.version.description
      interpreter = floor.interpreter
    }
  }

  let rule: String
  let severity: String
  let message: String
  @Nullable var object: String?
  let libc: String
  let architectures: [String]
  let interpreters: [String]
  let floors: [FloorEntry]
  let libraries: [String]
  let wheels: [String]
  let baseline: Bool

  init(_ finding: ReleaseFinding) {
    rule = finding.rule.rawValue
    severity = finding.severity.rawValue
    message = finding.message
    object = finding.object
    libc = finding.libc.rawValue
    architectures = finding.architectures.map(\.rawValue)
    interpreters = finding.interpreters
    floors = finding.floors.map(FloorEntry.init)
    libraries = finding.libraries
    wheels = finding.wheels
    baseline = finding.isKnown
  }
}
