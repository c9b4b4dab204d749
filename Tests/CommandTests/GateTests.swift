import Foundation
import TestSupport
import Testing

/// When `check` fails, and what it says of settings and baselines.
@Suite struct GateTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func check(_ arguments: String...) throws -> Program.Result {
    try Command.run(["check"] + arguments, folder: folder.url)
  }

  /// A wheel with a warning and no error: WHEEL states another tag.
  private func doubtful() throws -> String {
    var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64")
    try wheel.add("demo/baseline.abi3.so", object: "baseline.abi3.so")
    wheel.tags = ["cp39-abi3-manylinux_2_5_x86_64"]
    return try wheel.write(to: folder)
  }

  private static let thresholds: [(arguments: [String], broken: Int32, doubtful: Int32)] = [
    ([], 1, 0), (["--fail-on", "error"], 1, 0), (["--fail-on", "warning"], 1, 1), (["--fail-on", "never"], 0, 0),
    (["--exit-zero"], 0, 0), (["--strict"], 1, 1), (["--strict", "--exit-zero"], 0, 0),
    (["--select", "tag-mismatch", "--fail-on", "warning"], 0, 1), (["--select", "symbol-version"], 1, 0),
    (["--select", "libpython"], 0, 0), (["--fail-on", "warning", "--ignore", "tag-mismatch"], 1, 0),
  ]

  @Test(arguments: thresholds) func `the threshold decides what fails`(
    arguments: [String], broken: Int32, doubtful: Int32
  ) throws {
    #expect(try Command.run(["check", "--isolated"] + arguments + [Fixture.wheel("overclaim")]).status == broken)
    #expect(try Command.run(["check", "--isolated"] + arguments + [self.doubtful()]).status == doubtful)
  }

  @Test(arguments: [
    ["--exit-zero"], ["--fail-on", "never"], ["--select", "symbol-version"], ["--write-baseline", "--baseline", "b"],
  ])
  func `what cannot be audited is no matter of thresholds`(arguments: [String]) throws {
    let broken = try folder.write(Array("no zip".utf8), to: "demo-1.0-py3-none-any.whl")
    let result = try Command.run(["check", "--isolated"] + arguments + [broken], folder: folder.url)
    #expect(result.status == 2)
  }

  @Test(arguments: [
    (["--fail-on", "error", "--exit-zero"], "--exit-zero"), (["--write-baseline"], "--baseline FILE"),
    (["--config", "x.toml", "--isolated"], "--isolated"), (["-q", "-v"], "--quiet"),
    (["--baseline", "none.json"], "--write-baseline"), (["--config", "none.toml"], "none.toml"),
    (["--date", "soon"], "2026-08-31"), (["-o", "sarf=x"], "sarif"), (["-o", "a", "-o", "b"], "FORMAT=FILE"),
    (["-o", "json="], "file"),
  ]) func `arguments that contradict each other say what would be right`(arguments: [String], says: String) throws {
    let result = try Command.run(["check"] + arguments + [Fixture.wheel("honest")], folder: folder.url)
    #expect(result.status == 64)
    #expect(result.errors.contains(says), "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  // MARK: Settings

  @Test func `settings are found from the working directory upwards`() throws {
    let ignore = "[tool.truewheel]\nignore = [{ rule = \"symbol-version\", reason = \"known\" }]\n"
    _ = try folder.write(Array(ignore.utf8), to: "pyproject.toml")
    let inner = folder.url.appending(path: "a/b")
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    let wheel = try Fixture.wheel("overclaim")
    func status(_ arguments: String...) throws -> Int32 {
      try Command.run(["check"] + arguments + [wheel], folder: inner).status
    }
    #expect(try status() == 0)
    #expect(try status("--isolated") == 1)
    let other = try folder.write([], to: "other.toml")
    #expect(try status("--config", other) == 1)
  }

  @Test func `sections hold for the wheels that they name`() throws {
    let settings = """
      [wheels."overclaim-*"]
      ignore = [{ rule = "symbol-version", reason = "known" }]
      """
    _ = try folder.write(Array(settings.utf8), to: "truewheel.toml")
    #expect(try check(Fixture.wheel("overclaim")).status == 0)
    var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64")
    try wheel.add("demo/modern.abi3.so", object: "modern.abi3.so")
    #expect(try check(wheel.write(to: folder)).status == 1)
  }

  @Test func `what no longer applies is said, and fails nothing`() throws {
    let settings = "exclude = [{ library = \"libcuda.so.*\", reason = \"the driver\" }]"
    _ = try folder.write(Array(settings.utf8), to: "truewheel.toml")
    let result = try check(Fixture.wheel("honest"))
    #expect(result.status == 0)
    #expect(result.errors.contains("warning: ") && result.errors.contains("'libcuda.so.*' no longer applies"))
  }

  @Test func `a wrong key is named in one line`() throws {
    _ = try folder.write(Array("exlude = []".utf8), to: "truewheel.toml")
    let result = try check(Fixture.wheel("honest"))
    #expect(result.status == 64)
    #expect(result.errors.split(separator: "\n").first?.contains("did you mean 'exclude'?") == true)
  }

  // MARK: Baselines

  @Test func `a baseline lets pass what is known, and nothing else`() throws {
    let wheel = try Fixture.wheel("overclaim")
    let written = try check("--baseline", "known.json", "--write-baseline", wheel)
    #expect(written.status == 0 && written.errors.contains("3 findings written"))
    let known = try check("--baseline", "known.json", wheel)
    #expect(known.status == 0 && known.errors.contains("3 findings in the baseline, 0 new"))
    // The report tells the whole truth all the same.
    #expect(known.output.contains("breaks its claim"))
    let new = try check("--baseline", "known.json", "--target", "manylinux_2_12", wheel)
    #expect(new.status == 1 && new.errors.contains("3 findings in the baseline, 3 new"))
    #expect(new.errors.contains("error[symbol-version]"))
    let gone = try check("--baseline", "known.json", "--ignore", "symbol-version", wheel)
    #expect(gone.status == 0 && gone.errors.contains("no longer found"))
  }

  @Test func `the baseline of the settings lies beside them`() throws {
    _ = try folder.write(Array("baseline = \"known.json\"".utf8), to: "truewheel.toml")
    let inner = folder.url.appending(path: "inner")
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    let wheel = try Fixture.wheel("overclaim")
    #expect(try Command.run(["check", "--write-baseline", wheel], folder: inner).status == 0)
    #expect(FileManager.default.fileExists(atPath: folder.url.appending(path: "known.json").path))
    #expect(try Command.run(["check", wheel], folder: inner).status == 0)
  }

  // MARK: Outputs

  @Test func `several reports are written at once`() throws {
    let result = try check(
      "--isolated", "--output", "sarif=a.sarif", "-o", "markdown=a.md", "--output", "junit=a.xml", "--format",
      "concise",
      try Fixture.wheel("overclaim"))
    #expect(result.status == 1)
    #expect(result.output.contains("error[symbol-version]"))
    for (file, says) in [("a.sarif", "\"2.1.0\""), ("a.md", "# "), ("a.xml", "<testsuites")] {
      #expect(try String(contentsOf: folder.url.appending(path: file), encoding: .utf8).contains(says))
    }
  }

  @Test func `lines of JSON come in the order of the arguments`() throws {
    let wheels = try ["overclaim", "pure", "honest", "musl"].map { try Fixture.wheel($0) }
    let runs = try ["1", "8"].map { jobs in
      try Command.run(["check", "--isolated", "--format", "jsonl", "--jobs", jobs] + wheels).output
    }
    #expect(runs[0] == runs[1])
    let lines = runs[0].split(separator: "\n")
    #expect(lines.count == 4)
    for (line, wheel) in zip(lines, wheels) {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(object?["path"] as? String == wheel)
    }
  }

  @Test func `quiet says nothing of what is well`() throws {
    #expect(try check("-q", Fixture.wheel("honest"), Fixture.wheel("pure")).output.isEmpty)
    #expect(try check("-q", Fixture.wheel("overclaim")).output.contains("GLIBC_2.34"))
    #expect(try check("-q", doubtful()).output.contains("tag-mismatch"))
  }
}
