import Foundation
import Testing

@testable import AuditReports
@testable import WheelAudit

@Suite struct SARIFReportTests {
  /// What a reader of SARIF takes from a log.
  private struct Log: Decodable {
    struct Run: Decodable {
      let tool: Tool
      let results: [Result]
      let invocations: [Invocation]
    }
    struct Tool: Decodable { let driver: Driver }
    struct Driver: Decodable {
      let informationUri: String
      let rules: [Rule]
    }
    struct Rule: Decodable {
      let id: String
      let help: Text
      let helpUri: String
      let defaultConfiguration: Configuration
    }
    struct Configuration: Decodable { let level: String }
    struct Invocation: Decodable { let executionSuccessful: Bool }
    struct Text: Decodable { let text: String }
    struct Result: Decodable {
      let ruleId: String
      let ruleIndex: Int
      let level: String
      let message: Text
      let locations: [Location]
    }
    struct Location: Decodable {
      let physicalLocation: PhysicalLocation
      let logicalLocations: [LogicalLocation]?
    }
    struct PhysicalLocation: Decodable {
      let artifactLocation: ArtifactLocation
      let region: Region
    }
    struct Region: Decodable { let startLine: Int }
    struct ArtifactLocation: Decodable { let uri: String }
    struct LogicalLocation: Decodable {
      let kind: String
      let fullyQualifiedName: String
    }
    let runs: [Run]
  }

  private func run(_ report: AuditReport) throws -> Log.Run {
    let log = try JSONDecoder().decode(Log.self, from: Data(try SARIFReport().render(report).utf8))
    return try #require(log.runs.first)
  }

  private static let schema = Schema.file("sarif-schema-2.1.0.json")

  @Test func `reports obey the schema of SARIF`() throws {
    let wheels = try Sample.allFixtures()
    for report in [Sample.oddReport, Sample.report(wheels), Sample.report([])] {
      #expect(try Schema.complaints(about: try SARIFReport().render(report), against: Self.schema) == "")
    }
  }

  @Test(arguments: [("\"level\" : \"error\"", "\"level\" : \"bad\""), ("\"results\"", "\"findings\"")])
  func `the schema refuses what is no SARIF`(said: String, forged: String) throws {
    let report = try SARIFReport().render(Sample.report(try Sample.fixtures("overclaim")))
    #expect(try Schema.complaints(about: report.replacing(said, with: forged), against: Self.schema) != "")
  }

  @Test(arguments: Sample.oddNames) func `every finding is a result in its place`(name: String) throws {
    let wheels = Sample.oddWheels(name)
    let run = try run(Sample.report(wheels))
    let findings = wheels.flatMap { wheel in wheel.findings.map { (wheel, $0) } }
    #expect(run.results.count == findings.count)
    for (result, (wheel, finding)) in zip(run.results, findings) {
      #expect(result.ruleId == finding.rule.rawValue && run.tool.driver.rules[result.ruleIndex].id == result.ruleId)
      #expect(result.level == finding.severity.rawValue)
      let location = try #require(result.locations.first)
      #expect(location.physicalLocation.region.startLine == 1)
      let uri = location.physicalLocation.artifactLocation.uri
      #expect(!uri.contains(":") && uri.removingPercentEncoding == wheel.path)
      #expect(URL(string: uri, encodingInvalidCharacters: false)?.relativePath != nil)
      let object = finding.object.map { printable($0) }
      let symbol = finding.symbol.map { symbol in
        (object.map { $0 + "::" } ?? "") + printable(symbol) + printable(finding.version.map { "@" + $0 } ?? "")
      }
      let logical = location.logicalLocations ?? []
      #expect(logical.map(\.fullyQualifiedName) == [object, symbol].compactMap { $0 })
      #expect(logical.map(\.kind) == (object == nil ? [] : ["module"]) + (symbol == nil ? [] : ["function"]))
    }
  }

  /// What a viewer shows of a plain text message: braces in pairs are one, and those around a number a placeholder.
  private func shown(_ text: String) -> String {
    text.replacing("{{", with: "{").replacing("}}", with: "}")
  }

  @Test(arguments: Sample.oddNames) func `a name in a message is neither a placeholder nor a link`(name: String) throws
  {
    let findings = Sample.oddFindings(name)
    let wheel = WheelReport(path: "a.whl", status: .violations, audit: nil, findings: findings, ignoredRules: [])
    for (result, finding) in zip(try run(Sample.report([wheel])).results, findings) {
      let text = result.message.text
      #expect(!text.replacing("{{", with: "").replacing("}}", with: "").contains { "{}".contains($0) })
      #expect(!text.contains("]("))
      #expect(shown(text).contains(printable(finding.message).replacing("](", with: #"]\u{28}"#)))
    }
  }

  @Test func `an absolute path is a file URI, a relative one stays relative`() throws {
    func uri(_ path: String) throws -> String? {
      let finding = Finding(.mixedLibc, .error, "x")
      let wheel = WheelReport(path: path, status: .violations, audit: nil, findings: [finding], ignoredRules: [])
      return try run(Sample.report([wheel])).results.first?.locations.first?.physicalLocation.artifactLocation.uri
    }
    #expect(try uri("/dist/a b.whl") == "file:///dist/a%20b.whl")
    #expect(try uri("dist/ä+1.whl") == "dist/%C3%A4%2B1.whl")
    #expect(try uri("c:d/../x?#%.whl") == "c%3Ad/../x%3F%23%25.whl")
  }

  @Test func `the catalogue has every rule, with what to do and its level`() throws {
    let driver = try run(Sample.report([])).tool.driver
    #expect(driver.informationUri == "https://github.com/truewheel/truewheel")
    let rules = driver.rules
    #expect(rules.map(\.id) == Rule.allCases.map(\.rawValue))
    #expect(rules.map(\.defaultConfiguration.level) == Rule.allCases.map(\.definition.severity.rawValue))
    #expect(rules.map(\.helpUri) == Rule.allCases.map(\.url))
    #expect(rules.allSatisfy { !$0.help.text.isEmpty })
  }

  @Test func `a run with an unreadable wheel was no success`() throws {
    let readable = try Sample.fixtures("overclaim")
    #expect(try run(Sample.report(readable)).invocations.map(\.executionSuccessful) == [true])
    let wheels = readable + Sample.audit(["no-such-1.0-py3-none-any.whl"])
    #expect(try run(Sample.report(wheels)).invocations.map(\.executionSuccessful) == [false])
  }
}
