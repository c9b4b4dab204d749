import Foundation
import TestSupport
import Testing

/// The command at a terminal: `script` of util-linux gives it one.
@Suite struct TerminalTests {
  /// What a terminal gets to see, standard error included.
  private func shown(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Program.Result {
    let command = ([Command.path] + arguments).map { "'\($0)'" }.joined(separator: " ")
    var variables = ["TERM": "xterm-256color", "NO_COLOR": ""]
    variables.merge(environment) { $1 }
    return try Program.run("/usr/bin/script", ["-qec", command, "/dev/null"], environment: variables)
  }

  private static let red = "\u{1b}[31m"

  private static let colors: [(environment: [String: String], arguments: [String], isColored: Bool)] = [
    ([:], [], true), (["NO_COLOR": "1"], [], false), (["TERM": "dumb"], [], false),
    ([:], ["--color", "never"], false), (["NO_COLOR": "1"], ["--color", "always"], true),
  ]

  @Test(arguments: colors) func `colour is for terminals that want it`(
    environment: [String: String], arguments: [String], isColored: Bool
  ) throws {
    let result = try shown(["check", "--isolated"] + arguments + [try Fixture.wheel("overclaim")], environment)
    #expect(result.status == 1)
    #expect(result.output.contains(Self.red) == isColored)
  }

  @Test func `the line of progress is taken away again`() throws {
    let wheel = try Fixture.wheel("overclaim")
    let output = try shown(["check", "--isolated"] + Array(repeating: wheel, count: 200), ["NO_COLOR": "1"]).output
    let line = "\r\u{1b}[K"
    guard output.contains(line) else { return }
    // Behind the last line that was cleared comes the report.
    let rest = try #require(output.components(separatedBy: line).last)
    #expect(!rest.contains(" MiB: ") && rest.contains("breaks its claim"))
  }

  @Test func `nothing of it is written where there is no terminal`() throws {
    let wheel = try Fixture.wheel("honest")
    let result = try Command.run(["check", "--isolated"] + Array(repeating: wheel, count: 200))
    #expect(result.errors.isEmpty && !result.output.contains("\u{1b}"))
  }
}
