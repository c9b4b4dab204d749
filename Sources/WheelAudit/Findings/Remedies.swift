import BuildProfiles
import WheelTags

/// What a maintainer can do about requirements that are above a claim.
struct Remedies {
  private let table: RemedyTable
  private let judgement: Judgement
  private let claim: LibcVersion
  /// To give the wheel the tag that it may carry as it is; nil where it keeps none.
  private let retagging: String?

  init(_ table: RemedyTable, _ judgement: Judgement, _ claim: LibcVersion, _ retagging: Retagging) {
    self.table = table
    self.judgement = judgement
    self.claim = claim
    let profile = retagging.isUseful ? judgement.verdict.profile : nil
    self.retagging = profile.flatMap { profile in
      profile.version > claim ? retagging.clause(profile.tag(for: judgement.platform.architecture)) : nil
    }
  }

  /// A clause on the object, or on one symbol of it.
  func remedy(for requirement: Requirement, symbol: String?) -> String {
    let advice = requirement.rule.definition.advice
    switch requirement.rule {
    case .externalLibrary: return advice.clause(naming: pattern(requirement))
    case .platformLibrary where isBeforeProfiles:
      return "claim no less than the oldest profile: of older systems nothing is known"
    case .symbolVersion where requirement.version == "GLIBC_PRIVATE":
      return "do not bring a part of glibc along: it works with the loader of its own build only; other code has to do "
        + "without it"
    case .symbolVersion where requirement.floor == .noProfile && requirement.version?.hasPrefix("GLIBC_") == true:
      return "do without it: no system is sure to have it"
    case .symbolVersion:
      let known = requirement.version.flatMap { version in
        table.remedy(for: symbol, at: version, claim: claim, on: judgement.platform.architecture)
      }
      return known ?? advice.clause(naming: image)
    case .notLoadable:
      return requirement.version.flatMap { LoadingDemand(rawValue: $0) }?.remedy ?? advice.clause
    default: return advice.clause(naming: image)
    }
  }

  /// A clause on what came after the first release of the series that is claimed.
  static func withinSeries(_ requirement: Requirement) -> String {
    requirement.kind == .relativeRelocations
      ? RuleDefinition.relativeRelocations.advice.clause
      : "avoid it, or let the program do without it where it is missing"
  }

  /// What can be done instead, where that would do.
  func alternative(to requirement: Requirement) -> String? {
    requirement.floor == .noProfile || requirement.rule.definition.alternative == nil ? nil : retagging
  }

  /// True for a claim of a libc that is older than every build profile.
  private var isBeforeProfiles: Bool {
    judgement.platform.profiles.first.map { claim < $0.version } ?? false
  }

  private var image: String {
    let platform = judgement.platform
    return table.image(platform.libc, upTo: claim, platform.architecture)
      ?? "an image with \(platform.libc) \(claim) or older"
  }

  /// `libcuda.so.1` → `libcuda.so.*`.
  private func pattern(_ requirement: Requirement) -> String {
    let soname = requirement.library ?? ""
    return soname.firstIndex(ofBytes: ".so.").map { soname[..<soname.utf8.index($0, offsetBy: 4)] + "*" } ?? soname
  }
}
