import Foundation
import TestSupport
import Testing

/// What the documentation tells people to write.
@Suite struct RecipeTests {
  private static let documents = [
    "README.md", "docs/ci.md", "docs/from-auditwheel.md", "docs/python.md", "docs/settings.md",
    "examples/pre-commit-mirror/README.md",
  ]

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
      _ = try folder.write(Array("{\"schemaVersion\": 2, \"findings\": []}".utf8), to: "truewheel-baseline.json")
      let result = try Command.run(["check", "--config", file, try Fixture.wheel("honest")])
      #expect(result.status == 0, "\(result.errors)")
    }
  }

  /// The blocks that a shell is to run: each is run as a step of a job would be, in a folder with wheels.
  @Test(arguments: ["docs/ci.md", "docs/from-auditwheel.md", "docs/settings.md"])
  func `every command that is shown can be run`(document: String) throws {
    let blocks = try Self.blocks("sh", in: document)
    #expect(!blocks.isEmpty)
    for block in blocks {
      let folder = try TemporaryFolder()
      let honest = try Data(contentsOf: URL(filePath: Fixture.wheel("honest")))
      for place in ["dist", "incoming"] {
        try FileManager.default.createDirectory(
          at: folder.url.appending(path: place), withIntermediateDirectories: true)
        try honest.write(
          to: folder.url.appending(path: "\(place)/\(URL(filePath: Fixture.wheel("honest")).lastPathComponent)"))
      }
      // What uvx would install is the command that is tested; an upload is none of its business.
      let script = """
        PATH="\(URL(filePath: Command.path).deletingLastPathComponent().path):$PATH"
        uvx() { "$@"; }
        twine() { test "$1" = upload; }
        wheel=(dist/*.whl)
        \(block)
        """
      let result = try Program.run(
        "/bin/bash", ["-eo", "pipefail", "-c", script],
        environment: ["GITHUB_STEP_SUMMARY": folder.url.appending(path: "summary.md").path], folder: folder.url)
      #expect(result.status == 0, "\(block): \(result.errors)")
      if block.contains("GITHUB_STEP_SUMMARY") {
        let summary = try String(contentsOf: folder.url.appending(path: "summary.md"), encoding: .utf8)
        #expect(summary.hasPrefix("## Truewheel: "))
      }
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
