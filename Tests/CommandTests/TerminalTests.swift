import Foundation
import TestSupport
import Testing

/// What the command does differently on a terminal.
@Suite struct TerminalTests {
  private static let escape = "\u{1b}["
  private static let capable = ["TERM": "xterm-256color", "NO_COLOR": ""]

  // MARK: Colour

  /// Colour by option, environment and whether the output is a terminal.
  private static let colors: [(options: [String], environment: [String: String], isTerminal: Bool, isColored: Bool)] = [
    ([], [:], false, false),
    (["--color", "always"], [:], false, true),
    (["--color", "always"], ["NO_COLOR": "1"], false, true),
    ([], [:], true, true),
    ([], ["NO_COLOR": "1"], true, false),
    ([], ["TERM": "dumb"], true, false),
    (["--color", "never"], [:], true, false),
    (["--color", "auto"], [:], true, true),
    (["--color", "auto"], ["NO_COLOR": "0"], true, false),
    (["--color", "always"], ["TERM": "dumb", "NO_COLOR": "1"], true, true),
    ([], ["FORCE_COLOR": "1"], false, true),
    ([], ["FORCE_COLOR": "0"], false, true),
    ([], ["FORCE_COLOR": ""], false, false),
    ([], ["FORCE_COLOR": "1", "TERM": "dumb"], true, true),
    ([], ["FORCE_COLOR": "1", "NO_COLOR": "1"], true, false),
    (["--color", "never"], ["FORCE_COLOR": "1"], true, false),
    ([], ["TRUEWHEEL_COLOR": "never", "FORCE_COLOR": "1"], true, false),
    ([], ["TRUEWHEEL_COLOR": "always", "NO_COLOR": "1"], false, true),
    (["--color", "auto"], ["TRUEWHEEL_COLOR": "always"], false, false),
  ]

  @Test(arguments: colors) func `colour is for terminals, unless someone says otherwise`(
    options: [String], environment: [String: String], isTerminal: Bool, isColored: Bool
  ) throws {
    let arguments = ["show"] + options + [try Fixture.wheel("overclaim")]
    let environment = Self.capable.merging(environment) { $1 }
    let output =
      isTerminal
      ? try PseudoTerminal().run(Command.path, arguments, .output, environment: environment).shown
      : try Command.run(arguments, environment: environment).output
    #expect(output.contains("overclaim-1.0"))
    #expect(output.contains(Self.escape) == isColored)
  }

  @Test func `a file gets no colour from a terminal, and no width`() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "report").path
    let wheel = try Fixture.wheel("overclaim")
    let forced = Self.capable.merging(["FORCE_COLOR": "1"]) { $1 }
    let shown = try PseudoTerminal(columns: 40)
      .run(Command.path, ["show", "-o", file, wheel], .output, environment: forced).shown
    #expect(shown == "")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == Command.run(["show", wheel]).output)
  }

  // MARK: Width

  @Test(arguments: [20, 40, 80, 200] as [UInt16]) func `lines keep to the width of the terminal`(columns: UInt16) throws
  {
    let arguments = ["show", "--color", "never", try Fixture.wheel("overclaim")]
    let shown = try PseudoTerminal(columns: columns).run(Command.path, arguments, .output, environment: Self.capable)
      .shown
    let words = { (text: String) in text.split { $0.isWhitespace } }
    #expect(try words(shown) == words(Command.run(arguments).output))
    let lines = shown.split(separator: "\r\n")
    // What is to be pasted stays in one line.
    let wrapped = lines.filter { !$0.hasPrefix("        __asm__(") }
    #expect(wrapped.count < lines.count)
    #expect(wrapped.allSatisfy { $0.count <= columns || $0.split(separator: " ").count == 1 })
    #expect(lines.contains { $0.count > columns / 2 })
  }

  @Test(arguments: [nil, 0, 19] as [UInt16?]) func `a terminal without a usable width cuts no lines`(columns: UInt16?)
    throws
  {
    let arguments = ["show", "--color", "never", try Fixture.wheel("overclaim")]
    let shown = try PseudoTerminal(columns: columns).run(Command.path, arguments, .output, environment: Self.capable)
      .shown
    #expect(try shown.replacing("\r\n", with: "\n") == Command.run(arguments).output)
  }

  @Test func `programs get their forms from a terminal as from a pipe`() throws {
    for format in ["json", "jsonl", "concise"] {
      let arguments = ["show", "--format", format, try Fixture.wheel("overclaim")]
      let shown = try PseudoTerminal(columns: 20).run(Command.path, arguments, .output, environment: Self.capable).shown
      #expect(try shown.replacing("\r\n", with: "\n") == Command.run(arguments).output)
    }
  }
}
