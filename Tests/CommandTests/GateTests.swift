import Foundation
import TestSupport
import Testing

/// What makes `check` fail, and what does not.
@Suite struct GateTests {
  /// Wheels by the worst that is found in them.
  private enum Wheel: String, CaseIterable {
    case clean, warned, broken, unreadable

    func path(in folder: TemporaryFolder) throws -> String {
      switch self {
      case .clean: return try Fixture.wheel("honest")
      case .broken: return try Fixture.wheel("overclaim")
      case .unreadable: return try folder.write([], to: "empty-1.0-py3-none-any.whl")
      case .warned:
        var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64")
        try wheel.add("demo/baseline.abi3.so", object: "baseline.abi3.so")
        wheel.tags = ["cp39-abi3-manylinux_2_5_x86_64"]
        return try wheel.write(to: folder)
      }
    }
  }

  /// The status that each wheel brings, in the order of `Wheel.allCases`.
  private static let gates: [(options: [String], statuses: [Int32])] = [
    ([], [0, 0, 1, 2]),
    (["--fail-on", "error"], [0, 0, 1, 2]),
    (["--fail-on", "warning"], [0, 1, 1, 2]),
    (["--fail-on", "never"], [0, 0, 0, 2]),
    (["--exit-zero"], [0, 0, 0, 2]),
    (["--strict"], [0, 1, 1, 2]),
    (["--strict", "--fail-on", "never"], [0, 0, 0, 2]),
    (["--select", "tag-mismatch"], [0, 0, 0, 2]),
    (["--select", "tag-mismatch", "--fail-on", "warning"], [0, 1, 0, 2]),
    (["--select", "symbol-version"], [0, 0, 1, 2]),
    (["--select", "symbol-version", "--select", "tag-mismatch", "--fail-on", "warning"], [0, 1, 1, 2]),
    (["--select", "pure-tag"], [0, 0, 0, 2]),
    (["--ignore", "symbol-version"], [0, 0, 0, 2]),
    (["--ignore", "symbol-version", "--fail-on", "warning"], [0, 1, 0, 2]),
    (["--ignore", "symbol-version", "--ignore", "tag-mismatch", "--fail-on", "warning"], [0, 0, 0, 2]),
    (["--ignore", "unreadable"], [0, 0, 1, 2]),
    (["--select", "tag-mismatch", "--ignore", "tag-mismatch", "--fail-on", "warning"], [0, 0, 0, 2]),
  ]

  @Test(arguments: gates) func `the status follows the worst finding that counts`(
    options: [String], statuses: [Int32]
  ) throws {
    let folder = try TemporaryFolder()
    let paths = try Wheel.allCases.map { try $0.path(in: folder) }
    for (path, status) in zip(paths, statuses) {
      #expect(try Command.run(["check", "--isolated"] + options + [path]).status == status, "\(path)")
    }
    #expect(try Command.run(["check", "--isolated"] + options + paths).status == 2)
    let readable = try Command.run(["check", "--isolated"] + options + paths.dropLast())
    #expect(readable.status == statuses.dropLast().max())
  }

  private static let releases: [(options: [String], status: Int32)] = [
    ([], 0), (["--strict"], 0), (["--fail-on", "warning"], 1), (["--fail-on", "never"], 0),
    (["--fail-on", "warning", "--ignore", "release-floor"], 1),
    (["--fail-on", "warning", "--ignore", "release-floor", "--ignore", "release-object"], 0),
    (["--fail-on", "warning", "--select", "symbol-version"], 0),
    (["--fail-on", "warning", "--select", "release-object"], 1),
  ]

  private func release(in folder: TemporaryFolder) throws -> [String] {
    try [("cp311", "baseline.abi3.so"), ("cp312", "modern.abi3.so")].map { python, object in
      var wheel = WheelBuilder(platform: "manylinux_2_34_x86_64", python: python, abi: python)
      try wheel.add("demo/core.so", object: object)
      return try wheel.write(to: folder)
    }
  }

  @Test(arguments: releases) func `what only a release shows fails a gate for warnings`(
    options: [String], status: Int32
  ) throws {
    let folder = try TemporaryFolder()
    let paths = try release(in: folder)
    #expect(try Command.run(["check", "--isolated"] + options + paths).status == status)
    for path in paths { #expect(try Command.run(["check", "--isolated"] + options + [path]).status == 0) }
  }

  @Test func `what a release shows can be in the baseline`() throws {
    let folder = try TemporaryFolder()
    let paths = try release(in: folder)
    let baseline = folder.url.appending(path: "known.json").path
    let check = ["check", "--isolated", "--fail-on", "warning", "--baseline", baseline]
    let written = try Command.run(check + ["--write-baseline"] + paths)
    #expect(written.status == 0 && written.errors == "truewheel: 2 findings written to the baseline \(baseline)\n")
    let known = try Command.run(check + paths)
    #expect(known.status == 0 && known.errors == "truewheel: 2 findings in the baseline, 0 new\n")
    // One wheel shows nothing of the release, so nothing of it is gone.
    #expect(try Command.run(check + [paths[0]]).errors == "truewheel: 0 findings in the baseline, 0 new\n")
    _ = try folder.write(Array("{\"schemaVersion\": 2, \"findings\": []}".utf8), to: "known.json")
    let new = try Command.run(check + paths)
    #expect(new.status == 1 && new.errors.contains("truewheel: demo 1.0: warning[release-floor]: builds need "))
  }

  @Test(arguments: ["error", "warning", "never"]) func `the threshold changes no report`(threshold: String) throws {
    for format in ["text", "json"] {
      let arguments = ["check", "--isolated", "--format", format, try Fixture.wheel("overclaim")]
      #expect(try Command.run(arguments + ["--fail-on", threshold]).output == Command.run(arguments).output)
    }
  }

  @Test(arguments: [
    ["--fail-on", "error", "--exit-zero"], ["--fail-on", "note"], ["--select", "nonsense"], ["--write-baseline"],
    ["--baseline", "/no/such/file.json"], ["--baseline", "README.md"], ["--date", "soon"],
  ]) func `a gate that cannot be is refused before the audit`(options: [String]) throws {
    let result = try Command.run(["check", "--isolated"] + options + [try Fixture.wheel("honest")])
    #expect(result.status == 64 && result.output == "" && result.errors != "")
  }

  @Test(arguments: ["--fail-on", "--baseline"]) func `show is no gate`(option: String) throws {
    #expect(try Command.run(["show", option, "never", try Fixture.wheel("honest")]).status == 64)
  }
}
