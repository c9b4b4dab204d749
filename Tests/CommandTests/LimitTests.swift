import Foundation
import TestSupport
import Testing
import WheelAudit

/// Limits that an operator sets, by arguments and settings.
@Suite struct LimitTests {
  private func check(_ options: [String], settings: String? = nil, wheel: String = "overclaim") throws -> Program.Result
  {
    let folder = try TemporaryFolder()
    if let settings { _ = try folder.write(Array(settings.utf8), to: "truewheel.toml") }
    return try Command.run(["check"] + options + [try Fixture.wheel(wheel)], folder: folder.url)
  }

  /// What refuses the wheel that takes more, and the words that say so.
  private static let over: [(limit: String, words: String)] = [
    ("directory-size=100", "the size of its directory is 450, over the limit 'directory-size' of 100"),
    ("members=2", "the number of members is 6, over the limit 'members' of 2"),
    ("name-length=10B", "the length of its name is 21, over the limit 'name-length' of 10"),
    ("member-size=1KiB", "its size is 2312, over the limit 'member-size' of 1024"),
    ("total-size=2KiB", "over the limit 'total-size' of 2048"),
    ("ratio=1,ratio-from=0", "its compression ratio is 2, over the limit 'ratio' of 1"),
    ("metadata-size=50", "over the limit 'metadata-size' of 50"),
    ("record-size=10", "over the limit 'record-size' of 10"),
    ("record-lines=1", "the number of its lines is 6, over the limit 'record-lines' of 1"),
    ("inflated-size=1,inflated-ratio=0", "more than 1 bytes to inflate, the limit 'inflated-size'"),
    ("names=2", "more than 2 names to look up in its objects, the limit 'names'"),
    ("facts=2", "more than 2 names to keep of its objects, the limit 'facts'"),
    ("fact-size=2", "more than 2 bytes of names to keep, the limit 'fact-size'"),
    ("steps=2", "more than 2 steps from object to object, the limit 'steps'"),
    ("findings=1", "more than 1 findings, the limit 'findings'"),
    ("finding-size=9", "more than 9 bytes of findings, the limit 'finding-size'"),
    ("table-size=9,table-ratio=0", "more than 9 bytes of tables, the limit 'table-size'"),
  ]

  @Test(arguments: over) func `a wheel over a limit is refused by its name, and told how to pass`(
    limit: String, words: String
  ) throws {
    let byArgument = try check(["--limit", limit])
    #expect(byArgument.status == 2 && byArgument.errors.contains(words), "\(byArgument.errors)")
    let table = limit.split(separator: ",").map { pair in
      let parts = pair.split(separator: "=")
      return "\(parts[0]) = \"\(parts[1])\"\n"
    }
    let bySettings = try check([], settings: "[limits]\n" + table.joined())
    #expect(bySettings.status == 2 && bySettings.errors == byArgument.errors)
    let json = try check(["--format", "json", "--limit", limit]).output
    let name = try #require(limit.split(separator: "=").first)
    #expect(json.contains("raise the limit: --limit \(name)=VALUE"), "\(json)")
  }

  @Test func `every limit is tried`() {
    let tried = Self.over.flatMap { $0.limit.split(separator: ",") }.compactMap { $0.split(separator: "=").first }
    #expect(Set(tried.map(String.init)) == Set(AuditLimit.allCases.map(\.name)))
  }

  @Test func `arguments come before settings, each limit by itself`() throws {
    let settings = "[limits]\nfindings = 1\nsteps = 1000\n"
    #expect(try check([], settings: settings).status == 2)
    #expect(try check(["--limit", "findings=100"], settings: settings).status == 1)
    #expect(try check(["--limit", "steps=2"], settings: "[limits]\nfindings = 100").status == 2)
    #expect(try check(["--isolated"], settings: settings).status == 1)
    // The last of several counts.
    #expect(try check(["--limit", "findings=1", "--limit", "findings=100"]).status == 1)
  }

  @Test(arguments: ["members", "members=-1", "=1", "findings=1KiB", "member-size=1XiB", "", ",", "steps=0"])
  func `what is no limit is a wrong argument`(argument: String) throws {
    let result = try check(["--limit", argument])
    #expect(result.status == 64 && result.output == "" && result.errors.contains("--limit"), "\(result.errors)")
  }

  @Test func `a time that is enough changes nothing`() throws {
    #expect(try check(["--timeout", "1000000"]).output == check([]).output)
  }

  @Test(arguments: ["0", "-1", "soon", "1e3", ""]) func `what is no time is a wrong argument`(argument: String) throws {
    let result = try check(["--timeout", argument])
    #expect(result.status == 64 && result.output == "" && result.errors.contains("--timeout"), "\(result.errors)")
  }

  /// So many steps take longer than a millisecond on any machine; the limits of the work are out of the way.
  @Test func `a wheel that takes too long is refused, and the run goes on`() throws {
    let folder = try TemporaryFolder()
    var large = WheelBuilder(platform: "manylinux_2_17_x86_64")
    for number in 0..<2000 { try large.add("demo/m\(number)/a.abi3.so", object: "baseline.abi3.so") }
    let path = try large.write(to: folder)
    for jobs in ["1", "3"] {
      let result = try Command.run(
        ["check", "--timeout", "0.001", "--jobs", jobs, "--format", "json", path, folder.url.path + "/none.whl"])
      #expect(result.status == 2)
      #expect(result.errors.contains("it took longer than 0.001 s, the limit 'timeout'"), "\(result.errors)")
      #expect(result.errors.contains("none.whl") && result.output.contains("\"unreadable\" : 2"))
    }
  }

  // MARK: Documents

  /// The table of the limits in the documents is the program's.
  @Test func `the documents say what there is`() throws {
    let text = try String(contentsOf: Fixture.project.appending(path: "docs/settings.md"), encoding: .utf8)
    let rows = AuditLimit.allCases.map { limit in
      "| `\(limit.name)` | \(Self.value(of: limit)) | \(limit.summary) |"
    }
    let table = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map(String.init)
    #expect(table == rows, "\(rows.joined(separator: "\n"))")
  }

  private static func value(of limit: AuditLimit) -> String {
    let value = Auditor.Options()[limit]
    guard limit.unit == .bytes else { return "\(value)" }
    let unit = [(30, "GiB"), (20, "MiB"), (10, "KiB")].first { value >> $0.0 > 0 && value % (1 << $0.0) == 0 }
    return unit.map { "\(value >> $0.0) \($0.1)" } ?? "\(value) bytes"
  }
}
