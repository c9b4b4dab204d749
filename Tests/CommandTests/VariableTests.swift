import Foundation
import TestSupport
import Testing

/// Variables of the environment that stand for options.
@Suite struct VariableTests {
  /// A variable, and the arguments that it stands for.
  private static let same: [(name: String, value: String, arguments: [String])] = [
    ("TARGET", "manylinux_2_12,manylinux_2_28", ["--target", "manylinux_2_12", "--target", "manylinux_2_28"]),
    ("EXCLUDE", "libc.so.*=yes, no\nlibm.so.?", ["--exclude", "libc.so.*=yes, no", "--exclude", "libm.so.?"]),
    ("IGNORE", "symbol-version,external-library", ["--ignore", "symbol-version", "--ignore", "external-library"]),
    ("SELECT", "pure-tag", ["--select", "pure-tag"]),
    ("FORMAT", "concise", ["--format", "concise"]),
    ("DATE", "2020-01-01", ["--date", "2020-01-01"]),
    ("COLOR", "always", ["--color", "always"]),
    ("VERBOSE", "1", ["--verbose"]),
    ("STATISTICS", "yes", ["--statistics"]),
    ("FAIL_ON", "never", ["--fail-on", "never"]),
    ("EXIT_ZERO", "TRUE", ["--exit-zero"]),
    ("CONFIG", "ci.toml", ["--config", "ci.toml"]),
    ("LIMIT", "findings=1,steps=100\nratio=5", ["--limit", "findings=1,steps=100", "--limit", "ratio=5"]),
  ]

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try folder.write(Array("target = \"manylinux_2_5\"\n".utf8), to: "ci.toml")
    return folder
  }

  @Test(arguments: same) func `a variable says what its option does`(name: String, value: String, arguments: [String])
    throws
  {
    let folder = try folder()
    let wheel = try Fixture.wheel("overclaim")
    func run(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Program.Result {
      try Command.run(["check"] + arguments + [wheel], environment: environment, folder: folder.url)
    }
    let (plain, byArgument) = (try run([]), try run(arguments))
    let byVariable = try run([], ["TRUEWHEEL_\(name)": value])
    #expect(byVariable.output == byArgument.output && byVariable.status == byArgument.status)
    #expect(byVariable.errors == byArgument.errors)
    #expect(byArgument.output != plain.output || byArgument.status != plain.status)
    // Neither an empty variable nor an isolated run has one.
    #expect(try run([], ["TRUEWHEEL_\(name)": ""]).output == plain.output)
    #expect(try run(["--isolated"], ["TRUEWHEEL_\(name)": value]).output == plain.output)
    #expect(try run([], ["TRUEWHEEL_\(name)": value, "TRUEWHEEL_ISOLATED": "1"]).output == plain.output)
  }

  @Test func `a group of rules is asked for by a variable too`() throws {
    let folder = try TemporaryFolder()
    let wheel = try WheelBuilder(platform: "linux_x86_64").write(to: folder)
    func run(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Program.Result {
      try Command.run(["check"] + arguments + [wheel], environment: environment, folder: folder.url)
    }
    #expect(try run([]).status == 0)
    for arguments in [["--extend-select", "pypi"], ["--select", "pypi"], ["--extend-select", "pypi-tag,pypi-name"]] {
      let result = try run(arguments)
      #expect(result.status == 1 && result.output.contains("pypi-tag"))
      #expect(result.output.contains("PyPI refuses it (no ELF objects)"))
    }
    let (byVariable, byArgument) = (
      try run([], ["TRUEWHEEL_EXTEND_SELECT": "pypi"]), try run(["--extend-select", "pypi"])
    )
    #expect(byVariable.output == byArgument.output)
    #expect(try run(["--extend-select", "pypi", "--ignore", "pypi-tag"]).status == 0)
  }

  @Test func `files are named by variables too`() throws {
    let folder = try folder()
    let variables = [
      "TRUEWHEEL_OUTPUT": "main.txt\njson=report.json", "TRUEWHEEL_SUMMARY": "summary.md",
      "TRUEWHEEL_BASELINE": "baseline.json", "TRUEWHEEL_WRITE_BASELINE": "1",
    ]
    let result = try Command.run(["check", try Fixture.wheel("overclaim")], environment: variables, folder: folder.url)
    #expect(result.status == 0 && result.output == "")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    #expect(Set(files) == ["ci.toml", "main.txt", "report.json", "summary.md", "baseline.json"])
  }

  // MARK: What comes before what

  private static let order: [(variables: [String: String], arguments: [String], settings: String, status: Int32)] = [
    ([:], [], "target = \"manylinux_2_5\"", 1),
    // An argument comes before its variable.
    (["TARGET": "manylinux_2_5"], [], "", 1),
    (["TARGET": "manylinux_2_5"], ["--target", "manylinux_2_28"], "", 0),
    (["FAIL_ON": "never", "TARGET": "manylinux_2_5"], ["--fail-on", "error"], "", 1),
    (["EXIT_ZERO": "1", "TARGET": "manylinux_2_5"], ["--fail-on", "error"], "", 1),
    // A variable comes before what settings have once, and adds to what they have several of.
    (["FAIL_ON": "error", "TARGET": "manylinux_2_5"], [], "fail-on = \"never\"", 1),
    (["TARGET": "manylinux_2_28"], [], "target = \"manylinux_2_5\"", 1),
    (["IGNORE": "symbol-version"], [], "target = \"manylinux_2_5\"", 0),
    // An argument for a settings file is one for reading it.
    (["ISOLATED": "1"], [], "target = \"manylinux_2_5\"", 0),
    (["ISOLATED": "1"], ["--config", "truewheel.toml"], "target = \"manylinux_2_5\"", 1),
    (["ISOLATED": "0"], [], "target = \"manylinux_2_5\"", 1),
  ]

  @Test(arguments: order) func `arguments come before variables, variables before settings`(
    variables: [String: String], arguments: [String], settings: String, status: Int32
  ) throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Array(settings.utf8), to: "truewheel.toml")
    let environment = Dictionary(uniqueKeysWithValues: variables.map { ("TRUEWHEEL_\($0)", $1) })
    let result = try Command.run(
      ["check"] + arguments + [try Fixture.wheel("honest")], environment: environment, folder: folder.url)
    #expect(result.status == status && result.errors == "", "\(result.errors)")
  }

  @Test(arguments: [(["-q"], "VERBOSE"), (["-v"], "QUIET")])
  func `an argument is one against a variable that it excludes`(arguments: [String], name: String) throws {
    let wheel = try Fixture.wheel("honest")
    let plain = try Command.run(["check"] + arguments + [wheel])
    let result = try Command.run(["check"] + arguments + [wheel], environment: ["TRUEWHEEL_\(name)": "1"])
    #expect(result.status == 0 && result.output == plain.output)
  }

  @Test func `strictness by a variable is taken back by an argument`() throws {
    let folder = try TemporaryFolder()
    var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64")
    try wheel.add("demo/baseline.abi3.so", object: "baseline.abi3.so")
    wheel.tags = ["cp39-abi3-manylinux_2_5_x86_64"]
    let path = try wheel.write(to: folder)
    let strict = ["TRUEWHEEL_STRICT": "on"]
    #expect(try Command.run(["check", path], environment: strict).status == 1)
    #expect(try Command.run(["check", "--no-strict", path], environment: strict).status == 0)
    #expect(try Command.run(["check", "--strict", path], environment: ["TRUEWHEEL_STRICT": "off"]).status == 1)
  }

  // MARK: Errors

  private static let wrong: [(name: String, value: String, says: String)] = [
    ("STRICT", "maybe", "'maybe' is neither true nor false; write 1 or 0"),
    ("FORMAT", "yaml", "'yaml' is none of text, concise, json, "),
    ("TARGET", "manylinux_2_28,win32", "'win32' is no platform tag. Tags look like "),
    ("IGNORE", "symbol-versions", "'symbol-versions' is no rule. Did you mean 'symbol-version'?"),
    ("EXCLUDE", "libx.so=", "needs a reason"),
    ("JOBS", "0", "--jobs takes a number from 1 to 1024."),
    ("JOBS", "many", "--jobs takes a number from 1 to 1024."),
    ("DATE", "today", "'today' is no day."),
    ("OUTPUT", "a\nb", "Only one --output can do without a format"),
    ("FAIL_ON", "notes", "'notes' is none of error, warning, never"),
    ("ISOLATED", "?", "'?' is neither true nor false"),
    ("LIMIT", "findings=1\nfinding=1", "'finding' is no limit; did you mean 'findings'?"),
    ("TIMEOUT", "soon", "--timeout takes a number of seconds from 0.001 to 1000000, such as 30 or 0.5."),
    ("CONFIG", "nowhere.toml", "nowhere.toml: there is no such file"),
  ]

  @Test(arguments: wrong) func `a wrong value is an error in one line`(name: String, value: String, says: String) throws
  {
    let wheel = try Fixture.wheel("honest")
    let result = try Command.run(["check", wheel], environment: ["TRUEWHEEL_\(name)": value])
    #expect(result.status == 64 && result.output == "")
    #expect(result.errors.contains(says), "\(result.errors)")
    #expect(result.errors.hasPrefix(name == "CONFIG" ? "truewheel: nowhere" : "truewheel: TRUEWHEEL_\(name): "))
    #expect(result.errors.split(separator: "\n").count == 1)
    #expect(try Command.run(["check", "--isolated", wheel], environment: ["TRUEWHEEL_\(name)": value]).status == 0)
  }

  @Test func `both of what excludes the other is an error`() throws {
    let variables = ["TRUEWHEEL_VERBOSE": "1", "TRUEWHEEL_QUIET": "1"]
    let result = try Command.run(["check", try Fixture.wheel("honest")], environment: variables)
    #expect(result.status == 64 && result.errors.contains("TRUEWHEEL_QUIET"))
  }

  @Test(
    arguments: [
      ("TRUEWHEEL_TARGT", "TRUEWHEEL_TARGET"), ("TRUEWHEEL_strict", "TRUEWHEEL_STRICT"),
      ("TRUEWHEEL_FAIL-ON", "TRUEWHEEL_FAIL_ON"), ("TRUEWHEEL_LAB", nil), ("TRUEWHEELS", nil),
    ] as [(String, String?)]) func `a name that looks like one is warned of`(name: String, near: String?) throws
  {
    let result = try Command.run(["check", try Fixture.wheel("honest")], environment: [name: "1"])
    #expect(result.status == 0)
    let warning = near.map { "truewheel: warning: \(name) stands for no option; did you mean \($0)?\n" }
    #expect(result.errors == warning ?? "")
  }

  // MARK: Help

  @Test(arguments: ["check", "show"]) func `help names the variable of every option`(command: String) throws {
    let help = try Command.run([command, "--help"]).output
    let options = help.matches(of: /(?m)^  (?:-., )?--([a-z-]+)/).map { String($0.1) }
    #expect(options.count > 15)
    for option in options where !["version", "help", "json"].contains(option) {
      let variable = "TRUEWHEEL_" + option.uppercased().replacing("-", with: "_")
      #expect(help.contains("[\(variable)]"), "\(option)")
    }
  }
}
