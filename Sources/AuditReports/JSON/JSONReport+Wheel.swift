import BuildProfiles
import WheelAudit
import WheelTags

/// One wheel in the reports for programs: `#/$defs/wheel` of `docs/report.schema.json`, and `#/$defs/line` where it stands
/// by itself.
struct WheelEntry: Encodable {
  let file: String
  let path: String
  @Nullable var size: Int?
  @Nullable var sha256: String?
  let status: String
  @Nullable var architecture: String?
  @Nullable var libc: String?
  @Nullable var minimalTag: String?
  @Nullable var minimalTagAlias: String?
  @Nullable var libcFloor: String?
  @Nullable var libcCeiling: String?
  @Nullable var reach: ReachEntry?
  let claims: [ClaimEntry]
  let requirements: [RequirementEntry]
  let objects: [ObjectEntry]
  let findings: [FindingEntry]
  let ignoredRules: [String]
  @Nullable var variant: VariantEntry?
  // What a line by itself has besides; the keys are left out elsewhere.
  let schemaVersion: Int?
  let tool: ToolEntry?
  let options: String?

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
  let tag: String
  let judged: Bool
  let satisfied: Bool

  init(_ claim: Claim) {
    (tag, judged, satisfied) = (claim.tag.spelling, claim.isJudged, claim.isSatisfied)
  }
}

struct RequirementEntry: Encodable {
  let kind: String
  @Nullable var library: String?
  @Nullable var version: String?
  let symbols: [String]
  let neededBy: [String]
  @Nullable var floor: String?
  @Nullable var ceiling: String?
  @Nullable var profile: String?
  @Nullable var reason: String?

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
    let resolution: String
    @Nullable var path: String?

    init(_ needed: ObjectReport.Needed) {
      library = needed.library
      resolution = needed.resolution.rawValue
      path = needed.path
    }
  }

  let path: String
  @Nullable var soname: String?
  let pythonExtension: Bool
  let needed: [NeededEntry]

  init(_ object: ObjectReport) {
    path = object.path
    soname = object.soname
    pythonExtension = object.isPythonExtension
    needed = object.needed.map(NeededEntry.init)
  }
}

struct FindingEntry: Encodable {
  let rule: String
  let severity: String
  let message: String
  @Nullable var help: String?
  @Nullable var object: String?
  @Nullable var library: String?
  @Nullable var symbol: String?
  @Nullable var version: String?
  @Nullable var tag: String?
  let url: String
  let baseline: Bool

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
