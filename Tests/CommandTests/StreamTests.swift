import Foundation
import TestSupport
import Testing

/// Reports that are written as a run goes on.
@Suite struct StreamTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func path(_ name: String) -> String { folder.url.appending(path: name).path }

  /// Builds of a release that differ, and a wheel that breaks its claim.
  private func wheels() throws -> [String] {
    let builds = try [("cp311", "baseline.abi3.so"), ("cp312", "modern.abi3.so")].map { python, object in
      var wheel = WheelBuilder(platform: "manylinux_2_34_x86_64", python: python, abi: python)
      try wheel.add("demo/core.so", object: object)
      return try wheel.write(to: folder)
    }
    return [builds[0], try Fixture.wheel("overclaim"), builds[1]]
  }

  @Test(arguments: ["concise", "github", "jsonl"], ["1", "3"])
  func `to a file, beside others and alone, a form reads the same`(format: String, jobs: String) throws {
    let wheels = try wheels()
    let printed = try Command.run(["check", "--format", format, "--jobs", "1"] + wheels)
    #expect(!printed.output.isEmpty && printed.status == 1)
    let options = ["--format", "text", "-o", "\(format)=\(path("one"))", "-o", "json=\(path("two"))", "--jobs", jobs]
    #expect(try Command.run(["check"] + options + wheels).status == 1)
    #expect(try String(contentsOfFile: path("one"), encoding: .utf8) == printed.output)
    let alone = try Command.run(["check", "--format", format, "-o", path("three"), "--jobs", jobs] + wheels)
    #expect(alone.output == "" && alone.errors == printed.errors)
    #expect(try String(contentsOfFile: path("three"), encoding: .utf8) == printed.output)
  }

  /// What else a run says, and what it ends with, is the same where nothing is kept as where all is.
  @Test(arguments: [
    ["--statistics"], ["--fail-on", "warning"], ["--fail-on", "warning", "--ignore", "symbol-version"],
    ["--config", "truewheel.toml"], ["--baseline", "known.json"],
    ["--baseline", "known.json", "--fail-on", "warning"], ["--baseline", "written.json", "--write-baseline"],
  ]) func `nothing else depends on the form`(options: [String]) throws {
    let settings = """
      ignore = [
        { rule = "release-floor", reason = "x" }, { rule = "release-coverage", reason = "x" },
        { rule = "pure-tag", reason = "x" },
      ]
      """
    _ = try folder.write(Array(settings.utf8), to: "truewheel.toml")
    let wheels = try wheels()
    // Of one that is gone, one that is known, and one that only the release shows.
    #expect(try run("json", ["--write-baseline", "--baseline", "known.json"], wheels).status == 0)
    let known = try String(contentsOfFile: path("known.json"), encoding: .utf8)
    let changed = known.replacing("\"pthread_create\"", with: "\"gone\"")
    _ = try folder.write(Array(changed.utf8), to: "known.json")
    #expect(changed != known && known.contains("release-floor"))
    func said(_ format: String) throws -> [String] {
      let result = try run(format, options, wheels)
      let written = try? String(contentsOfFile: path("written.json"), encoding: .utf8)
      return result.errors.split(separator: "\n").map(String.init).sorted() + ["\(result.status)", written ?? ""]
    }
    let kept = try said("json")
    for format in ["jsonl", "concise", "github"] { #expect(try said(format) == kept, "\(format)") }
  }

  private func run(_ format: String, _ options: [String], _ wheels: [String]) throws -> Program.Result {
    let isolated = options.contains("--config") ? [] : ["--isolated"]
    return try Command.run(["check", "--format", format] + isolated + options + wheels, folder: folder.url)
  }

  // MARK: Outputs that fail

  @Test(.timeLimit(.minutes(1)), arguments: ["concise", "github", "jsonl"])
  func `a run ends soon when its only reader is gone`(format: String) throws {
    let wheel = try Fixture.wheel("overclaim")
    // The list never ends.
    let script =
      "yes '\(wheel)' | { '\(Command.path)' check --format \(format) --files-from -; echo $? >&2; } | head -n 1"
    let result = try Program.run("/bin/bash", ["-c", script])
    #expect(result.output.split(separator: "\n").count == 1)
    // Wheels were left, of which nothing is known.
    #expect(result.errors == "2\n")
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["concise", "github", "jsonl"])
  func `a run ends soon when nothing can be written any more`(format: String) throws {
    let wheel = try Fixture.wheel("overclaim")
    let script = "yes '\(wheel)' | '\(Command.path)' check --format \(format) -o /dev/full --files-from -"
    let result = try Program.run("/bin/bash", ["-c", script])
    #expect(result.status == 2)
    #expect(result.errors == "truewheel: cannot write to /dev/full: No space left on device\n")
  }

  @Test func `a report that cannot be written keeps no other from being written`() throws {
    let wheels = try wheels()
    let printed = try Command.run(["check", "--format", "concise"] + wheels).output
    for file in ["/dev/full", "/no/such/folder/report"] {
      let result = try Command.run(["check", "--format", "concise", "-o", "jsonl=\(file)"] + wheels)
      #expect(result.status == 2 && result.output == printed)
      #expect(result.errors.hasPrefix("truewheel: cannot write to \(file): "))
      #expect(result.errors.split(separator: "\n").count == 1)
    }
  }

  // MARK: Lines

  @Test(arguments: ["1", "4"]) func `a line says which bytes were audited`(jobs: String) throws {
    let broken = try folder.write(Array("no archive".utf8), to: "broken-1.0-py3-none-any.whl")
    let missing = path("missing-1.0-py3-none-any.whl")
    let output = try Command.run(
      ["show", "--format", "jsonl", "--jobs", jobs, broken, missing] + wheels()
    ).output
    let lines = try output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(lines.count == 5)
    for line in lines {
      let path = try #require(line["path"] as? String)
      guard path != missing else {
        #expect(line["sha256"] is NSNull && line["size"] is NSNull)
        continue
      }
      let digest = try Program.run("/usr/bin/sha256sum", [path]).output.prefix(64)
      #expect(line["sha256"] as? String == String(digest))
      #expect(line["size"] as? Int == (try Data(contentsOf: URL(filePath: path)).count))
    }
  }

  /// Options, and whether they bear on what an audit comes to.
  private static let asked: [(options: [String], matters: Bool)] = [
    (["--jobs", "2"], false), (["--fail-on", "warning"], false), (["-q"], false), (["--statistics"], false),
    (["--target", "manylinux_2_28"], true), (["--exclude", "libm.so.6"], true), (["--ignore", "pure-tag"], true),
    (["--strict"], true), (["--select", "symbol-version"], true), (["--date", "2026-11-02"], true),
    (["--exclude", "libm.so.6=for a reason"], true), (["--baseline", "known.json"], true),
    (["--config", "truewheel.toml"], true),
  ]

  @Test func `a line says by a digest what was asked for`() throws {
    _ = try folder.write(Array("{\"schemaVersion\": 2, \"findings\": []}".utf8), to: "known.json")
    let settings = "[wheels.\"demo*\"]\nignore = [{ rule = \"pure-tag\", reason = \"x\" }]"
    _ = try folder.write(Array(settings.utf8), to: "truewheel.toml")
    func digest(_ options: [String]) throws -> String {
      let isolated = options.contains("--config") ? [] : ["--isolated"]
      let date = options.contains("--date") ? [] : ["--date", "2026-11-01"]
      let arguments = ["check", "--format", "jsonl"] + isolated + date + options + [try Fixture.wheel("honest")]
      let output = try Command.run(arguments, folder: folder.url).output
      let line = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
      return try #require(line?["options"] as? String)
    }
    let plain = try digest([])
    var seen: Set = [plain]
    for (options, matters) in Self.asked {
      let own = try digest(options)
      if matters {
        #expect(seen.insert(own).inserted, "\(options)")
      } else {
        #expect(own == plain, "\(options)")
      }
    }
    // The order of words in a set is no part of what is asked for.
    let rules = ["pure-tag,linux-tag,libpython", "libpython,linux-tag,pure-tag"]
    #expect(try digest(["--ignore", rules[0]]) == digest(["--ignore", rules[1]]))
  }
}
