import BuildProfiles
public import WheelAudit
import WheelTags

/// The keys and meanings of `auditwheel show --json` (its schema version 1), so that scripts for it keep working.
public struct AuditwheelReport: Sendable {
  public init() {}

  public func render(_ wheel: WheelReport) throws -> String {
    guard let audit = wheel.audit else {
      let words = wheel.findings.first { $0.rule == .unreadable }?.message
      return try json(Failure(wheel: wheel.file, error: words ?? "the wheel has no ELF object that could be judged"))
    }
    return try json(Success(wheel.file, audit))
  }

  private struct Failure: Encodable {
    let version = 1
    let wheel: String
    let error: String
  }

  private struct Upgrade: Encodable {
    var libsToEliminate: [String]?
    var blacklistedSymbols: [String: [String]]?

    enum CodingKeys: String, CodingKey {
      case libsToEliminate = "libs_to_eliminate"
      case blacklistedSymbols = "blacklisted_symbols"
    }
  }

  private struct Success: Encodable {
    let version = 1
    let wheel: String
    let pure = false
    let overallTag: String
    let symTag: String
    let pyfpe: Bool
    let ucs2: Bool
    let unsupportedISA: Bool
    let versionedSymbols: [String: [String]]
    let externalLibs: [String: Nullable<String>]
    let policyUpgrades: [String: Upgrade]

    enum CodingKeys: String, CodingKey {
      case version, wheel, pure, pyfpe, ucs2
      case overallTag = "overall_tag"
      case symTag = "sym_tag"
      case unsupportedISA = "unsupported_isa"
      case versionedSymbols = "versioned_symbols"
      case externalLibs = "external_libs"
      case policyUpgrades = "policy_upgrades"
    }

    init(_ file: String, _ audit: Audit) {
      let requirements = audit.requirements
      wheel = file
      // It knows floors, and nothing that newer systems refuse.
      let profile = audit.verdict.floorProfile
      overallTag = (profile?.tag(for: audit.architecture) ?? PlatformTag(linux: audit.architecture)).spelling
      symTag = audit.minimalTag(for: requirements.filter { $0.kind == .symbolVersion }).spelling
      pyfpe = requirements.contains { $0.kind == .pythonABI && $0.version == "fpectl" }
      ucs2 = requirements.contains { $0.kind == .pythonABI && $0.version == "ucs2" }
      unsupportedISA = requirements.contains { $0.kind == .instructionSet && $0.floor == .noProfile }
      versionedSymbols = Dictionary(
        grouping: requirements.filter { $0.kind == .symbolVersion }, by: { $0.library ?? "" }
      ).mapValues { Set($0.compactMap(\.version)).sorted() }
      // As there, external means: not in the oldest profile.
      let oldest = audit.profiles.first
      let external = oldest.map { Self.libraries(missingFrom: $0, requirements) } ?? []
      externalLibs = Dictionary(uniqueKeysWithValues: external.map { ($0, Nullable(wrappedValue: nil)) })
      var upgrades: [String: Upgrade] = [:]
      for older in audit.profiles where profile.map({ older.version < $0.version }) ?? true {
        let libraries = Self.libraries(missingFrom: older, requirements)
        let symbols = Self.symbols(withheldBy: older, requirements)
        guard !libraries.isEmpty || !symbols.isEmpty else { continue }
        upgrades[older.tag(for: audit.architecture).spelling] = Upgrade(
          libsToEliminate: libraries.isEmpty ? nil : libraries, blacklistedSymbols: symbols.isEmpty ? nil : symbols)
      }
      policyUpgrades = upgrades
    }

    private static func libraries(missingFrom profile: BuildProfile, _ requirements: [Requirement]) -> [String] {
      let missing = requirements.filter {
        $0.floor.isAbove(profile.version) && ($0.kind == .library || ($0.kind == .pythonABI && $0.library != nil))
      }
      return Set(missing.compactMap(\.library)).sorted()
    }

    private static func symbols(
      withheldBy profile: BuildProfile, _ requirements: [Requirement]
    ) -> [String: [String]] {
      let withheld = requirements.filter { $0.floor.isAbove(profile.version) && $0.kind == .restrictedSymbol }
      return Dictionary(grouping: withheld) { $0.library ?? "" }.mapValues { Set($0.flatMap(\.symbols)).sorted() }
    }
  }
}
