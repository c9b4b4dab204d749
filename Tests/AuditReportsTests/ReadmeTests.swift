import Foundation
import TestSupport
import Testing

@Suite struct ReadmeTests {
  private let text: String

  init() throws {
    text = try String(contentsOf: Fixture.project.appending(path: "README.md"), encoding: .utf8)
  }

  @Test func `the README has every format that the command has, and no other`() throws {
    let table = try #require(text.firstMatch(of: /(?s)\| `--format` \|.*?\n\n/)).0
    let listed = table.matches(of: /\n\| `([a-z]+)` \|/).map { String($0.1) }
    let help = try Command.run(["check", "--help"]).output.replacing(/\s+/, with: " ")
    let values = try #require(help.firstMatch(of: /The form of the report;[^(]*\(values: ([a-z, ]+)\)/)).1
    #expect(listed == values.split(separator: ", ").map(String.init))
    for format in listed {
      let result = try Command.run(["check", "--format", format, try Fixture.wheel("overclaim")])
      #expect(result.status == 1 && result.output.contains("GLIBC_2.34"), "\(format)")
    }
  }
}
