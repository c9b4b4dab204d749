import Foundation
import TestSupport
import Testing

@Suite struct OutputTests {
  @Test func `a pure wheel does not pass silently`() throws {
    let result = try Command.run(["check", try Fixture.wheel("pure")])
    #expect(result.output == "pure-1.0-py3-none-any.whl: skipped: no ELF objects\n")
  }

  @Test func `a wheel that keeps its claims takes one line of check`() throws {
    let lines = try Command.run(["check", try Fixture.wheel("honest")]).output.split(separator: "\n")
    #expect(lines.count == 1)
    #expect(lines.first?.hasPrefix("honest-1.0-") == true)
  }

  @Test func `a folder stands for the wheels in it, by name, with a summary at the end`() throws {
    let folder = try TemporaryFolder()
    for name in ["overclaim", "honest", "pure"] {
      let wheel = URL(filePath: try Fixture.wheel(name))
      try FileManager.default.copyItem(at: wheel, to: folder.url.appending(path: wheel.lastPathComponent))
    }
    _ = try folder.write([], to: "notes.txt")
    let result = try Command.run(["check", folder.url.path])
    #expect(result.status == 1)
    #expect(result.output.hasSuffix("\n3 wheels: 1 clean, 1 with violations, 1 skipped\n"))
    let places = ["honest-", "overclaim-", "pure-"].compactMap { result.output.range(of: $0)?.lowerBound }
    #expect(places.count == 3 && places == places.sorted())
  }

  @Test func `a folder without wheels does not pass silently`() throws {
    let folder = try TemporaryFolder()
    let result = try Command.run(["check", folder.url.path])
    #expect(result.status == 2)
    #expect(result.errors.contains("no wheel"))
  }

  @Test(arguments: ["text", "json", "html", "auditwheel"]) func `a file gets what standard output would`(format: String)
    throws
  {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "report").path
    let arguments = ["check", "--format", format, try Fixture.wheel("overclaim")]
    let printed = try Command.run(arguments)
    let written = try Command.run(arguments + ["-o", file])
    #expect(written.status == printed.status)
    #expect(written.output == "")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == printed.output)
  }

  @Test func `nothing but the report goes to standard output`() throws {
    let result = try Command.run([
      "show", "--format", "json", "missing-1.0-py3-none-any.whl", try Fixture.wheel("honest"),
    ])
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(result.output.utf8)) }
    #expect(result.errors.contains("missing-1.0-py3-none-any.whl"))
  }

  // MARK: Pipes

  @Test(arguments: [("overclaim", "1"), ("honest", "0")])
  func `a closed pipe ends quietly and keeps the status`(wheel: String, status: String) throws {
    // The reader is gone before the command begins to write.
    let script = "{ sleep 0.2; '\(Command.path)' check '\(try Fixture.wheel(wheel))'; echo $? >&2; } | true; sleep 0.5"
    let result = try Program.run("/bin/bash", ["-c", script])
    #expect(result.errors == "\(status)\n")
  }
}
