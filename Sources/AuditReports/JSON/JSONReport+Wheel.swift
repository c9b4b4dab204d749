import BuildProfiles
import WheelAudit
import WheelTags

/// One wheel in the reports for programs: `#/$defs/wheel` of `docs/report.schema.json`, and `#/$defs/line` where it stands
/// by itself.
struct WheelEntry: Encodable {
  @Nullable var architecture: String?
  let claims: [ClaimEntry]
  let file: String
  let findings: [FindingEntry]
  let ignoredRules: [String]
  @Nullable var libc: String?
  @Nullable var libcCeiling: String?
  @Nullable var libcFloor: String?
  @Nullable var minimalTag: String?
  @Nullable var minimalTagAlias: String?
  let objects: [ObjectEntry]
  /// Of a line by itself; elsewhere the key is left out.
  let options: String?
  let path: String
  @Nullable var reach: ReachEntry?
  let requirements: [RequirementEntry]
  /// Of a line by itself, like `options`.
  let schemaVersion: Int?
  @Nullable var sha256: String?
  @Nullable var size: Int?
  let status: String
  /// Of a line by itself, like `options`.
  let tool: ToolEntry?
  @Nullable var variant: VariantEntry?

  /// - Parameters:
  ///   - wheel: the audit.
  ///   - basis: what it rests on, for a line by itself.
  init(_ wheel: WheelReport, _ basis: AuditBasis? = nil) {
    schemaVersion = basis.map { _ in JSONReport.schemaVersion }
    tool = basis.map { ToolEntry(version: $0.toolVersion, data: $0.dataVersion) }
    options = basis?.options
    let audit = wheel.audit
    file = wheel.file
    path = wheel.path
    size = wheel.contents?.size
    // Whether files are hashed depends on what else is written.
    sha256 = basis == nil ? nil : wheel.contents?.hexadecimalDigest
    status = wheel.status.rawValue
    architecture = audit?.architecture.rawValue
    libc = audit?.libc.rawValue
    minimalTag = audit?.minimalTag?.spelling
    minimalTagAlias = audit.flatMap { audit in
      audit.minimalTag == nil ? nil : audit.verdict.alias.map { "\($0.rawValue)_\(audit.architecture)" }
    }
    libcFloor = audit?.verdict.libcFloor?.description
    libcCeiling = audit?.verdict.libcCeiling?.description
    reach = audit?.reach.map(ReachEntry.init)
    claims = (audit?.claims ?? []).map { ClaimEntry($0) }
    requirements = (audit.map { audit in audit.requirements.map { RequirementEntry($0, audit) } }) ?? []
    objects = (audit?.objects ?? []).map(ObjectEntry.init)
    findings = wheel.findings.map(FindingEntry.init)
    ignoredRules = wheel.ignoredRules.map(\.rawValue)
    variant = wheel.variant.map { VariantEntry(label: $0.label, properties: $0.properties) }
  }
}

struct VariantEntry: Encodable {
  let label: String
  let properties: [String]
}

struct ClaimEntry: Encodable {
  let judged: Bool
  let satisfied: Bool
  let tag: String

  init(_ claim: Claim) {
    (tag, judged, satisfied) = (claim.tag.spelling, claim.isJudged, claim.isSatisfied)
  }
}

struct RequirementEntry: Encodable {
  @Nullable var ceiling: String?
  @Nullable var floor: String?
  let kind: String
  @Nullable var library: String?
  let neededBy: [String]
  @Nullable var profile: String?
  @Nullable var reason: String?
  let symbols: [String]
  @Nullable var version: String?

  init(_ requirement: Requirement, _ audit: Audit) {
    kind = requirement.kind.rawValue
    library = requirement.library
    version = requirement.version
    symbols = Array(requirement.symbols)
    neededBy = requirement.demands.map(\.object)
    floor = requirement.floor.version?.description
    ceiling = requirement.ceiling?.description
    profile = audit.oldestProfile(for: requirement.floor)?.name
    reason = requirement.reason
  }
}

struct ObjectEntry: Encodable {
  struct NeededEntry: Encodable {
    let library: String
    @Nullable var path: String?
    let resolution: String

    init(_ needed: ObjectReport.Needed) {
      library = needed.library
      resolution = needed.resolution.rawValue
      path = needed.path
    }
  }

  let needed: [NeededEntry]
  let path: String
  let pythonExtension: Bool
  @Nullable var soname: String?

  init(_ object: ObjectReport) {
    path = object.path
    soname = object.soname
    pythonExtension = object.isPythonExtension
    needed = object.needed.map(NeededEntry.init)
  }
}

struct FindingEntry: Encodable {
  let baseline: Bool
  @Nullable var help: String?
  @Nullable var library: String?
  let message: String
  @Nullable var object: String?
  let rule: String
  let severity: String
  @Nullable var symbol: String?
  @Nullable var tag: String?
  let url: String
  @Nullable var version: String?

  init(_ finding: Finding) {
    rule = finding.rule.rawValue
    severity = finding.severity.rawValue
    message = finding.message
    help = finding.help
    object = finding.object
    library = finding.library
    symbol = finding.symbol
    version = finding.version
    tag = finding.tag?.spelling
    url = finding.rule.url
    baseline = finding.isKnown
  }
}
