import Foundation
import TestSupport
import Testing

/// Findings that are known fail no gate.
@Suite struct BaselineTests {
  private let folder: TemporaryFolder
  private let baseline: String

  init() throws {
    folder = try TemporaryFolder()
    baseline = folder.url.appending(path: "known.json").path
  }

  private func check(_ options: [String], _ wheels: [String]) throws -> Program.Result {
    try Command.run(["check", "--isolated"] + options + wheels)
  }

  private func write(_ wheels: [String], _ options: [String] = []) throws -> Program.Result {
    try check(["--baseline", baseline, "--write-baseline"] + options, wheels)
  }

  /// A wheel with a fixture object, a library of this name and a version of its own.
  private func wheel(_ version: String, object: String = "external.abi3.so", library: String? = nil) throws -> String {
    var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64")
    wheel.name = wheel.name.replacing("-1.0-", with: "-\(version)-")
    try wheel.add("demo/mod.so", object: object)
    if let library { try wheel.add("demo.libs/\(library)", object: "executable_stack.abi3.so") }
    return try wheel.write(to: folder)
  }

  @Test func `what was written fails no more, and the verdict says why`() throws {
    let wheel = try Fixture.wheel("overclaim")
    let written = try write([wheel])
    #expect(written.status == 0)
    #expect(written.errors == "truewheel: 3 findings written to the baseline \(baseline)\n")
    let checked = try check(["--baseline", baseline], [wheel])
    #expect(checked.status == 0)
    #expect(checked.errors == "truewheel: 3 findings in the baseline, 0 new\n")
    // The report leaves nothing out: it differs in the verdict alone.
    let (before, after) = try (check([], [wheel]).output.split(separator: "\n"), checked.output.split(separator: "\n"))
    let different = zip(before, after).filter { $0 != $1 }.map { [String($0), String($1)] }
    let name = "overclaim-1.0-cp39-abi3-manylinux_2_17_x86_64.whl"
    let claim = "  claim  manylinux_2_17_x86_64 (glibc 2.17 or newer)  broken"
    #expect(before.count == after.count)
    #expect(
      different == [
        ["\(name): breaks its claim", "\(name): breaks its claim (in the baseline)"],
        [claim, "\(claim) (in the baseline)"],
      ])
    #expect(try check(["--baseline", baseline, "--strict", "--fail-on", "warning"], [wheel]).status == 0)
    let concise = try check(["--baseline", baseline, "--format", "concise"], [wheel]).output.split(separator: "\n")
    #expect(concise.count == 3 && concise.allSatisfy { $0.hasSuffix(" (in the baseline)") })
  }

  @Test func `a new finding fails, and is named`() throws {
    _ = try write([try wheel("1.0")])
    let result = try check(["--baseline", baseline], [try Fixture.wheel("overclaim"), try wheel("1.0")])
    #expect(result.status == 1)
    let lines = result.errors.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines.last == "truewheel: 1 finding in the baseline, 3 new")
    for line in lines.dropLast() {
      #expect(line.hasPrefix("truewheel: overclaim-1.0-cp39-abi3-manylinux_2_17_x86_64.whl: error[symbol-version]: "))
    }
    #expect(try check(["--baseline", baseline, "--exit-zero"], [try Fixture.wheel("overclaim")]).status == 0)
  }

  @Test func `a new build of the wheel is the same wheel`() throws {
    _ = try write([try wheel("1.0", library: "libstack-0a1b2c3d.so")])
    #expect(try check([], [try wheel("2.0", library: "libstack-99887766.so")]).status == 1)
    let result = try check(["--baseline", baseline], [try wheel("2.0", library: "libstack-99887766.so")])
    #expect(result.status == 0)
    #expect(result.errors.contains(" in the baseline, 0 new\n") && !result.errors.contains("no longer"))
    #expect(try check(["--baseline", baseline], [try wheel("2.0", library: "libother-99887766.so")]).status == 1)
  }

  @Test func `what is no longer found is told, and fails nothing`() throws {
    _ = try write([try wheel("1.0"), try Fixture.wheel("overclaim")])
    let result = try check(["--baseline", baseline], [try wheel("1.1", object: "baseline.abi3.so")])
    #expect(result.status == 0)
    #expect(
      result.errors == """
        truewheel: 0 findings in the baseline, 0 new
        truewheel: no longer found, so it can leave the baseline: demo-cp39-abi3-manylinux_2_17_x86_64: \
        demo/mod.so: external-library libfoo.so.1

        """)
  }

  @Test func `a warning is in the baseline too`() throws {
    var builder = WheelBuilder(platform: "manylinux_2_17_x86_64")
    try builder.add("demo/baseline.abi3.so", object: "baseline.abi3.so")
    builder.tags = ["cp39-abi3-manylinux_2_5_x86_64"]
    let path = try builder.write(to: folder)
    #expect(try write([path]).errors.contains("1 finding written"))
    for options in [["--fail-on", "warning"], ["--strict"]] {
      #expect(try check(options, [path]).status == 1)
      for format in ["text", "html"] {
        let known = try check(options + ["--baseline", baseline, "--format", format], [path])
        #expect(known.status == 0 && known.output.contains("(in the baseline)"))
      }
    }
  }

  @Test func `a warning that has become an error is new`() throws {
    let wheel = try wheel("1.0")
    _ = try write([wheel])
    let accepted = try String(contentsOfFile: baseline, encoding: .utf8)
    #expect(accepted.contains("\"severity\" : \"error\""))
    let milder = accepted.replacing("\"severity\" : \"error\"", with: "\"severity\" : \"warning\"")
    _ = try folder.write(Array(milder.utf8), to: "known.json")
    let result = try check(["--baseline", baseline], [wheel])
    #expect(result.status == 1)
    #expect(result.errors.hasSuffix("truewheel: 0 findings in the baseline, 1 new\n"))
    #expect(!result.errors.contains("no longer found"))
  }

  /// What each form says of a failure, and what it says where the baseline has the finding; nil where it says nothing.
  private static let forms: [(format: String, failure: String, mark: String?)] = [
    ("junit", "<failure", "(in the baseline)"), ("github", "::error", nil), ("gitlab", "\"critical\"", nil),
    ("text", "breaks its claim\n", "breaks its claim (in the baseline)\n"),
    ("markdown", "**breaks**", "| error (in the baseline) |"), ("html", "✗ broken<", "✗ broken (in the baseline)<"),
    ("json", "\"baseline\" : false", "\"baseline\" : true"), ("jsonl", "\"baseline\":false", "\"baseline\":true"),
    ("sarif", "\"baselineState\" : \"new\"", "\"baselineState\" : \"unchanged\""),
  ]

  @Test(arguments: forms) func `every form honours the baseline`(format: String, failure: String, mark: String?) throws
  {
    let form = ["--format", format, "--baseline", baseline]
    let wheel = try wheel("1.0")
    _ = try folder.write(Array("{\"schemaVersion\": 2, \"findings\": []}".utf8), to: "known.json")
    let new = try check(form, [wheel])
    #expect(new.status == 1 && new.output.contains(failure))
    if let mark { #expect(!new.output.contains(mark)) }
    _ = try write([wheel])
    let known = try check(form, [wheel])
    #expect(known.status == 0 && !known.output.contains(failure))
    if let mark { #expect(known.output.contains(mark)) }
    // Beside another wheel each keeps its own.
    let both = try check(form, [wheel, try Fixture.wheel("overclaim")])
    #expect(both.status == 1 && both.output.contains(failure))
  }

  @Test func `without a baseline a log says nothing of one`() throws {
    let result = try check(["--format", "sarif"], [try wheel("1.0")])
    #expect(result.output.contains("\"results\"") && !result.output.contains("baselineState"))
  }

  // MARK: Wheels that cannot be audited

  @Test func `no baseline lets a wheel pass that cannot be audited`() throws {
    let empty = try folder.write([], to: "empty-1.0-py3-none-any.whl")
    let written = try write([empty])
    #expect(written.status == 2 && written.errors.contains("0 findings written"))
    #expect(try check(["--baseline", baseline], [empty]).status == 2)
  }

  @Test(arguments: ["/dev/full", "/no/such/folder/known.json"]) func `a baseline that cannot be written is no success`(
    file: String
  ) throws {
    let result = try check(["--baseline", file, "--write-baseline"], [try Fixture.wheel("overclaim")])
    #expect(result.status == 2 && result.errors.contains(file))
  }

  @Test func `a damaged baseline is refused in one line, and can be written anew`() throws {
    _ = try folder.write(Array("{\"schemaVersion\": 1".utf8), to: "known.json")
    let wheel = try Fixture.wheel("overclaim")
    let result = try check(["--baseline", baseline], [wheel])
    #expect(result.status == 64 && result.output == "")
    #expect(result.errors == "truewheel: \(baseline): it is no baseline file; write one with --write-baseline\n")
    #expect(try write([wheel]).status == 0)
    #expect(try check(["--baseline", baseline], [wheel]).status == 0)
  }

  // MARK: Of the settings

  @Test func `the settings name a baseline beside themselves, and an argument names another`() throws {
    _ = try folder.write(Array("baseline = \"ci/known.json\"".utf8), to: "truewheel.toml")
    let below = folder.url.appending(path: "ci")
    try FileManager.default.createDirectory(at: below, withIntermediateDirectories: true)
    let wheel = try Fixture.wheel("overclaim")
    #expect(try Command.run(["check", wheel], folder: below).status == 64)
    #expect(try Command.run(["check", "--write-baseline", wheel], folder: below).status == 0)
    #expect(FileManager.default.fileExists(atPath: below.appending(path: "known.json").path))
    #expect(try Command.run(["check", wheel], folder: below).status == 0)
    #expect(try Command.run(["check", wheel], folder: folder.url).status == 0)
    _ = try folder.write(Array("{\"schemaVersion\": 2, \"findings\": []}".utf8), to: "none.json")
    #expect(try Command.run(["check", "--baseline", "none.json", wheel], folder: folder.url).status == 1)
  }
}
