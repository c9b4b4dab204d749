import Foundation
import TestSupport
import Testing

/// Runs that go on where an earlier one ended.
@Suite struct ResumeTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["honest", "overclaim", "pure", "musl"] {
      let wheel = URL(filePath: try Fixture.wheel(name))
      try FileManager.default.copyItem(at: wheel, to: folder.url.appending(path: wheel.lastPathComponent))
    }
  }

  private func contents(_ name: String) throws -> String {
    try String(contentsOf: folder.url.appending(path: name), encoding: .utf8)
  }

  private func put(_ text: some StringProtocol, _ name: String) throws {
    _ = try folder.write(Array(text.utf8), to: name)
  }

  private func check(_ options: [String], _ paths: [String] = ["."]) throws -> Program.Result {
    let date = options.contains("--date") ? [] : ["--date", "2026-11-01"]
    return try Command.run(["check", "--isolated", "--format", "jsonl"] + date + options + paths, folder: folder.url)
  }

  /// A whole run, as its lines with their ends.
  private func whole() throws -> [String] {
    let lines = try check([]).output.split(separator: "\n").map { "\($0)\n" }
    try #require(lines.count == 4)
    return lines
  }

  // MARK: The same file

  @Test func `wherever a run was cut, the resumed file is that of a whole run`() throws {
    let whole = try whole().joined()
    let bytes = Array(whole.utf8)
    let ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }
    for cut in [0, 1, ends[0] - 1, ends[0], ends[0] + 1, ends[1] + 100, bytes.count - 1, bytes.count] {
      _ = try folder.write(Array(bytes[..<cut]), to: "out.jsonl")
      let result = try check(["--resume", "out.jsonl", "-o", "jsonl=out.jsonl"])
      #expect(try contents("out.jsonl") == whole, "\(cut)")
      #expect(result.status == 1)
      let done = ends.count { $0 < cut }
      let wheels = done == 1 ? "1 wheel" : "\(done) wheels"
      #expect(result.errors == "truewheel: \(wheels) passed over, of which out.jsonl tells\n")
    }
  }

  @Test func `the report itself goes on in its file, under any of its names, and through a shell`() throws {
    let whole = try whole()
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.appending(path: "link").path, withDestinationPath: "out.jsonl")
    let script = "'\(Command.path)' check --isolated --format jsonl --date 2026-11-01 --resume out.jsonl . >> out.jsonl"
    let runs: [() throws -> Program.Result] = [
      { try check(["--resume", "out.jsonl", "-o", "out.jsonl"]) },
      { try check(["--resume", "./link", "-o", "out.jsonl"]) },
      { try check(["--resume", "out.jsonl", "-o", "link"]) },
      { try Program.run("/bin/bash", ["-c", script], folder: folder.url) },
    ]
    for run in runs {
      try put(whole[0] + whole[1].prefix(50), "out.jsonl")
      #expect(try run().status == 1)
      #expect(try contents("out.jsonl") == whole.joined())
    }
  }

  @Test func `a run that has not begun is begun, and one with another file is not`() throws {
    let whole = try whole()
    #expect(try check(["--resume", "new.jsonl", "-o", "new.jsonl"]).status == 1)
    #expect(try contents("new.jsonl") == whole.joined())
    let missing = try check(["--resume", "nowhere.jsonl", "-o", "other.jsonl"])
    #expect(missing.status == 64)
    #expect(
      missing.errors == "truewheel: nowhere.jsonl: the earlier report cannot be read: No such file or directory\n")
  }

  // MARK: What is passed over

  @Test func `what stands in another file is not written again`() throws {
    let whole = try whole()
    try put(whole[0] + whole[2], "earlier.jsonl")
    let result = try check(["--resume", "earlier.jsonl"])
    #expect(result.output == whole[1] + whole[3])
    #expect(try contents("earlier.jsonl") == whole[0] + whole[2])
  }

  /// Changes to the first line, or to its wheel, after which the wheel is audited again.
  private static let changed: [@Sendable (String) -> String] = [
    { $0.replacing("\"schemaVersion\":1", with: "\"schemaVersion\":2") },
    { $0.replacing(#/"data":"[0-9a-f]/#, with: "\"data\":\"x") },
    { $0.replacing(#/"version":"[0-9.]+"}/#, with: "\"version\":\"0.0.1\"}") },
    { $0.replacing(#/"options":"[0-9a-f]/#, with: "\"options\":\"x") },
    { $0.replacing(#/"sha256":"[0-9a-f]{4}/#, with: "\"sha256\":\"0000") },
    { $0.replacing(#/"sha256":"[0-9a-f]{64}"/#, with: "\"sha256\":\"é\"") },
    { $0.replacing(#/"size":[0-9]+/#, with: "\"size\":12") },
    { $0.replacing(#/"size":[0-9]+/#, with: "\"size\":null") },
    { $0.replacing(#/"path":"\.\//#, with: "\"path\":\"") },
    { $0.replacing(#/"status":"[a-z]+"/#, with: "\"status\":\"unreadable\"") },
    // A later line counts.
    { $0 + $0.replacing(#/"sha256":"[0-9a-f]{4}/#, with: "\"sha256\":\"0000") },
    // Lines of a version that did not say what they rest on.
    { _ in "{\"path\":\"./honest\",\"status\":\"clean\"}\n" },
  ]

  @Test(arguments: changed.indices) func `what an audit may come to otherwise is audited again`(change: Int) throws {
    let whole = try whole()
    let line = Self.changed[change](whole[0])
    try #require(line != whole[0])
    try put(line + whole[1], "earlier.jsonl")
    #expect(try check(["--resume", "earlier.jsonl"]).output == whole[0] + whole[2] + whole[3])
  }

  @Test func `a wheel with other bytes is audited again`() throws {
    try put(whole().joined(), "earlier.jsonl")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { $0.hasSuffix(".whl") }
    let honest = try #require(names.first { $0.hasPrefix("honest") })
    // As long as it was.
    var bytes = try [UInt8](Data(contentsOf: folder.url.appending(path: honest)))
    bytes[bytes.count / 2] ^= 1
    _ = try folder.write(bytes, to: honest)
    let again = try check(["--resume", "earlier.jsonl"])
    #expect(again.output.split(separator: "\n").count == 1 && again.output.contains("\"path\":\"./\(honest)\""))
  }

  @Test(arguments: [["--target", "manylinux_2_28"], ["--strict"], ["--date", "2026-11-02"]])
  func `other options are other audits, and it is said`(options: [String]) throws {
    let whole = try whole()
    try put(whole.joined(), "out.jsonl")
    let result = try check(options + ["--resume", "out.jsonl", "-o", "out.jsonl"])
    #expect(
      result.errors == """
        truewheel: 0 wheels passed over, of which out.jsonl tells
        truewheel: 4 lines of out.jsonl are by another version or with other options: what they tell of is audited again

        """)
    let lines = try contents("out.jsonl").split(separator: "\n").map { "\($0)\n" }
    #expect(Array(lines.prefix(4)) == whole && lines.count == 8)
  }

  @Test func `other reports tell only of what was audited`() throws {
    let whole = try whole()
    let overclaim = try #require(whole.first { $0.contains("\"violations\"") })
    try put(overclaim, "earlier.jsonl")
    let concise = try Command.run(
      ["check", "--isolated", "--format", "concise", "--date", "2026-11-01", "--resume", "earlier.jsonl", "."],
      folder: folder.url)
    #expect(!concise.output.contains("overclaim") && concise.status == 1)
  }

  // MARK: The exit status

  private static let statuses: [(options: [String], status: Int32)] = [
    ([], 1), (["--fail-on", "never"], 0), (["--fail-on", "warning"], 1), (["--ignore", "symbol-version"], 0),
  ]

  @Test(arguments: statuses) func `what is passed over counts as its line says`(options: [String], status: Int32) throws
  {
    let first = try check(options + ["-o", "out.jsonl"])
    let again = try check(options + ["-o", "out.jsonl", "--resume", "out.jsonl"])
    #expect(first.status == status && again.status == status)
    #expect(again.errors.hasPrefix("truewheel: 4 wheels passed over"))
  }

  @Test func `what is not among the wheels of the run does not count`() throws {
    try put(whole().joined(), "earlier.jsonl")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    let honest = try #require(names.first { $0.hasPrefix("honest") })
    #expect(try check(["--resume", "earlier.jsonl"], ["./\(honest)"]).status == 0)
  }

  @Test func `what could not be read is tried again`() throws {
    try put("", "empty-1.0-py3-none-any.whl")
    #expect(try check(["-o", "out.jsonl"]).status == 2)
    let again = try check(["-o", "out.jsonl", "--resume", "out.jsonl"])
    #expect(again.status == 2 && again.errors.contains("4 wheels passed over"))
    try FileManager.default.removeItem(at: folder.url.appending(path: "empty-1.0-py3-none-any.whl"))
    #expect(try check(["-o", "out.jsonl", "--resume", "out.jsonl"]).status == 1)
  }

  // MARK: Files that are none

  private static let damaged: [(text: String, says: String)] = [
    ("{\n", "line 1: this is no line of a report as --format jsonl writes it"),
    ("[]\n", "line 1: this is no line of a report as --format jsonl writes it"),
    ("\n", "line 1: this is no line of a report as --format jsonl writes it"),
    ("{\"path\":1,\"status\":\"clean\"}\n", "line 1: this is no line of a report as --format jsonl writes it"),
    ("{\"status\":\"clean\"}\n", "line 1: this is no line of a report as --format jsonl writes it"),
    (
      "{\"path\":\"a\",\"status\":\"clean\"}\n\u{0}\n",
      "line 2: this is no line of a report as --format jsonl writes it"
    ),
    (String(repeating: "[", count: 200_000) + "\n", "line 1: this is no line of a report as --format jsonl writes it"),
  ]

  @Test(arguments: damaged) func `a file that no run wrote is refused, and left as it is`(text: String, says: String)
    throws
  {
    try put(text, "out.jsonl")
    let result = try check(["--resume", "out.jsonl", "-o", "jsonl=out.jsonl"])
    #expect(result.status == 64 && result.errors == "truewheel: out.jsonl: \(says)\n")
    #expect(try contents("out.jsonl") == text)
  }

  @Test func `a line that is too long is not read, and its wheel is audited again`() throws {
    let whole = try whole()
    try put("{\"path\":\"" + String(repeating: "x", count: 17 << 20) + "\"}\n" + whole[0], "earlier.jsonl")
    let result = try check(["--resume", "earlier.jsonl"])
    #expect(result.output == whole[1...].joined() && result.errors.contains("1 line of earlier.jsonl is by another"))
  }

  @Test(arguments: [
    (["--resume", ""], "--resume needs the name of a file"), (["--resume", "-"], "--resume needs the name of a file"),
    (["--resume", "."], "the earlier report cannot be read: Is a directory"),
    (["--resume", "x", "--baseline", "b", "--write-baseline"], "--write-baseline needs what all wheels have"),
  ]) func `what cannot be resumed is refused`(options: [String], says: String) throws {
    let result = try check(options)
    #expect(result.status == 64 && result.errors.contains(says), "\(result.errors)")
  }

  @Test func `a release of which a wheel was passed over is not compared`() throws {
    let other = try TemporaryFolder()
    let paths = try [("cp311", "baseline.abi3.so"), ("cp312", "modern.abi3.so")].map { python, object in
      var wheel = WheelBuilder(platform: "manylinux_2_34_x86_64", python: python, abi: python)
      try wheel.add("demo/core.so", object: object)
      return try wheel.write(to: other)
    }
    let warned = ["--fail-on", "warning"]
    #expect(try check(warned, paths).status == 1)
    #expect(try check(warned + ["-o", "out.jsonl"], [paths[0]]).status == 0)
    #expect(try check(warned + ["-o", "out.jsonl", "--resume", "out.jsonl"], paths).status == 0)
  }
}
