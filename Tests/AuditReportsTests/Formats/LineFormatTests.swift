import AuditReports
import Foundation
import TestSupport
import Testing

@testable import WheelAudit

/// The formats in which every finding or every wheel is a line.
@Suite struct LineFormatTests {
  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test(arguments: Sample.oddNames) func `a concise report has one line for each finding`(name: String) throws {
    let wheels = Sample.oddWheels(name)
    let report = lines(ConciseReport().render(Sample.report(wheels)))
    let expected = wheels.flatMap { wheel in
      wheel.findings.map { finding in
        let place = printable(wheel.path) + (finding.object.map { ":" + printable($0) } ?? "")
        return "\(place): \(finding.severity)[\(finding.rule.rawValue)]: \(printable(finding.message))"
      }
    }
    #expect(report == expected + [""])
  }

  @Test func `a concise report says nothing of a wheel that has nothing`() throws {
    #expect(ConciseReport().render(Sample.report(try Sample.fixtures("honest"))) == "")
  }

  /// The schema of a line within that of the report.
  private func lineSchema(in folder: TemporaryFolder) throws -> URL {
    let schema = try JSONSerialization.jsonObject(with: Data(contentsOf: Schema.file)) as? [String: Any]
    let definitions = try #require(schema?["$defs"])
    let line = try JSONSerialization.data(withJSONObject: ["$ref": "#/$defs/line", "$defs": definitions])
    return URL(filePath: try folder.write([UInt8](line), to: "line.schema.json"))
  }

  @Test func `each line of JSON obeys its schema`() throws {
    let folder = try TemporaryFolder()
    let wheels = Sample.oddReport.wheels + (try Sample.allFixtures())
    let report = lines(try JSONLinesReport(Sample.basis).render(Sample.report(wheels)))
    #expect(report.count == wheels.count + 1 && report.last == "")
    #expect(try Schema.complaints(about: Array(report.dropLast()), against: try lineSchema(in: folder)) == "")
  }

  @Test func `lines one by one are the report, and its wheels are those of the JSON report`() throws {
    let wheels = try Sample.allFixtures()
    let report = Sample.report(wheels)
    let text = try JSONLinesReport(Sample.basis).render(report)
    #expect(try wheels.map { try JSONLinesReport(Sample.basis).take($0) }.joined() == text)
    let array = try JSONSerialization.jsonObject(with: Data("[\(lines(text).dropLast().joined(separator: ","))]".utf8))
    let whole = try JSONSerialization.jsonObject(with: Data(try JSONReport().render(report).utf8)) as? [String: Any]
    // What a line says of the run, and no more, is not in the wheel.
    let run: [String: Any] = [
      "schemaVersion": 1, "options": "fedcba9876543210",
      "tool": ["name": "truewheel", "version": "1.2.3", "data": "0123456789abcdef"],
    ]
    let expected = (whole?["wheels"] as? [[String: Any]])?.map { $0.merging(run) { $1 } }
    #expect(!wheels.isEmpty && array as? NSArray == expected as NSArray?)
  }
}
