import Foundation
import TestSupport
import Testing

/// Reports in several forms and files at once.
@Suite struct OutputFilesTests {
  private static let formats = [
    "text", "concise", "json", "jsonl", "sarif", "junit", "github", "gitlab", "markdown", "html",
    "auditwheel",
  ]
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func path(_ name: String) -> String { folder.url.appending(path: name).path }
  private func contents(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

  /// What standard output gets of a format when nothing else is asked for.
  private func printed(_ format: String, _ wheels: [String]) throws -> String {
    try Command.run(["check", "--format", format] + wheels).output
  }

  @Test(arguments: formats) func `every form can go to a file beside the report`(format: String) throws {
    let wheels = [try Fixture.wheel("overclaim")]
    let result = try Command.run(["check", "-o", "\(format)=\(path("report"))"] + wheels)
    #expect(result.status == 1)
    #expect(result.output == (try printed("text", wheels)))
    #expect(try contents("report") == printed(format, wheels))
  }

  @Test(arguments: ["text", "json", "jsonl"]) func `several files, each in its form, and the report`(format: String)
    throws
  {
    let wheels = try ["honest", "overclaim", "pure"].map { try Fixture.wheel($0) }
    let others = ["json", "jsonl", "sarif", "junit", "json"]
    var options = ["--format", format]
    for (index, other) in others.enumerated() { options += ["--output", "\(other)=\(path("\(index)"))"] }
    let result = try Command.run(["check"] + options + wheels)
    #expect(result.status == 1 && result.errors == "")
    #expect(result.output == (try printed(format, wheels)))
    // Its own report can go to a file too, and then nothing is printed.
    let filed = try Command.run(["check", "-o", path("main")] + options + wheels)
    #expect(filed.status == 1 && filed.output == "")
    #expect(try contents("main") == result.output)
    for (index, other) in others.enumerated() {
      #expect(try contents("\(index)") == printed(other, wheels))
    }
  }

  /// What `--output` says, and the file that it means: a slash ends the doubt about an equals sign.
  private static let names = [("./a=b", "a=b"), ("json=a=b", "a=b"), ("json=./a=b", "a=b"), ("plain", "plain")]

  @Test(arguments: names) func `an equals sign can be part of a name`(argument: String, file: String) throws {
    let arguments = ["check", "-o", argument, try Fixture.wheel("honest")]
    #expect(try Command.run(arguments, folder: folder.url).status == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [file])
  }

  private static let refused: [(outputs: [String], says: String)] = [
    (["nonsense=report"], "'nonsense' is no format of a report: the formats are text, concise, json, jsonl, "),
    (["=report"], "'' is no format of a report"),
    (["JSON=report"], "'JSON' is no format of a report"),
    (["nonsense=report"], "A file of that name is ./nonsense=report."),
    (["json="], "--output needs the name of a file."),
    ([""], "--output needs the name of a file."),
    (["one", "two"], "Only one --output can do without a format: write further ones as FORMAT=FILE."),
    (["json=three", "one", "two"], "Only one --output can do without a format: write further ones as FORMAT=FILE."),
  ]

  @Test(arguments: refused) func `what says no file or no form is refused, and nothing is written`(
    outputs: [String], says: String
  ) throws {
    let options = outputs.flatMap { ["--output", $0] }
    let result = try Command.run(["check"] + options + [try Fixture.wheel("honest")], folder: folder.url)
    #expect(result.status == 64 && result.output == "")
    #expect(result.errors.contains(says), "\(result.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
  }

  @Test func `the form for one wheel refuses two as a further form too`() throws {
    let wheels = try ["honest", "overclaim"].map { try Fixture.wheel($0) }
    let result = try Command.run(["check", "-o", "auditwheel=\(path("report"))"] + wheels)
    #expect(result.status == 64 && result.output == "")
  }

  @Test(arguments: ["/dev/full", "/no/such/folder/report", "/"], ["honest", "overclaim"])
  func `a file that cannot be written is no verdict, and the others are written`(file: String, wheel: String) throws {
    let wheels = [try Fixture.wheel(wheel)]
    let options = ["-o", "junit=\(path("first"))", "-o", "json=\(file)", "-o", "sarif=\(path("last"))"]
    let result = try Command.run(["check"] + options + wheels)
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("truewheel: cannot write to \(file): "))
    #expect(result.errors.split(separator: "\n").count == 1)
    #expect(result.output == (try printed("text", wheels)))
    #expect(try contents("first") == printed("junit", wheels))
    #expect(try contents("last") == printed("sarif", wheels))
  }

