import AuditReports
import Foundation
import TestSupport
import Testing

@testable import WheelAudit

@Suite struct GitLabReportTests {
  private struct Entry: Decodable {
    struct Location: Decodable {
      let path: String
    }

    let description: String
    let checkName: String
    let fingerprint: String
    let severity: String
    let location: Location

    enum CodingKeys: String, CodingKey {
      case description, fingerprint, severity, location
      case checkName = "check_name"
    }
  }

  @Test func `every finding is an entry with the keys that GitLab requires`() throws {
    let report = try GitLabReport().render(Sample.oddReport)
    #expect(try Schema.complaints(about: report, against: Schema.file("gitlab.schema.json")) == "")
    let entries = try JSONDecoder().decode([Entry].self, from: Data(report.utf8))
    let findings = Sample.oddReport.wheels.flatMap { wheel in wheel.findings.map { (wheel, $0) } }
    #expect(entries.count == findings.count)
    let severities: [Finding.Severity: String] = [.error: "critical", .warning: "major", .note: "info"]
    for (entry, (wheel, finding)) in zip(entries, findings) {
      #expect(entry.checkName == finding.rule.rawValue)
      #expect(entry.severity == severities[finding.severity])
      #expect(entry.location.path == printable(wheel.path))
      #expect(entry.description.contains(printable(finding.message)))
      if let object = finding.object { #expect(entry.description.contains(printable(object))) }
    }
  }

  @Test func `no two findings of a run have one fingerprint`() throws {
    let report = try GitLabReport().render(Sample.report(try Sample.wheels(of: try Fixture.objects())))
    let entries = try JSONDecoder().decode([Entry].self, from: Data(report.utf8))
    #expect(entries.count > 10)
    #expect(Set(entries.map(\.fingerprint)).count == entries.count)
  }

  @Test(arguments: [("critical", "awful"), ("check_name", "checkName"), ("\"begin\" : 1", "\"begin\" : 0")])
  func `the schema refuses what GitLab does not read`(said: String, forged: String) throws {
    let report = try GitLabReport().render(Sample.report(try Sample.fixtures("overclaim")))
    let schema = Schema.file("gitlab.schema.json")
    #expect(try Schema.complaints(about: report.replacing(said, with: forged), against: schema) != "")
  }
}
