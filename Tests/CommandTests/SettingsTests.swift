import Foundation
import TestSupport
import Testing

/// The command with settings files.
@Suite struct SettingsTests {
  private static let stricter = "target = \"manylinux_2_12\"\n"

  /// Runs `check` on a fixture wheel, which keeps its claim, in the folder `a/b` beside files of these names.
  private func check(
    _ options: [String] = [], wheel: String = "honest", command: String = "check", files: [String: String]
  ) throws -> (result: Program.Result, folder: String) {
    let folder = try TemporaryFolder()
    for (name, text) in files { _ = try folder.write(Array(text.utf8), to: name) }
    let start = folder.url.appending(path: "a/b")
    try FileManager.default.createDirectory(at: start, withIntermediateDirectories: true)
    return (
      try Command.run([command] + options + [try Fixture.wheel(wheel)], folder: start), folder.url.path
    )
  }

  private static let found: [[String: String]] = [
    ["a/b/truewheel.toml": stricter],
    ["a/truewheel.toml": stricter],
    ["truewheel.toml": stricter],
    ["pyproject.toml": "[tool.truewheel]\n" + stricter],
    ["a/b/pyproject.toml": "[project]\nname = \"demo\"\n", "a/pyproject.toml": "[tool.truewheel]\n" + stricter],
    ["a/b/truewheel.toml": stricter, "a/b/pyproject.toml": "[tool.truewheel]\n"],
    ["a/b/truewheel.toml": stricter, "a/truewheel.toml": ""],
    ["a/b/truewheel.toml": "[wheels.\"honest-1.*\"]\n" + stricter],
    ["a/b/pyproject.toml": "[tool.truewheel.wheels.\"*-manylinux*\"]\n" + stricter],
  ]

  @Test(arguments: found) func `settings are found from the working directory upwards`(files: [String: String]) throws {
    let (result, _) = try check(files: files)
    #expect(result.status == 1 && result.errors == "")
    #expect(result.output.contains("target  manylinux_2_12_x86_64"))
    #expect(try check(["--isolated"], files: files).result.status == 0)
  }

  private static let passedOver: [[String: String]] = [
    [:],
    ["a/b/c/truewheel.toml": stricter, "c/truewheel.toml": stricter],
    ["a/b/truewheel.toml": "", "a/truewheel.toml": stricter],
  ]

  @Test func `a section for wheels that the run does not have is warned of`() throws {
    let (result, folder) = try check(files: ["truewheel.toml": "[wheels.\"other-*\"]\n" + Self.stricter])
    #expect(result.status == 0)
    let warning = "wheels.\"other-*\": this pattern matches no wheel of the run"
    #expect(result.errors == "truewheel: warning: \(folder)/truewheel.toml: \(warning)\n")
  }

  @Test(arguments: passedOver) func `settings elsewhere do not matter`(files: [String: String])
    throws
  {
    let (result, _) = try check(files: files)
    #expect(result.status == 0 && result.errors == "")
  }

  @Test(arguments: ["../ci.toml", "../c/pyproject.toml"]) func `a file that is named is read in place of those found`(
    file: String
  ) throws {
    let files = [
      "a/ci.toml": Self.stricter, "a/c/pyproject.toml": "[tool.truewheel]\n" + Self.stricter,
      "a/b/truewheel.toml": "nonsense = 1",
    ]
    #expect(try check(["--config", file], files: files).result.status == 1)
  }

  @Test func `a file to read and none at all exclude each other`() throws {
    let (result, _) = try check(["--isolated", "--config", "../ci.toml"], files: ["a/ci.toml": ""])
    #expect(result.status == 64 && result.output == "")
    #expect(result.errors.contains("--config") && result.errors.contains("--isolated"))
  }

  // MARK: Arguments on top

  @Test func `arguments add to the settings, and replace what there is one of`() throws {
    let both = try check(
      ["--target", "manylinux_2_28"], wheel: "musl", command: "show", files: ["truewheel.toml": Self.stricter]
    ).result.output
    #expect(both.contains("manylinux_2_12_x86_64") && both.contains("manylinux_2_28_x86_64"))
    let pure = ["truewheel.toml": "select = \"pure-tag\""]
    #expect(try check(wheel: "overclaim", files: pure).result.status == 0)
    #expect(try check(["--select", "symbol-version"], wheel: "overclaim", files: pure).result.status == 1)
    let never = ["truewheel.toml": "fail-on = \"never\""]
    #expect(try check(wheel: "overclaim", files: never).result.status == 0)
    #expect(try check(["--fail-on", "error"], wheel: "overclaim", files: never).result.status == 1)
  }

