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

/// Decides whether what was found fails the run.
///
/// What the baseline has is marked in the report.
struct Gate {
  let threshold: Threshold
  let baseline: Baseline?

  /// The exit status; nil for success.
  func status(_ outcome: AuditSession.Outcome) -> ExitCode? {
    if outcome.isUnreadable { return ExitStatus.unreadable }
    let report = outcome.report
    let isFailing = report.wheels.contains(where: fails) || report.releases.contains { !counting($0).isEmpty }
    return isFailing ? ExitStatus.violations : nil
  }

  private func fails(_ report: WheelReport) -> Bool {
    switch threshold {
    case .never: false
    case .error, .warning:
      // A claim may be broken without an error of its own only where the baseline does not apply.
      !counting(report).isEmpty || (baseline == nil && report.status == .violations)
    }
  }

  /// The findings that fail the gate.
  private func counting(_ report: WheelReport) -> [Finding] {
    report.findings.filter { finding in
      let isSerious = finding.severity == .error || (finding.severity == .warning && threshold == .warning)
      return isSerious && !finding.isKnown
    }
  }

  /// What a release shows that fails the gate: it breaks no claim, so only a gate for warnings counts it.
  private func counting(_ release: Release) -> [ReleaseFinding] {
    threshold == .warning ? release.findings.filter { !$0.isKnown } : []
  }

  /// What to say of the baseline: what is new, and what is not found any more.
  func remarks(on report: AuditReport) -> [String] {
    guard let baseline else { return [] }
    let new =
      report.wheels.flatMap { wheel in
        counting(wheel).map {
          remark(wheel.file, $0.severity, $0.rule, ($0.object.map { "\($0): " } ?? "") + $0.message)
        }
      }
      + report.releases.flatMap { release in
        counting(release).map { remark("\(release.name) \(release.version)", $0.severity, $0.rule, $0.message) }
      }
    let known = report.wheels.reduce(0) { count, wheel in
      count + wheel.findings.count { $0.severity != .note && $0.isKnown }
    }
    let knownTogether = report.releases.reduce(0) { $0 + $1.findings.count(where: \.isKnown) }
    return ["\(counted(known + knownTogether, "finding")) in the baseline, \(new.count) new"] + new
      + baseline.gone(from: report.wheels, releases: report.releases).map {
        "no longer found, so it can leave the baseline: \(printable($0.description))"
      }
  }

  private func remark(_ place: String, _ severity: Finding.Severity, _ rule: Rule, _ message: String) -> String {
    "\(printable(place)): \(severity.rawValue)[\(rule.rawValue)]: \(printable(message))"
  }
}
