import BuildProfiles
import WheelTags

/// What a maintainer can do about requirements that are above a claim.
struct Remedies {
  private let table: RemedyTable
  private let judgement: Judgement
  private let claim: LibcVersion

  init(_ table: RemedyTable, _ judgement: Judgement, _ claim: LibcVersion) {
    self.table = table
    self.judgement = judgement
    self.claim = claim
  }

  /// A clause on the object, or on one symbol of it.
  func remedy(for requirement: Requirement, symbol: String?) -> String {
    switch requirement.rule {
    case .externalLibrary:
      "put the library into the wheel, as auditwheel repair does, or exclude it with --exclude '\(pattern(requirement))' "
        + "where something else provides it"
    case .platformLibrary where isBeforeProfiles:
      "claim no less than the oldest profile: of older systems nothing is known"
    case .platformLibrary: "put the library into the wheel, as auditwheel repair does, or build in \(image)"
    case .libpython: "do not link the extension module with -lpython: the interpreter that loads it has what it needs"
    case .instructionSet: "build without -march options above the baseline, or choose the code at run time"
    case .pythonABI: "build with a Python that was configured as the platform tag presumes, as those in \(image) are"
    case .relativeRelocations: Self.unpackedRelocations
    case .muslSymbol: "avoid it, or build in \(image), where configure finds it missing"
    case .glibcSymbol: "build on a system with musl, for instance in \(image)"
    case .restrictedSymbol: "do without the symbol, or put a library that has it into the wheel"
    case .symbolVersion where requirement.version == "GLIBC_PRIVATE":
      "do not bring a part of glibc along: it works with the loader of its own build only; other code has to do without it"
    case .symbolVersion where requirement.floor == .noProfile && requirement.version?.hasPrefix("GLIBC_") == true:
      "do without it: no system is sure to have it"
    default:
      requirement.version.flatMap { version in
        table.remedy(for: symbol, at: version, claim: claim, on: judgement.platform.architecture)
      } ?? "build in \(image)"
    }
  }

  private static let unpackedRelocations = "link with -Wl,-z,nopack-relative-relocs"

  /// A clause on what came after the first release of the series that is claimed.
  static func withinSeries(_ requirement: Requirement) -> String {
    requirement.kind == .relativeRelocations
      ? unpackedRelocations : "avoid it, or let the program do without it where it is missing"
  }

  /// The tag that the wheel may carry as it is, where that would do.
  func alternative(to requirement: Requirement) -> String? {
    guard requirement.floor != .noProfile, let profile = judgement.verdict.profile, profile.version > claim else {
      return nil
    }
    return "tag the wheel \(profile.tag(for: judgement.platform.architecture))"
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
    return soname.firstRange(of: ".so.").map { soname[..<$0.upperBound] + "*" } ?? soname
  }
}
