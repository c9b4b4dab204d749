public import WheelAudit
import WheelTags

/// The report for test result viewers: JUnit XML, as Jenkins, GitLab and most others read it.
///
/// A wheel is a test suite and each of its claims a test, so that a service shows which promise was broken since when.
/// What the baseline has fails no test, and is told beside them. A release whose wheels show something together is a suite
/// too, with a test that passes, since that breaks no claim.
public struct JUnitReport: Sendable {
  public init() {}

  public func render(_ report: AuditReport) -> String {
    let releases = report.releases.filter { !$0.findings.isEmpty }
    let suites = report.wheels.map { XMLElement($0) } + releases.map { XMLElement($0) }
    let root = XMLElement(
      "testsuites",
      [
        ("name", "truewheel"), ("tests", "\(report.wheels.map(\.tests).reduce(releases.count, +))"),
        ("failures", "\(report.wheels.map(\.failures).reduce(0, +))"),
        ("errors", "\(report.count(.unreadable))"),
      ], .elements(suites))
    return #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n" + root.lines(indent: 0).map { $0 + "\n" }.joined()
  }
}

extension WheelReport {
  private var claims: [Claim] { audit?.claims ?? [] }

  /// A wheel without claims that were judged has one test, which says why there are none.
  ///
  /// What is wrong with it as a package is a test besides.
  fileprivate var tests: Int { max(claims.count + (packageErrors.isEmpty ? 0 : 1), 1) }

  fileprivate var failures: Int { claims.count(where: fails) + (failsAsPackage ? 1 : 0) }

  private var failsAsPackage: Bool { packageErrors.contains { !$0.isKnown } }

  /// Tests that say nothing: of a wheel without objects, and of tags of other systems.
  fileprivate var skipped: Int { status == .skipped ? 1 : claims.count { !$0.isJudged } }

  private func fails(_ claim: Claim) -> Bool { claim.isJudged && !claim.isSatisfied && !isKnown(claim) }

  fileprivate var cases: [XMLElement] {
    switch status {
    case .clean, .violations: claims.map(testCase) + (packageErrors.isEmpty ? [] : [packageCase])
    case .unreadable: [testCase("audit", XMLElement(outcome: "error", errors, otherwise: "it could not be audited"))]
    case .skipped:
      [testCase("audit", XMLElement("skipped", [("message", "it has no ELF object that could be judged")]))]
    }
  }

  private func testCase(_ claim: Claim) -> XMLElement {
    guard claim.isJudged else {
      return testCase(claim.tag.spelling, XMLElement("skipped", [("message", "it is no tag of Linux")]))
    }
    guard fails(claim) else { return testCase(claim.tag.spelling, nil) }
    let new = errors(breaking: claim).filter { !$0.isKnown }
    return testCase(claim.tag.spelling, XMLElement(outcome: "failure", new, otherwise: "the claim is broken"))
  }

  private var packageCase: XMLElement {
    let new = packageErrors.filter { !$0.isKnown }
    let outcome = new.isEmpty ? nil : XMLElement(outcome: "failure", new, otherwise: "the package is wrong")
    return testCase("package", outcome)
  }

  private func testCase(_ name: String, _ outcome: XMLElement?) -> XMLElement {
    XMLElement("testcase", [("name", name), ("classname", file)], .elements(outcome.map { [$0] } ?? []))
  }

  private var errors: [Finding] { findings.filter { $0.severity == .error } }

  /// What is worth knowing and fails no test.
  fileprivate var remarks: [XMLElement] {
    let remarks = findings.filter { $0.severity != .error || $0.isKnown }
    guard !remarks.isEmpty else { return [] }
    return [XMLElement("system-out", [], .lines(remarks.map(\.line)))]
  }
}

extension Finding {
  fileprivate var line: String {
    "\(severity.rawValue)[\(rule.rawValue)]: \(placedMessage)\(isKnown ? " (in the baseline)" : "")"
  }
}

extension XMLElement {
  /// The test suite of a wheel.
  fileprivate init(_ wheel: WheelReport) {
    self.init(
      "testsuite",
      [
        ("name", wheel.path), ("tests", "\(wheel.tests)"), ("failures", "\(wheel.failures)"),
        ("errors", wheel.status == .unreadable ? "1" : "0"), ("skipped", "\(wheel.skipped)"),
      ], .elements(wheel.cases + wheel.remarks))
  }

  /// The test suite of a release.
  fileprivate init(_ release: Release) {
    let name = "\(release.name) \(release.version)"
    let remarks = release.findings.map { finding in
      "\(finding.severity.rawValue)[\(finding.rule.rawValue)]: \(printable(finding.message))"
        + (finding.isKnown ? " (in the baseline)" : "")
    }
    self.init(
      "testsuite", [("name", name), ("tests", "1"), ("failures", "0"), ("errors", "0"), ("skipped", "0")],
      .elements([
        XMLElement("testcase", [("name", "release"), ("classname", name)]),
        XMLElement("system-out", [], .lines(remarks)),
      ]))
  }

  /// Why a test was not passed: the first finding in its message, all of them and what to do in its text.
  fileprivate init(outcome: String, _ findings: [Finding], otherwise: String) {
    let rest = findings.count > 1 ? " (and \(findings.count - 1) more)" : ""
    let message = (findings.first?.placedMessage ?? otherwise) + rest
    let help = findings.compactMap(\.help).firstOccurrences()
    let type = Set(findings.map(\.rule.rawValue)).sorted().joined(separator: ",")
    self.init(
      outcome, [("message", message), ("type", type)],
      .lines(findings.map(\.line) + help.map { "What to do: \($0)" }))
  }
}
