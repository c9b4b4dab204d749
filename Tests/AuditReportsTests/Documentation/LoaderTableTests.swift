import BuildProfiles
import Foundation
import TestSupport
import Testing

@testable import AuditReports
@testable import WheelAudit

/// `docs/loader.md` has every reason once, and what it says of them is so.
@Suite struct LoaderTableTests {
  private static func explainer() throws -> Explainer {
    try Explainer(Facts(), date: try #require(Sample.date))
  }

  private static let counts: KeyValuePairs = [
    "K": 11, "G": 23, "D": 17, "A": 5, "V": 9, "R": 18, "P": 4, "M": 20, "C": 6, "X": 3,
  ]

  @Test func `every reason has a row, in order`() {
    let ids = Self.counts.flatMap { letter, count in (1...count).map { "\(letter)\($0)" } }
    #expect(ids.count == 116)
    #expect(LoaderRow.all.map(\.id) == ids)
  }

  @Test(arguments: LoaderRow.all) func `a row says what is judged and where that is tested, or why it is not`(
    row: LoaderRow
  ) {
    #expect(!row.what.isEmpty && row.fields["Says"] != nil && row.fields["Refused by"] != nil)
    let judged = row.fields["Judged"]
    if let reason = row.fields["Not judged"] {
      #expect(reason.count > 20)
      #expect(judged == nil && row.fields["Test"] == nil)
    } else {
      #expect(!row.rules.isEmpty && !row.suites.isEmpty)
      #expect(row.fields["Tried"]?.isEmpty == false)
      #expect(judged?.contains(/no libc|below|from glibc|warning|note|error|as [DGKMV]\d|as a needed/) == true)
    }
    #expect(
      row.fields.keys.allSatisfy { ["Says", "Refused by", "Judged", "Not judged", "Test", "Tried"].contains($0) })
  }

  @Test(arguments: LoaderRow.all) func `its rules exist`(row: LoaderRow) {
    #expect(row.rules.allSatisfy { Rule(rawValue: $0) != nil }, "\(row.rules)")
    #expect(row.demands.allSatisfy { LoadingDemand(rawValue: $0) != nil }, "\(row.demands)")
    #expect(row.demands.isEmpty || row.rules.contains(Rule.notLoadable.rawValue))
  }

  @Test func `everything that not-loadable calls by a name has a row`() {
    let named = Set(LoaderRow.all.flatMap(\.demands))
    #expect(named == Set(LoadingDemand.allCases.map(\.rawValue)))
  }

  private static let suites: Set<String> = {
    let folder = Fixture.project.appending(path: "Tests")
    let paths = (FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? [])
    return Set(
      paths.filter { $0.hasSuffix("Tests.swift") }.map { String($0.split(separator: "/").last?.dropLast(6) ?? "") })
  }()

  @Test(arguments: LoaderRow.all) func `its tests exist`(row: LoaderRow) {
    for suite in row.suites { #expect(Self.suites.contains(suite), "\(suite)") }
  }

  /// What a user pastes leads to the row, and to the rules that judge it.
  @Test(arguments: LoaderRow.all.filter { !$0.messages.isEmpty }) func `its messages are explained`(row: LoaderRow)
    throws
  {
    let explainer = try Self.explainer()
    var found: Set<String> = []
    for message in row.messages where message.contains(" ") {
      let said = try #require(SaidMessage(message), "\(message)")
      #expect(said.message.rows.contains(row.id), "\(message)")
      found.formUnion(try explainer.causes(of: said).compactMap { $0.rule?.rawValue })
      let text = try #require(try explainer.explanation(ofMessagesIn: message))
      let line = text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
      #expect(line.contains(try Regex("loader.md#.*\\b\(row.id)\\b")), "\(text)")
    }
    #expect(found.isEmpty || row.rules.isEmpty || !found.isDisjoint(with: row.rules), "\(found)")
  }

  @Test func `every message that is known is one of a row that is there`() {
    let ids = Set(LoaderRow.all.map(\.id))
    #expect(LoaderMessage.all.count > 60)
    for message in LoaderMessage.all {
      #expect(!message.rows.isEmpty && ids.isSuperset(of: message.rows) && !message.causes.isEmpty, "\(message.rows)")
    }
  }

  /// Where a verdict and a loader differ, the reason is a row, or has none (`-`).
  @Test func `the differences that the laboratory knows are of rows that are there`() throws {
    let file = Fixture.project.appending(path: "Tests/Lab/differences.tsv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
    #expect(!lines.isEmpty)
    let ids = Set(LoaderRow.all.map(\.id))
    for line in lines {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      try #require(cells.count == 5, "\(line)")
      for row in cells[3].split(separator: ",").map({ $0.trimmingCharacters(in: .whitespaces) }) {
        #expect(row == "-" || ids.contains(row), "\(row)")
      }
    }
  }
}