  @Test(arguments: ["text", "jsonl"]) func `a standard output that is full keeps no file from being written`(
    format: String
  ) throws {
    let wheel = try Fixture.wheel("overclaim")
    let command = "'\(Command.path)' check --format \(format) -o 'json=\(path("report"))' '\(wheel)' > /dev/full"
    let result = try Program.run("/bin/bash", ["-c", command])
    #expect(result.status == 2)
    #expect(result.errors == "truewheel: cannot write to standard output: No space left on device\n")
    #expect(try contents("report") == printed("json", [wheel]))
  }

  // MARK: The summary

  @Test func `the summary is appended in Markdown, whatever the report and the verdict`() throws {
    _ = try folder.write(Array("before\n".utf8), to: "summary")
    let (honest, overclaim) = (try Fixture.wheel("honest"), try Fixture.wheel("overclaim"))
    for (wheel, status) in [(honest, Int32(0)), (overclaim, 1)] {
      let result = try Command.run(["check", "--format", "github", "--summary", path("summary"), wheel])
      #expect(result.status == status)
      #expect(result.output == (try printed("github", [wheel])))
    }
    #expect(try contents("summary") == "before\n" + printed("markdown", [honest]) + printed("markdown", [overclaim]))
  }

  @Test(arguments: ["", "/no/such/folder/summary"]) func `a summary that cannot be written is no verdict`(
    file: String
  ) throws {
    let result = try Command.run(["check", "--summary", file, try Fixture.wheel("honest")])
    #expect(result.status == (file.isEmpty ? 64 : 2))
    #expect(!result.errors.isEmpty)
  }

  // MARK: Quiet

  @Test(arguments: ["-q", "--quiet"]) func `quiet says nothing of wheels in which nothing is wrong`(flag: String)
    throws
  {
    let (honest, pure) = (try Fixture.wheel("honest"), try Fixture.wheel("pure"))
    for command in ["check", "show"] {
      let result = try Command.run([command, flag, honest, pure])
      #expect(result.status == 0 && result.output == "" && result.errors == "")
    }
    let result = try Command.run(["check", flag, honest, try Fixture.wheel("overclaim"), pure])
    #expect(result.status == 1)
    #expect(result.output == (try printed("text", [try Fixture.wheel("overclaim")])))
    #expect(try Command.run(["check", flag, "missing-1.0-py3-none-any.whl"]).errors != "")
  }

  @Test func `quiet and verbose exclude each other`() throws {
    #expect(try Command.run(["check", "-q", "-v", try Fixture.wheel("honest")]).status == 64)
  }

  // MARK: A line for each wheel

  @Test func `lines of JSON come in the order of the arguments, whatever the number of jobs`() throws {
    let empty = try folder.write([], to: "empty-1.0-py3-none-any.whl")
    let wheels = try Fixture.wheels()
    for order in [wheels + [empty], [empty] + wheels.reversed(), wheels + wheels] {
      let runs = try ["1", "8", "8", "64"].map {
        try Command.run(["check", "--format", "jsonl", "--jobs", $0] + order).output
      }
      #expect(Set(runs).count == 1)
      let paths = try runs[0].split(separator: "\n").map { line in
        let wheel = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return wheel?["path"] as? String
      }
      #expect(paths == order)
      #expect(runs[0].hasSuffix("\n"))
    }
  }
}
