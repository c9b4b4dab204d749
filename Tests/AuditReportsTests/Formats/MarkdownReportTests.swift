import Foundation
import TestSupport
import Testing

@testable import AuditReports
@testable import WheelAudit

@Suite struct MarkdownReportTests {
  /// What a reader of Markdown finds in a document.
  private struct Reading: Decodable {
    let kinds: Set<String>
    let tables: [[[String]]]
    let lists: [String]
    let headings: [String]

    init(_ document: String) throws {
      let folder = try TemporaryFolder()
      let file = try folder.write(Array(document.utf8), to: "report.md")
      let result = try Program.run("/usr/bin/python3", [Schema.file("markdown.py").path, file])
      try #require(result.status != 3, "no reader: install the Debian package python3-markdown-it, or run 'make test'")
      try #require(result.status == 0, "the reader failed: \(result.errors)")
      self = try JSONDecoder().decode(Reading.self, from: Data(result.output.utf8))
    }
  }

  /// What reports are made of; no HTML, no link, no image, no emphasis but the strong one of verdicts.
  private static let kinds: Set<String> = Set(
    ["heading", "paragraph", "table", "thead", "tbody", "tr", "th", "td", "bullet_list", "list_item", "strong"]
      .flatMap { ["\($0)_open", "\($0)_close"] } + ["inline", "text", "code_inline"])

  /// As a reader gets a text: in one line, without spaces at its ends.
  private func shown(_ text: String) -> String {
    printable(text).trimmingCharacters(in: .whitespaces)
  }

  /// The same in a table: a pipe behind a backslash is shown by its number.
  private func cell(_ text: String) -> String {
    shown(text).replacing(#"\|"#, with: #"\\u{7c}"#)
  }

  private func symbol(_ finding: Finding) -> String {
    let version = finding.version.map { finding.symbol == nil ? $0 : "@\($0)" } ?? ""
    return cell((finding.symbol ?? "") + version)
  }

  @Test func `every name comes out as it is, and none as Markdown or HTML`() throws {
    let reading = try Reading(MarkdownReport().render(Sample.oddReport))
    #expect(reading.kinds == Self.kinds)
    let wheels = Sample.oddReport.wheels
    #expect(reading.tables.first?.dropFirst().map(\.first) == wheels.map { cell($0.file) })
    let listed = wheels.filter { $0.findings.contains { $0.severity != .note } }
    #expect(reading.headings.dropFirst() == listed.map { shown($0.file) }[...])
    #expect(reading.tables.count == listed.count + 1)
    for (table, wheel) in zip(reading.tables.dropFirst(), listed) {
      let expected = wheel.findings.map { finding in
        [
          finding.severity.rawValue, finding.rule.rawValue, cell(finding.object ?? ""), symbol(finding),
          cell(finding.message),
        ]
      }
      #expect(Array(table.dropFirst()) == expected)
    }
    let help = listed.flatMap { wheel in wheel.findings.compactMap(\.help).filter { !$0.isEmpty }.map(shown) }
    #expect(reading.lists.filter { !$0.isEmpty } == help)
  }

  @Test func `a report of real wheels is read as it is meant`() throws {
    let wheels = try Sample.allFixtures()
    let reading = try Reading(MarkdownReport().render(Sample.report(wheels)))
    #expect(reading.kinds == Self.kinds)
    #expect(reading.tables.first?.dropFirst().map(\.first) == wheels.map(\.file))
    let minimal = wheels.map { $0.audit?.verdict.minimalTag.spelling ?? "" }
    #expect(reading.tables.first?.dropFirst().map { $0[2] } == minimal)
  }

  @Test func `what is a plain word stays one, and names become code`() {
    let sentence = "exp@GLIBC_2.29 of libm.so.6 (or 'a.so') needs glibc 2.29: see https://example.org, or ask."
    let expected = "`exp@GLIBC_2.29` of libm.so.6 (or 'a.so') needs glibc 2.29: see `https://example.org`, or ask."
    #expect(markdownSentence(sentence) == expected)
  }

  @Test func `a wheel with many findings lists the first`() throws {
    let findings = (1...1000).map { Finding(.symbolVersion, .error, "number \($0)", object: "a.so") }
    let wheel = WheelReport(path: "a.whl", status: .violations, audit: nil, findings: findings, ignoredRules: [])
    let report = MarkdownReport().render(Sample.report([wheel]))
    #expect(try Reading(report).tables.last?.count == MarkdownReport.limit + 1)
    #expect(report.contains("950 more findings"))
  }

  @Test func `a clean run is a table and nothing else`() throws {
    let reading = try Reading(MarkdownReport().render(Sample.report(try Sample.fixtures("honest"))))
    #expect(reading.tables.count == 1 && reading.headings == ["Truewheel: 1 wheel, 1 clean"])
  }
}
