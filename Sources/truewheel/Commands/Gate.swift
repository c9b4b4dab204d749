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
struct Gate {
  let threshold: Threshold
  let baseline: Baseline?

  /// The exit status; nil for success.
  func status(_ outcome: AuditSession.Outcome) -> ExitCode? {
    if outcome.isUnreadable { return ExitStatus.unreadable }
    return outcome.reports.contains(where: fails) ? ExitStatus.violations : nil
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
      return isSerious && !(baseline?.has(finding, in: report) ?? false)
    }
  }

  /// What to say of the baseline: what is new, and what is not found any more.
  func remarks(on reports: [WheelReport]) -> [String] {
    guard let baseline else { return [] }
    let new = reports.flatMap { report in
      counting(report).map {
        "\(printable(report.file)): \($0.severity.rawValue)[\($0.rule.rawValue)]: "
          + ($0.object.map { "\(printable($0)): " } ?? "") + printable($0.message)
      }
    }
    let known = reports.reduce(0) { count, report in
      count + report.findings.count { $0.severity != .note && baseline.has($0, in: report) }
    }
    return ["\(counted(known, "finding")) in the baseline, \(new.count) new"] + new
      + baseline.gone(from: reports).map {
        "no longer found, so it can leave the baseline: \(printable($0.description))"
      }
  }
}
