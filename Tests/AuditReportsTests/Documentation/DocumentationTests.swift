import Foundation
import TestSupport
import Testing
import WheelAudit

/// What is said of the rules outside of the program comes from their definitions; `make generate` writes it.
@Suite struct DocumentationTests {
  private static let folder = Fixture.project.appending(path: "docs/rules")

  private func expect(_ text: String, in file: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try Snapshot.expect(
      text, in: Fixture.project.appending(path: file), writtenBy: "make generate", sourceLocation: sourceLocation)
  }

  /// A file of the project, with what an expression finds in it replaced.
  private func replacing(_ place: some RegexComponent, in file: String, with text: String) throws -> String {
    let whole = try String(contentsOf: Fixture.project.appending(path: file), encoding: .utf8)
    try #require(whole.firstMatch(of: place) != nil, "\(file) has no place for it")
    return whole.replacing(place, with: text)
  }

  @Test(arguments: Rule.allCases) func `every rule has a page that is current`(rule: Rule) throws {
    try expect(try RulePage.text(rule), in: "docs/rules/\(rule.rawValue).md")
  }

  @Test func `the pages have an index, and each is of a rule`() throws {
    try expect(RulePage.index, in: "docs/rules/README.md")
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(files) == Set(Rule.allCases.map { "\($0.rawValue).md" } + ["README.md"]))
  }

  @Test func `the README lists every rule`() throws {
    let table = "<!-- rules -->\n\(RulePage.table(in: "docs/rules/"))<!-- /rules -->"
    try expect(
      try replacing(/(?s)<!-- rules -->.*<!-- \/rules -->/, in: "README.md", with: table), in: "README.md")
  }

  @Test(arguments: ["docs/report.schema.json", "docs/settings.schema.json"])
  func `the schemas list every rule`(schema: String) throws {
    let ids = Rule.allCases.map { "        \"\($0.rawValue)\"" }.joined(separator: ",\n")
    try expect(
      try replacing(
        /"rule": \{\n      "enum": \[[^\]]*\]/, in: schema,
        with: "\"rule\": {\n      \"enum\": [\n\(ids)\n      ]"),
      in: schema)
  }

  /// The page that an address leads to is in this repository.
  @Test(arguments: Rule.allCases) func `the address of a rule leads to its page`(rule: Rule) throws {
    #expect(Documentation.base.hasPrefix("https://") && Documentation.base.hasSuffix("/docs/"))
    try #require(rule.url.hasPrefix(Documentation.base))
    let page = Fixture.project.appending(path: "docs/\(rule.url.dropFirst(Documentation.base.count))")
    #expect(try String(contentsOf: page, encoding: .utf8).contains("# `\(rule.rawValue)`"))
  }
}
