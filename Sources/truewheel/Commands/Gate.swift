import ArgumentParser
import AuditReports
import AuditSettings
import WheelAudit

/// What the exit status says; the same for every format.
enum ExitStatus {
  /// At least one wheel breaks a claim, or has findings that are to fail the gate.
  static let violations = ExitCode(1)
  /// At least one wheel could not be audited, or the report could not be written, whatever else was found.
  static let unreadable = ExitCode(2)
}

/// Decides whether what is found fails the run, as it goes on.
///
/// What the baseline has is marked in the report.
struct Gate {
  private let threshold: Threshold
  private let hasBaseline: Bool
  private var use: BaselineUse?
  private(set) var isFailing = false
  /// How many findings the baseline has, and how many count that it has not.
  private var known = 0
  private var new = 0

  init(_ threshold: Threshold, _ baseline: Baseline?) {
    self.threshold = threshold
    hasBaseline = baseline != nil
    use = baseline.map { BaselineUse($0) }
  }

  /// True where what releases show matters.
  var needsReleases: Bool { threshold == .warning || hasBaseline }

  /// Takes what a run has come to.
  ///
  /// - Returns: what is to be said of it, a line each: what is not in the baseline.
  mutating func take(_ part: RunPart) -> [String] {
    switch part {
    case .wheel(let report): return take(report)
    case .release(let release): return take(release)
    case .passedOver(let audit):
      // What it says was found by the same options, so with the same baseline.
      let isCounting = audit.hasErrors || (threshold == .warning && audit.hasWarnings)
      if threshold != .never, isCounting || (!hasBaseline && audit.breaksClaims) { isFailing = true }
      return []
    }
  }

  private mutating func take(_ report: WheelReport) -> [String] {
    let counting = report.findings.filter { finding in
      let isSerious = finding.severity == .error || (finding.severity == .warning && threshold == .warning)
      return isSerious && !finding.isKnown
    }
    // A claim may be broken without an error of its own only where the baseline does not apply.
    let fails = !counting.isEmpty || (!hasBaseline && report.status == .violations)
    if fails, threshold != .never { isFailing = true }
    guard hasBaseline else { return [] }
    use?.take(report)
    known += report.findings.count { $0.severity != .note && $0.isKnown }
    new += counting.count
    return counting.map {
      remark(report.file, $0.severity, $0.rule, ($0.object.map { "\($0): " } ?? "") + $0.message)
    }
  }

  /// It breaks no claim, so only a gate for warnings counts it.
  private mutating func take(_ release: Release) -> [String] {
    let counting = threshold == .warning ? release.findings.filter { !$0.isKnown } : []
    if !counting.isEmpty { isFailing = true }
    guard hasBaseline else { return [] }
    use?.take(release)
    known += release.findings.count(where: \.isKnown)
    new += counting.count
    return counting.map { remark("\(release.name) \(release.version)", $0.severity, $0.rule, $0.message) }
  }

  private func remark(_ place: String, _ severity: Finding.Severity, _ rule: Rule, _ message: String) -> String {
    "\(printable(place)): \(severity.rawValue)[\(rule.rawValue)]: \(printable(message))"
  }

  /// What to say of the baseline at the end of a run that came to all wheels: how much of it there was, how much else, and
  /// what is not found any more.
  func remarks(isWhole: Bool) -> [String] {
    guard hasBaseline else { return [] }
    let gone = isWhole ? use?.gone ?? [] : []
    return ["\(counted(known, "finding")) in the baseline, \(new) new"]
      + gone.map { "no longer found, so it can leave the baseline: \(printable($0.description))" }
  }
}
