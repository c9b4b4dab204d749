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

  /// The schema of a wheel within that of the report.
  private func wheelSchema(in folder: TemporaryFolder) throws -> URL {
    let schema = try JSONSerialization.jsonObject(with: Data(contentsOf: Schema.file)) as? [String: Any]
    let definitions = try #require(schema?["$defs"])
    let wheel = try JSONSerialization.data(withJSONObject: ["$ref": "#/$defs/wheel", "$defs": definitions])
    return URL(filePath: try folder.write([UInt8](wheel), to: "wheel.schema.json"))
  }

  @Test func `each line of JSON obeys the schema of a wheel`() throws {
    let folder = try TemporaryFolder()
    let wheels = Sample.oddReport.wheels + (try Sample.allFixtures())
    let report = lines(try JSONLinesReport().render(Sample.report(wheels)))
    #expect(report.count == wheels.count + 1 && report.last == "")
    #expect(try Schema.complaints(about: Array(report.dropLast()), against: try wheelSchema(in: folder)) == "")
  }

  @Test func `lines one by one are the report, and its wheels are those of the JSON report`() throws {
    let wheels = try Sample.allFixtures()
    let report = Sample.report(wheels)
    let text = try JSONLinesReport().render(report)
    #expect(try wheels.map { try JSONLinesReport().line($0) }.joined() == text)
    let array = try JSONSerialization.jsonObject(with: Data("[\(lines(text).dropLast().joined(separator: ","))]".utf8))
    let whole = try JSONSerialization.jsonObject(with: Data(try JSONReport().render(report).utf8)) as? [String: Any]
    #expect(array as? NSArray == whole?["wheels"] as? NSArray)
  }
}
