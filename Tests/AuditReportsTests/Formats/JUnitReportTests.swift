import AuditReports
import Foundation
import FoundationXML
import TestSupport
import Testing
import WheelTags

@testable import WheelAudit

@Suite struct JUnitReportTests {
  /// What xmllint says of a document against a schema; empty when it is valid.
  private func complaints(about document: String) throws -> String {
    let folder = try TemporaryFolder()
    let file = try folder.write(Array(document.utf8), to: "report.xml")
    let program = "/usr/bin/xmllint"
    try #require(
      FileManager.default.isExecutableFile(atPath: program), "install the Debian package libxml2-utils, or 'make test'")
    let result = try Program.run(program, ["--noout", "--schema", Schema.file("junit.xsd").path, file])
    return result.status == 0 ? "" : result.errors
  }

  private func elements(_ path: String, in report: String) throws -> [XMLElement] {
    try XMLDocument(data: Data(report.utf8)).nodes(forXPath: path).compactMap { $0 as? XMLElement }
  }

  private func attributes(_ name: String, of path: String, in report: String) throws -> [String] {
    try elements(path, in: report).map { try #require($0.attribute(forName: name)?.stringValue) }
  }

  /// As a reader of XML gets a name.
  private func shown(_ name: String) -> String {
    printable(name).replacing("\u{fffe}", with: "\\u{fffe}").replacing("\u{ffff}", with: "\\u{ffff}")
  }

  @Test func `reports are valid`() throws {
    let release = try Sample.release("baseline.abi3.so", "modern.abi3.so")
    for report in [
      Sample.oddReport, Sample.report(try Sample.allFixtures()), Sample.report([]), Sample.report(release),
    ] {
      #expect(try complaints(about: JUnitReport().render(report)) == "")
    }
  }

  @Test(arguments: [
    (" name=\"truewheel\"", " nom=\"truewheel\""), ("<failure", "<failed"), ("&lt;", "<"), ("1", "one"),
  ])
  func `the validator refuses what is no JUnit XML`(said: String, forged: String) throws {
    let report = JUnitReport().render(Sample.report(Sample.oddWheels("<")))
    #expect(try complaints(about: report) == "")
    #expect(try complaints(about: report.replacing(said, with: forged)) != "")
  }

  @Test(arguments: Sample.oddNames) func `every claim is a test, and every name comes back`(name: String) throws {
    let wheels = Sample.oddWheels(name)
    let report = JUnitReport().render(Sample.report(wheels))
    #expect(try attributes("name", of: "//testsuite", in: report) == wheels.map { shown($0.path) })
    let claims = wheels.flatMap { $0.audit?.claims.map { shown($0.tag.spelling) } ?? ["audit"] }
    #expect(try attributes("name", of: "//testcase", in: report) == claims)
    let failures = try elements("//failure", in: report).compactMap(\.stringValue)
    #expect(failures.contains { $0.contains(shown("about \(name) all")) && $0.contains(shown("mend \(name) now")) })
    let errors = try attributes("message", of: "//error", in: report)
    #expect(errors == [shown("cannot read '\(name)'")])
    #expect(try elements("//skipped", in: report).count == 1)
    let remarks = try elements("//system-out", in: report).compactMap(\.stringValue).joined()
    #expect(remarks.contains(shown("no symbol in \(name)")))
  }

  @Test func `the sums are those of the tests`() throws {
    let release = try Sample.release("baseline.abi3.so", "modern.abi3.so")
    let wheels = Sample.oddReport.wheels + (try Sample.allFixtures()) + release
    let report = JUnitReport().render(Sample.report(wheels))
    for (sum, path) in [("tests", "testcase"), ("failures", "testcase/failure"), ("errors", "testcase/error")] {
      let whole = try #require(try elements("/testsuites", in: report).first)
      #expect(whole.attribute(forName: sum)?.stringValue == "\(try elements("//\(path)", in: report).count)")
      for suite in try elements("/testsuites/testsuite", in: report) {
        #expect(suite.attribute(forName: sum)?.stringValue == "\(try suite.nodes(forXPath: path).count)")
      }
    }
  }

  @Test func `a claim fails with its own errors, and those of the same promise under another name`() throws {
    let tags = ["manylinux_2_17_x86_64", "manylinux2014_x86_64", "manylinux_2_28_x86_64", "linux_x86_64"]
    let base = try #require(Sample.fixtures("overclaim").first?.audit)
    let audit = Audit(
      architecture: base.architecture, libc: base.libc, verdict: base.verdict,
      claims: tags.map { Claim(tag: PlatformTag($0), isOwn: true, isSatisfied: $0 == "linux_x86_64") },
      requirements: [], objects: [], graph: base.graph, profiles: base.profiles, reach: base.reach)
    let findings = [
      Finding(.symbolVersion, .error, "old", tag: PlatformTag(tags[0])),
      Finding(.symbolVersion, .error, "newer", tag: PlatformTag(tags[2])), Finding(.executableStack, .error, "any"),
    ]
    let wheel = WheelReport(path: "a.whl", status: .violations, audit: audit, findings: findings, ignoredRules: [])
    let report = JUnitReport().render(Sample.report([wheel]))
    let texts = try elements("//testcase", in: report).map { test in
      ["old", "newer", "any"].filter { (test.stringValue ?? "").contains(": \($0)") }
    }
    #expect(texts == [["old", "any"], ["old", "any"], ["newer", "any"], []])
  }
}
