import Foundation
import TestSupport
import Testing

/// What documents tell people to run does what they say.
@Suite struct RecipeTests {
  /// What is not run here, and why: those of other programs, and what needs more than this program.
  private static let elsewhere = [
    "pip install truewheel": "takes the wheel from PyPI; Tests/Python installs it from a local index",
    "twine check": "is said of how the page was tried",
    "python -m truewheel": "needs the package, with which Tests/Python runs it",
  ]

  @Test(arguments: Document.all) func `every command that is named can be run`(document: Document) throws {
    let commands = document.commands.filter { Self.elsewhere[$0] == nil }
    for command in Set(commands.flatMap(Document.commands)).sorted() {
      try expectToRun(command, in: document)
    }
  }

  @Test(arguments: Document.all) func `every option that is named is there`(document: Document) throws {
    let help = try Command.run(["check", "--help"]).output
    for option in Set(document.options.flatMap(Document.commands)).sorted() {
      if option.contains(" ") || !option.hasPrefix("--") {
        try expectToRun("truewheel check dist \(option)", in: document)
      } else {
        #expect(help.contains(" \(option)"), "\(document.path): \(option)")
      }
    }
  }

  private func expectToRun(_ command: String, in document: Document) throws {
    let result = try ReadersFolder().run(Document.filledIn(command))
    #expect(result.status == 0, "\(document.path): \(command): \(result.errors)")
  }

  /// Every verb builds something, so that it is there is all that is seen of it here.
  @Test(arguments: Document.all) func `every verb of make that is named is there`(document: Document) throws {
    let makefile = try String(contentsOf: Fixture.project.appending(path: "Makefile"), encoding: .utf8)
    for command in document.verbs {
      for word in command.split(separator: " ").dropFirst() {
        let name = word.prefix { $0 != "=" }
        let isKnown =
          word.contains("=")
          ? makefile.contains("$(\(name)") : makefile.firstMatch(of: try Regex("(?m)^\(name):.*##")) != nil
        #expect(isKnown, "\(document.path): \(command)")
      }
    }
  }

  @Test func `the documents name what is said to be run elsewhere, and commands at all`() {
    let commands = Document.all.map { Set($0.commands) }
    for command in Self.elsewhere.keys { #expect(commands.contains { $0.contains(command) }, "\(command)") }
    #expect(commands.map(\.count).reduce(0, +) >= 20)
    #expect(Document.all.flatMap(\.options).count >= 15 && Document.all.flatMap(\.verbs).count >= 6)
  }

  @Test(arguments: [
    ("truewheel a [-x F]… B|C…", ["truewheel a -x F B", "truewheel a -x F C", "truewheel a  B", "truewheel a  C"]),
    ("truewheel a B… | --all", ["truewheel a B", "truewheel a --all"]),
    ("truewheel [a | b C]", ["truewheel a", "truewheel b C", "truewheel "]), ("truewheel a", ["truewheel a"]),
  ]) func `a form stands for commands`(form: String, commands: [String]) {
    #expect(Document.commands(of: form) == commands)
  }

  /// One after the other, since one may write what the next reads.
  @Test(arguments: Document.all.filter { !$0.blocks("sh").isEmpty })
  func `every script that is shown can be run`(document: Document) throws {
    let folder = try ReadersFolder()
    for script in document.blocks("sh") {
      let result = try folder.run(script)
      #expect(result.status == 0, "\(script): \(result.errors)")
    }
  }

  @Test func `scripts are shown`() {
    #expect(Document.all.map { $0.blocks("sh").count }.reduce(0, +) >= 5)
  }

  private static func script(_ word: String, in path: String) throws -> String {
    try #require(try Document(path).blocks("sh").first { $0.contains(word) }, "\(path) has no script with \(word)")
  }

  @Test(arguments: ["honest", "overclaim"]) func `a job has its summary and its file whatever the verdict`(
    wheel: String
  ) throws {
    let folder = try ReadersFolder(wheel: wheel)
    let result = try folder.run(try Self.script("GITHUB_STEP_SUMMARY", in: "docs/ci.md"))
    #expect(result.status == (wheel == "honest" ? 0 : 1))
    #expect(try #require(folder.summary).hasPrefix("## Truewheel: 1 wheel"))
    #expect(folder.has("truewheel.sarif"))
    #expect(result.output.contains("::error ") == (wheel == "overclaim"))
  }

  @Test(arguments: ["honest", "overclaim"]) func `what breaks its claim is not uploaded`(wheel: String) throws {
    let folder = try ReadersFolder(wheel: wheel)
    let result = try folder.run(try Self.script("twine upload", in: "docs/ci.md"))
    #expect((result.status == 0) == (wheel == "honest") && folder.has("uploaded") == (wheel == "honest"))
  }

  @Test func `what PyPI refuses is not uploaded`() throws {
    let folder = try ReadersFolder()
    var builder = WheelBuilder(platform: "linux_x86_64")
    try builder.add("demo/module.abi3.so", object: "baseline.abi3.so")
    _ = try folder.folder.write(builder.zip.bytes, to: "dist/\(builder.name)")
    let result = try folder.run(try Self.script("twine upload", in: "docs/ci.md"))
    #expect(result.status == 1 && !folder.has("uploaded"))
  }

  @Test func `an index gets a line for each wheel, also for damaged ones`() throws {
    let folder = try ReadersFolder()
    _ = try folder.folder.write(Array("no archive".utf8), to: "incoming/broken-1.0-py3-none-linux_x86_64.whl")
    let result = try folder.run(try Self.script("jsonl", in: "docs/ci.md"))
    #expect(result.status == 2, "\(result.errors)")
    let lines = try folder.run("cat audits.jsonl").output.split(separator: "\n")
    #expect(lines.map { $0.contains("\"unreadable\"") } == [true, false])
  }

  @Test func `a baseline lets what it holds pass`() throws {
    let folder = try ReadersFolder(wheel: "overclaim")
    #expect(try folder.run("truewheel check dist/").status == 1)
    #expect(try folder.run(try Self.script("--write-baseline", in: "docs/settings.md")).status == 0)
  }

  @Test func `scripts for auditwheel read the tag that it prints`() throws {
    let folder = try ReadersFolder(wheel: "overclaim")
    let result = try folder.run(try Self.script("overall_tag", in: "docs/from-auditwheel.md"))
    #expect(result.output == "manylinux_2_34_x86_64\n")
  }

  @Test(arguments: Document.all) func `every link leads somewhere`(document: Document) throws {
    for link in document.text.matches(of: /\]\(([^)#:]+)(#[^)]*)?\)/) {
      let target = document.file.deletingLastPathComponent().appending(path: String(link.1))
      #expect(FileManager.default.fileExists(atPath: target.path), "\(link.1)")
    }
  }
}
