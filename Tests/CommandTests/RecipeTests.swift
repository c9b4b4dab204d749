import Foundation
import TestSupport
import Testing

/// What the documentation tells people to write.
@Suite struct RecipeTests {
  private static let documents = ["README.md", "docs/ci.md", "docs/settings.md"]

  private static func blocks(_ language: String, in document: String) throws -> [String] {
    let text = try String(contentsOf: Fixture.project.appending(path: document), encoding: .utf8)
    let pieces = text.components(separatedBy: "```\(language)\n").dropFirst()
    return pieces.compactMap { $0.components(separatedBy: "\n```").first }
  }

  @Test func `every example of settings is accepted`() throws {
    let examples = try Self.blocks("toml", in: "docs/settings.md")
    #expect(examples.count == 2)
    for example in examples {
      let folder = try TemporaryFolder()
      let name = example.hasPrefix("# pyproject.toml") ? "pyproject.toml" : "truewheel.toml"
      let file = try folder.write(Array(example.utf8), to: name)
      _ = try folder.write(Array("{\"schemaVersion\": 1, \"findings\": []}".utf8), to: "truewheel-baseline.json")
      let result = try Command.run(["check", "--config", file, try Fixture.wheel("honest")])
      #expect(result.status == 0, "\(result.errors)")
    }
  }

  /// Each command is run on a fixture in place of its wheels, in an empty folder.
  @Test(arguments: documents) func `every command that is shown can be run`(document: String) throws {
    let folder = try TemporaryFolder()
    let lines = try Self.blocks("sh", in: document).flatMap { $0.split(separator: "\n") }
      .filter { $0.hasPrefix("truewheel ") }
    #expect(document == "README.md" || !lines.isEmpty)
    for line in lines {
      let command = line.split(separator: " ").prefix { !["&&", ">", "|"].contains($0) }.map(String.init)
      let wheel = try Fixture.wheel("honest")
      let arguments = command.dropFirst().map { ["dist/", "incoming/"].contains($0) ? wheel : $0 }
      let result = try Command.run(arguments, folder: folder.url)
      #expect(result.status == 0, "\(line): \(result.errors)")
    }
  }

  @Test(arguments: documents) func `every link leads somewhere`(document: String) throws {
    let file = Fixture.project.appending(path: document)
    let text = try String(contentsOf: file, encoding: .utf8)
    for link in text.matches(of: /\]\(([^)#:]+)(#[^)]*)?\)/) {
      let target = file.deletingLastPathComponent().appending(path: String(link.1))
      #expect(FileManager.default.fileExists(atPath: target.path), "\(link.1)")
    }
  }
}
