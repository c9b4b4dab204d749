import AuditReports
import Foundation
import TestSupport
import Testing
import WheelAudit

/// What only the wheels of a release together show, in every form.
@Suite struct ReleaseFindingTests {
  private typealias Form = @Sendable (AuditReport) throws -> String

  private static let text: (String, Form) = (
    "text", { TextReport(TextStyle(isColored: false, detail: .problems)).render($0) }
  )

  /// Those that name the rule too.
  private static let forms: [(String, Form)] = [
    ("markdown", { MarkdownReport().render($0) }), ("html", { HTMLReport().render($0) }),
    ("json", { try JSONReport().render($0) }), ("sarif", { try SARIFReport().render($0) }),
    ("junit", { JUnitReport().render($0) }), ("github", { GitHubReport().render($0) }),
    ("gitlab", { try GitLabReport().render($0) }), ("concise", { ConciseReport().render($0) }),
  ]

  private static let message = "builds need different versions of glibc on "

  @Test(arguments: [text] + forms) func `builds that need different systems are told of`(
    name: String, render: @Sendable (AuditReport) throws -> String
  ) throws {
    let differing = try Sample.release("baseline.abi3.so", "modern.abi3.so")
    #expect(try render(Sample.report(differing)).contains(Self.message))
    #expect(try !render(Sample.report(try Sample.release("modern.abi3.so", "modern.abi3.so"))).contains(Self.message))
    #expect(try !render(Sample.report(Array(differing.prefix(1)))).contains(Self.message))
  }

  @Test(arguments: forms) func `the rule is named, so that it can be ignored`(
    name: String, render: @Sendable (AuditReport) throws -> String
  ) throws {
    let wheels = try Sample.release("baseline.abi3.so", "modern.abi3.so")
    let told = try render(Sample.report(wheels))
    // SARIF lists every rule, whether it found anything or not.
    let rule = name == "sarif" ? "\"ruleId\" : \"release-floor\"" : "release-floor"
    #expect(told.contains(rule) && told.contains("release-object"))
    var options = Auditor.Options()
    options.ignoredRules = [.releaseFloor]
    let report = AuditReport(toolVersion: "1.2.3", wheels: wheels, options: options)
    #expect(report.releases.map(\.ignoredRules) == [[.releaseFloor]])
    let rest = try render(report)
    #expect(!rest.contains(rule) && !rest.contains(Self.message) && rest.contains("release-object"))
  }

  @Test func `a line of JSON is a wheel, and knows no releases`() throws {
    let report = Sample.report(try Sample.release("baseline.abi3.so", "modern.abi3.so"))
    #expect(try !JSONLinesReport(Sample.basis).render(report).contains(Self.message))
  }

  @Test func `a rule is ignored where it is for every wheel of the release`() throws {
    let wheels = try Sample.release("baseline.abi3.so", "modern.abi3.so")
    func ignored(_ patterns: String...) -> [[Rule]] {
      var section = Auditor.Options()
      section.ignoredRules = [.releaseFloor]
      var options = Auditor.Options()
      options.sections = patterns.map { .init(pattern: $0, options: section) }
      return AuditReport(toolVersion: "1", wheels: wheels, options: options).releases.map(\.ignoredRules)
    }
    #expect(ignored("demo-*-cp311-*") == [[]])
    #expect(ignored("demo-*-cp311-*", "demo-*-cp312-*") == [[.releaseFloor]])
    #expect(ignored("demo-*") == [[.releaseFloor]])
  }

  @Test func `a line stands at the first wheel that it is about, and a result at all of them`() throws {
    struct Log: Decodable {
      struct Run: Decodable { let results: [Result] }
      struct Result: Decodable {
        let ruleId: String
        let locations: [Location]
        let partialFingerprints: [String: String]
      }
      struct Location: Decodable { let physicalLocation: PhysicalLocation }
      struct PhysicalLocation: Decodable { let artifactLocation: ArtifactLocation }
      struct ArtifactLocation: Decodable { let uri: String }
      let runs: [Run]
    }
    let wheels = try Sample.release("baseline.abi3.so", "modern.abi3.so")
    let report = Sample.report(wheels)
    let lines = ConciseReport().render(report).split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("\(wheels[0].path): warning[release-floor]: \(Self.message)") })
    let log = try JSONDecoder().decode(Log.self, from: Data(try SARIFReport().render(report).utf8))
    let result = try #require(log.runs.first?.results.first { $0.ruleId == "release-floor" })
    #expect(result.locations.map(\.physicalLocation.artifactLocation.uri) == wheels.map(\.path))
    // FNV-1a of demo-1.0, release-floor, five times nothing, glibc, x86_64, nothing.
    #expect(result.partialFingerprints["truewheel/v1"] == "9a5dae912246abcd79592276e24665f2")
  }

  @Test func `the schemas know them`() throws {
    let report = Sample.report(try Sample.release("baseline.abi3.so", "modern.abi3.so"))
    #expect(try Schema.complaints(about: JSONReport().render(report)) == "")
    for (text, schema) in [
      (try SARIFReport().render(report), "sarif-schema-2.1.0.json"),
      (try GitLabReport().render(report), "gitlab.schema.json"),
    ] {
      #expect(try Schema.complaints(about: text, against: Schema.file(schema)) == "")
    }
  }
}
