import Foundation
import TestSupport
import Testing

/// What a job's log shows of wheels whose members are called like commands to the program that runs the job.
@Suite struct RunnerLogTests {
  private static let names = ["::stop-commands::x", "  ::error::x", "demo/##[error]x.so", "demo/a ::warning::y.so"]

  private static func wheel(in folder: TemporaryFolder) throws -> String {
    var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64")
    for name in names { try wheel.add(name, object: "modern.abi3.so") }
    return try wheel.write(to: folder)
  }

  /// What GitHub's runner makes of a line (actions/runner, `ActionCommand`).
  private static func isCommand(_ line: some StringProtocol) -> Bool {
    line.drop { $0.isWhitespace }.hasPrefix("::") || line.contains("##[")
  }

  /// True for a text in which at least one of the names stands, in whatever way its colons and hashes are written.
  private static func showsName(_ text: String) -> Bool {
    ["stop-commands", ":error::x", "#[error]x", "::warning::y"].contains { text.contains($0) }
  }

  private static func expectNoCommand(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    for line in text.split(whereSeparator: \.isNewline) {
      #expect(!isCommand(line), "\(line)", sourceLocation: sourceLocation)
    }
  }

  /// Each shows the names, in its way.
  private static let commands: [[String]] =
    [
      ["check"], ["show", "-v"], ["tree"], ["tree", "-v", "--color", "always"], ["tree", "--format", "json"],
      ["lddtree"],
      ["check", "--color", "always"],
    ] + ["concise", "markdown", "json", "jsonl", "sarif", "junit", "gitlab", "html"].map { ["check", "--format", $0] }

  @Test(arguments: commands) func `no line is a command`(command: [String]) throws {
    let folder = try TemporaryFolder()
    let result = try Command.run(command + [try Self.wheel(in: folder)])
    #expect(result.status < 2)
    #expect(Self.showsName(result.output), "\(result.output)")
    Self.expectNoCommand(result.output)
    Self.expectNoCommand(result.errors)
  }

  @Test(arguments: [20, 40, 80] as [UInt16]) func `no line becomes a command by being wrapped`(columns: UInt16) throws {
    let folder = try TemporaryFolder()
    let wheel = try Self.wheel(in: folder)
    for color in ["never", "always"] {
      let shown = try PseudoTerminal(columns: columns).run(
        Command.path, ["show", "-v", "--color", color, wheel], .output, environment: ["TERM": "xterm"]
      ).shown
      #expect(shown.contains("stop-commands"))
      Self.expectNoCommand(shown.replacing(/\u{1b}\[\d+m/, with: ""))
    }
  }

  @Test func `a file gets no command either`() throws {
    let folder = try TemporaryFolder()
    let wheel = try Self.wheel(in: folder)
    let (file, summary) = (folder.url.appending(path: "report"), folder.url.appending(path: "summary"))
    _ = try Command.run(["check", "-o", file.path, "--summary", summary.path, wheel])
    for file in [file, summary] {
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(Self.showsName(text), "\(text)")
      Self.expectNoCommand(text)
    }
  }

  @Test func `annotations are the only commands of their form`() throws {
    let folder = try TemporaryFolder()
    let output = try Command.run(["check", "--format", "github", try Self.wheel(in: folder)]).output
    let commands = output.split(whereSeparator: \.isNewline).filter { Self.isCommand($0) }
    #expect(!commands.isEmpty)
    #expect(commands.allSatisfy { $0.hasPrefix("::error ") || $0.hasPrefix("::warning ") || $0.hasPrefix("::notice ") })
  }

  @Test(arguments: [
    ["check", "a\n::error::b"], ["nonsense\n::error::b"], ["check", "--nonsense\n::error::b", "x.whl"],
    ["explain", "a\n ::error::b"], ["repair", "a\n::error::b"], ["check", "--format", "a\n::error::b", "x.whl"],
    ["tree", "a\n##[error]b"], ["lddtree", "##[error]b"],
  ]) func `what is said of arguments has no command`(arguments: [String]) throws {
    let result = try Command.run(arguments)
    #expect(result.status != 0 && result.errors.contains("error"))
    Self.expectNoCommand(result.errors)
  }
}
