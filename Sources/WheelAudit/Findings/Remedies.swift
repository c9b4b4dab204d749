import BuildProfiles
import WheelTags

/// What a maintainer can do about requirements that are above a claim.
struct Remedies {
  private let table: RemedyTable
  private let libraries: LibraryAdvice
  private let judgement: Judgement
  private let claim: LibcVersion
  /// To give the wheel the tag that it may carry as it is; nil where it keeps none.
  private let retagging: String?

  init(
    _ table: RemedyTable, _ libraries: LibraryAdvice, _ judgement: Judgement, _ claim: LibcVersion,
    _ retagging: Retagging
  ) {
    self.table = table
    self.libraries = libraries
    self.judgement = judgement
    self.claim = claim
    let profile = retagging.isUseful ? judgement.verdict.profile : nil
    self.retagging = profile.flatMap { profile in
      profile.version > claim ? retagging.clause(profile.tag(for: judgement.platform.architecture)) : nil
    }
  }

  /// What to do about an object, or about one symbol of it.
  func remedy(for requirement: Requirement, symbol: String?, object: String) -> Remedy {
    let advice = requirement.rule.definition.advice
    switch requirement.rule {
    case .externalLibrary, .unreachableLibrary:
      return libraries.remedy(for: requirement.library ?? "", neededBy: object)
    case .platformLibrary where isBeforeProfiles:
      return Remedy("claim no less than the oldest profile: of older systems nothing is known")
    case .symbolVersion where requirement.version == "GLIBC_PRIVATE":
      return Remedy(
        "do not bring a part of glibc along: it works with the loader of its own build only; other code has to do "
          + "without it")
    case .symbolVersion where requirement.floor == .noProfile && requirement.version?.hasPrefix("GLIBC_") == true:
      return Remedy("do without it: no system is sure to have it")
    case .symbolVersion:
      let known = requirement.version.flatMap { version in
        table.remedy(for: symbol, at: version, claim: claim, on: judgement.platform.architecture)
      }
      return known.map { Remedy($0.clause, paste: $0.line) } ?? Remedy(advice.clause(naming: image(upTo: claim)))
    case .instructionSet where requirement.version == "x86-64-v2" && libraries.isProgram(object):
      return Remedy(
        "link it in \(image(upTo: min(claim, Self.lastBaseline))): the start files of RHEL 9 and what is made of it mark "
          + "every program so, whatever its code is")
    case .notLoadable:
      return Remedy(requirement.version.flatMap { LoadingDemand(rawValue: $0) }?.remedy ?? advice.clause)
    default: return Remedy(advice.clause(naming: image(upTo: claim)))
    }
  }

  /// The glibc of RHEL 8, the last of which the start files ask for no more than the baseline of x86_64.
  private static let lastBaseline = LibcVersion(2, 28)

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

  private func image(upTo version: LibcVersion) -> String {
    let platform = judgement.platform
    return table.image(platform.libc, upTo: version, platform.architecture)
      ?? "an image with \(platform.libc) \(version) or older"
  }
}
