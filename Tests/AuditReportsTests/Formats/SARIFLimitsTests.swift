import Foundation
import TestSupport
import Testing

@testable import AuditReports
@testable import WheelAudit

/// What GitHub documents of the SARIF files that it takes.
@Suite struct SARIFLimitsTests {
  private struct Log: Decodable {
    struct Run: Decodable {
      let tool: Tool
      let results: [Result]
      let invocations: [Invocation]
    }
    struct Tool: Decodable { let driver: Driver }
    struct Driver: Decodable { let rules: [Rule] }
    struct Rule: Decodable {
      let id: String
      let shortDescription: Text
      let fullDescription: Text
      let properties: Properties?
    }
    struct Properties: Decodable { let tags: [String]? }
    struct Text: Decodable { let text: String }
    struct Result: Decodable {
      let level: String
      let message: Text
      let locations: [Location]
    }
    struct Location: Decodable {}
    struct Invocation: Decodable { let toolExecutionNotifications: [Notification]? }
    struct Notification: Decodable {
      let level: String
      let message: Text
    }
    let runs: [Run]
  }

  private func runs(_ report: AuditReport, _ limits: SARIFLimits = SARIFLimits()) throws -> [Log.Run] {
    try JSONDecoder().decode(Log.self, from: Data(try SARIFReport(limits).render(report).utf8)).runs
  }

  private func wheel(_ findings: [Finding], path: String = "a.whl") -> WheelReport {
    WheelReport(path: path, status: .violations, audit: nil, findings: findings, ignoredRules: [])
  }

  @Test func `the limits are those that are documented`() {
    let limits = SARIFLimits()
    #expect(limits.results == 25_000 && limits.locations == 1000 && SARIFLimits.runs == 20)
    #expect(SARIFLimits.rules == 25_000 && SARIFLimits.tags == 20 && SARIFLimits.size == 10_000_000)
  }

  @Test func `a log has few runs and rules, and its rules say little enough`() throws {
    let runs = try runs(Sample.report(try Sample.allFixtures()))
    #expect(!runs.isEmpty && runs.count <= SARIFLimits.runs)
    for run in runs {
      #expect(run.invocations.allSatisfy { $0.toolExecutionNotifications == nil })
      #expect(!run.tool.driver.rules.isEmpty && run.tool.driver.rules.count <= SARIFLimits.rules)
      for rule in run.tool.driver.rules {
        for text in [rule.shortDescription, rule.fullDescription] {
          #expect(!text.text.isEmpty && text.text.utf16.count <= SARIFLimits.description, "\(rule.id)")
        }
        #expect((rule.properties?.tags ?? []).count <= SARIFLimits.tags)
      }
    }
  }

  @Test func `of more results than a run may have the worst are kept, and the log says how many are left out`() throws {
    let findings = (0..<40).map { number in
      Finding(.externalLibrary, Finding.Severity.allCases[number % 3], "number \(number)", library: "\(number)")
    }
    let errors = findings.filter { $0.severity == .error }.count
    for (limit, omitted) in [(40, 0), (39, 1), (20, 20), (1, 39)] {
      let run = try #require(try runs(Sample.report([wheel(findings)]), SARIFLimits(results: limit)).first)
      #expect(run.results.count == limit)
      #expect(run.results.count { $0.level == "error" } == min(errors, limit))
      // They stay in their order.
      let numbers = run.results.compactMap { Int($0.message.text.drop { !$0.isNumber }) }
      #expect(numbers.count == limit && numbers == numbers.sorted())
      let notifications = run.invocations.flatMap { $0.toolExecutionNotifications ?? [] }
      #expect(notifications.map(\.level) == (omitted == 0 ? [] : ["warning"]))
      #expect(
        notifications.allSatisfy { $0.message.text.hasPrefix("\(omitted) of 40 findings, the mildest, are left out") })
    }
  }

  @Test func `of more locations than a result may have the first are kept, and the log says so`() throws {
    let wheels = try Sample.release("baseline.abi3.so", "modern.abi3.so")
    for limit in [2, 1] {
      let run = try #require(try runs(Sample.report(wheels), SARIFLimits(locations: limit)).first)
      #expect(run.results.map(\.locations.count).max() == limit)
      let notifications = run.invocations.flatMap { $0.toolExecutionNotifications ?? [] }
      #expect(notifications.map(\.message.text).contains { $0.contains("with more than 1 locations") } == (limit == 1))
    }
  }

  /// Bytes of a text, compressed with gzip.
  private func compressed(_ text: String) throws -> Int {
    let folder = try TemporaryFolder()
    let file = try folder.write(Array(text.utf8), to: "log.sarif")
    let script = "import gzip, sys; print(len(gzip.compress(open(sys.argv[1], 'rb').read())))"
    let result = try Program.run("/usr/bin/python3", ["-c", script, file])
    return try #require(Int(result.output.trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  /// Names of letters by chance, of which a compressor makes least: each of one length.
  @Test(arguments: [30, 300, 40_000]) func `a log is never too large for an upload`(length: Int) throws {
    // A tenth of everything, to be done in a second.
    let limits = SARIFLimits(results: 2500, text: 1_200_000)
    var random = SystemRandomNumberGenerator()
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_".utf8)
    func name() -> String {
      String(decoding: (0..<length).map { _ in letters.randomElement(using: &random) ?? 0 }, as: UTF8.self)
    }
    let count = min(2600, 2_000_000 / length)
    let findings = (0..<count).map { _ in
      let (object, symbol) = (name(), name())
      return Finding(
        .symbolVersion, .error, "\(symbol)@GLIBC_2.34 of libc.so.6 needs glibc 2.34 or newer", help: "build it anew",
        object: object, library: "libc.so.6", symbol: symbol, version: "GLIBC_2.34")
    }
    let text = try SARIFReport(limits).render(Sample.report([wheel(findings)]))
    #expect(try compressed(text) < SARIFLimits.size / 10)
    // As much as can be is kept.
    let kept = try #require(try JSONDecoder().decode(Log.self, from: Data(text.utf8)).runs.first).results.count
    #expect(kept > 0 && kept < count)
    #expect(length > 30 || kept == 2500)
  }

  @Test func `a log with notifications obeys the schema`() throws {
    let report = Sample.report(try Sample.release("baseline.abi3.so", "modern.abi3.so"))
    let text = try SARIFReport(SARIFLimits(results: 1, locations: 1)).render(report)
    #expect(text.contains("toolExecutionNotifications"))
    #expect(try Schema.complaints(about: text, against: Schema.file("sarif-schema-2.1.0.json")) == "")
  }
}
