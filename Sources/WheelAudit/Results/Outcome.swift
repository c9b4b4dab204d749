import BuildProfiles
import WheelTags

/// What came of the audit of a wheel, in the words that all reports for people share.
public struct Outcome: Hashable, Sendable, CustomStringConvertible {
  /// A few words: `breaks its claim`.
  public let words: String
  /// Why the wheel was not judged; nil for one that was, and for one that findings speak of.
  public let reason: String?

  public var description: String { reason.map { "\(words): \($0)" } ?? words }
}

extension WheelReport {
  public var outcome: Outcome {
    switch status {
    case .unreadable: Outcome(words: "could not be audited", reason: nil)
    case .skipped:
      Outcome(words: "skipped", reason: reasonSkipped)
    case .clean, .violations: Outcome(words: verdictWords + (isKnown ? " (in the baseline)" : ""), reason: nil)
    }
  }

  private var reasonSkipped: String {
    if name.filename?.isForOtherSystems ?? false { return "its tags are of other systems" }
    return "no ELF objects\(findings.contains { $0.rule.isOnObjects } ? " that anything loads" : "")"
  }

  private var verdictWords: String {
    let errors = packageErrors
    guard !errors.isEmpty else { return claimWords }
    let isRefused = !errors.contains { $0.rule.definition.group == nil && !$0.isRaised }
    let isHeldToWarnings = errors.allSatisfy(\.isRaised)
    let words =
      isHeldToWarnings ? "has warnings that are not allowed" : isRefused ? "PyPI refuses it" : "cannot be installed"
    guard audit != nil else { return "\(words) (no ELF objects)" }
    let isBroken = (audit?.claims ?? []).contains { !$0.isSatisfied }
    return "\(claimWords), \(isBroken ? "and" : "but") \(words)"
  }

  /// What is wrong with the wheel as a package.
  public var packageErrors: [Finding] { findings.filter { $0.severity == .error && $0.rule.isOnPackage } }

  /// What came of the claims of the tags.
  private var claimWords: String {
    let own = (audit?.claims ?? []).filter(\.isOwn)
    let broken = own.count { !$0.isSatisfied }
    let claims = own.count == 1 ? "its claim" : "its claims"
    let all = audit?.claims ?? []
    if all.allSatisfy(\.isSatisfied) { return "keeps \(claims)\(refusal)" }
    if all.contains(where: \.isHeldToWarnings), all.allSatisfy({ $0.isSatisfied || $0.isHeldToWarnings }) {
      return "keeps \(claims), with warnings that are not allowed"
    }
    if broken == own.count { return "breaks \(claims)" }
    return broken == 0 ? "keeps \(claims), but not all targets" : "breaks \(broken) of its \(own.count) claims"
  }
}

extension WheelReport {
  /// What is to be said of claims that PyPI does not accept, behind the verdict; empty where it accepts all of them.
  public var refusal: String {
    let refused = findings.filter { $0.rule == .linuxTag || $0.rule == .refusedTag }.compactMap(\.tag?.spelling)
    guard !refused.isEmpty else { return "" }
    let count = audit?.claims.count(where: \.isOwn) ?? 0
    return count == 1
      ? ", which PyPI does not accept" : ", of which PyPI does not accept \(refused.joined(separator: ", "))"
  }
}

extension Audit {
  /// What a broken claim means for those who install the wheel; nil where none is broken by what it requires.
  public var consequence: String? {
    guard let claim = claims.first(where: { $0.isOwn && !$0.isSatisfied && $0.tag.libc == libc }),
      let promise = claim.promise, let promised = claim.tag.libcVersion
    else { return nil }
    let systems = "every \(architecture) Linux with \(promise)"
    if requirements.contains(where: { $0.floor == .noProfile }) {
      return "Installers offer it to \(systems), and no such system is sure to have all that it needs."
    }
    guard let floor = verdict.libcFloor?.series else { return nil }
    if let ceiling = verdict.libcCeiling {
      let loads = floor < ceiling ? "only on \(libc) \(floor) up to, not including, \(ceiling)" : "on no \(libc)"
      return "Installers offer it to \(systems). It loads \(loads)."
    }
    guard floor > promised else { return nil }
    return "Installers offer it to \(systems). It cannot be loaded where that is older than \(floor)."
  }
}

extension Rule {
  /// True for what is said of objects and files like them in a wheel without any that is judged.
  fileprivate var isOnObjects: Bool { self == .unjudgedObject || self == .notLoadable }
}