  // MARK: What no longer does anything

  private static let stale = """
    exclude = [{ library = "libcuda.so.*", reason = "comes with the driver" }]
    ignore = [{ rule = "pure-tag", reason = "an old tool" }]
    """

  @Test(
    arguments: [("honest", "check", 0), ("overclaim", "check", 1), ("overclaim", "show", 0)]
      as [(
        String, String, Int32
      )])
  func `stale entries are warned of, and change neither report nor status`(
    wheel: String, command: String, status: Int32
  ) throws {
    let (result, folder) = try check(wheel: wheel, command: command, files: ["a/truewheel.toml": Self.stale])
    let plain = try check(wheel: wheel, command: command, files: ["a/truewheel.toml": ""]).result
    #expect(result.status == status && plain.status == status && plain.errors == "")
    // An ignored rule is mentioned in the report of a wheel only if it found something there.
    #expect(result.output == plain.output)
    let start = "truewheel: warning: \(folder)/a/truewheel.toml: the "
    #expect(
      result.errors == """
        \(start)exclusion of 'libcuda.so.*' no longer applies: no object needs such a library
        \(start)rule 'pure-tag' need not be ignored any more: it finds nothing

        """)
  }

  @Test func `arguments are never stale`() throws {
    let options = ["--exclude", "libcuda.so.*", "--ignore", "pure-tag"]
    #expect(try check(options, files: ["truewheel.toml": ""]).result.errors == "")
  }

  // MARK: Errors

  private static let wrong: [(file: String, text: String, says: String)] = [
    ("a/truewheel.toml", "fail_on = \"error\"", "fail_on: 'fail_on' is unknown; did you mean 'fail-on'?"),
    ("truewheel.toml", "whitelist = []", "whitelist: 'whitelist' is unknown; did you mean 'exclude'?"),
    ("truewheel.toml", "plat = \"linux\"", "plat: 'plat' is unknown; did you mean 'target'?"),
    ("a/b/pyproject.toml", "[tool.truewheel]\nstrict = 1", "tool.truewheel.strict: this must be true or false"),
    (
      "truewheel.toml", "ignore = [{ rule = \"tag-mismatch\" }]",
      "ignore[0]: it does not say why: give 'tag-mismatch' a reason"
    ),
    (
      "truewheel.toml", "\"a\\nb\\u001b[31m\" = 1",
      "a\\u{a}b\\u{1b}[31m: 'a\\u{a}b\\u{1b}[31m' is unknown; "
        + "the keys are baseline, exclude, extend-select, fail-on, ignore, limits, select, strict, target, timeout, wheels"
    ),
    (
      "truewheel.toml", "wheels = 1",
      "wheels: this must hold a table for each pattern of wheel names, like [wheels.\"numpy-*\"]"
    ),
  ]

  @Test(arguments: wrong, ["check", "show"]) func `an error in settings takes one line, which names the key`(
    wrong: (file: String, text: String, says: String), command: String
  ) throws {
    let (result, folder) = try check(command: command, files: [wrong.file: wrong.text])
    #expect(result.status == 64 && result.output == "")
    #expect(result.errors == "truewheel: \(folder)/\(wrong.file): \(wrong.says)\n")
  }

  @Test(arguments: ["strict = true\ntarget = [\n", "[^a]\n"]) func `an error of syntax names its line`(text: String)
    throws
  {
    let (result, folder) = try check(files: ["truewheel.toml": text])
    #expect(result.status == 64 && result.output == "")
    #expect(result.errors.hasPrefix("truewheel: \(folder)/truewheel.toml: line "))
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  @Test func `a settings file that is named must be there`() throws {
    let (result, _) = try check(["--config", "nowhere.toml"], files: [:])
    #expect(result.status == 64)
    #expect(result.errors == "truewheel: nowhere.toml: there is no such file\n")
  }

  @Test(arguments: [["profiles"], ["tree", "overclaim"]]) func `commands without settings do not read them`(
    arguments: [String]
  ) throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Array("nonsense = 1".utf8), to: "truewheel.toml")
    let arguments = try arguments.map { $0 == "overclaim" ? try Fixture.wheel($0) : $0 }
    #expect(try Command.run(arguments, folder: folder.url).status == 0)
  }
}
