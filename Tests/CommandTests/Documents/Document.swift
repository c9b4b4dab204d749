import Foundation
import TestSupport
import Testing

/// A page for users, and the code in it.
struct Document: CustomTestStringConvertible {
  /// A block between fences.
  struct Block {
    let language: String
    let text: String
  }

  /// From the top of the project.
  let path: String
  let text: String
  let blocks: [Block]
  /// Blocks that are set in by four spaces, line by line.
  let indented: [String]
  /// Code within sentences and tables.
  let spans: [String]

  var testDescription: String { path }

  var file: URL { Fixture.project.appending(path: path) }

  /// The pages that people write; those of the rules are generated, with examples that the program printed.
  static let all: [Document] = {
    let docs = Fixture.project.appending(path: "docs").path
    let pages = ((try? FileManager.default.contentsOfDirectory(atPath: docs)) ?? []).filter { $0.hasSuffix(".md") }
    let paths = ["README.md"] + pages.sorted().map { "docs/\($0)" } + ["examples/pre-commit-mirror/README.md"]
    return paths.compactMap { try? Document($0) }
  }()

  init(_ path: String) throws {
    self.path = path
    text = try String(contentsOf: Fixture.project.appending(path: path), encoding: .utf8)
    let fence = /(?m)^```([a-z]*)\n((?s).*?)^```$/
    blocks = text.matches(of: fence).map { Block(language: String($0.1), text: String($0.2)) }
    let prose = text.replacing(fence, with: "")
    indented = prose.matches(of: /(?m)^ {4}(\S.*)$/).map { String($0.1) }
    spans = prose.matches(of: /`([^`]+)`/).map { match in
      String(match.1).replacing("\\|", with: "|").replacing("\n", with: " ")
    }
  }

  func blocks(_ language: String) -> [String] { blocks.filter { $0.language == language }.map(\.text) }
}
