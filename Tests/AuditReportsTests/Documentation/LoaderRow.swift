import Foundation
import TestSupport
import Testing
import WheelAudit

/// One row of `docs/loader.md`: a reason for which a loader refuses.
struct LoaderRow: Sendable {
  /// `K1`.
  let id: String
  /// What the case is.
  let what: String
  /// What stands behind each word that begins a line: `Says` → the messages.
  let fields: [String: String]

  static let all: [LoaderRow] = {
    let page = Fixture.project.appending(path: "docs/loader.md")
    let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "\n### ").dropFirst().map { LoaderRow($0) }
  }()

  private init(_ text: String) {
    // The next section's title stands at the end of the last row of one.
    let text = text.components(separatedBy: "\n## ")[0]
    let lines = text.components(separatedBy: "\n")
    id = lines[0]
    let items = text.components(separatedBy: "\n- ")
    what = items[0].components(separatedBy: "\n").dropFirst().filter { !$0.isEmpty }.joined(separator: " ")
    fields = Dictionary(
      items.dropFirst().map { item in
        let parts = item.components(separatedBy: ": ")
        let words = parts.dropFirst().joined(separator: ": ").split { $0 == "\n" || $0 == " " }.joined(separator: " ")
        return (parts[0], words)
      }, uniquingKeysWith: { first, second in "\(first); \(second)" })
  }

  /// The messages, as they stand between backquotes.
  var messages: [String] { Self.quoted(fields["Says"] ?? "") }

  /// The rules that it is judged by.
  var rules: [String] {
    (fields["Judged"] ?? "").matches(of: /\[`([^`]+)`\]\(rules\/([^)]+)\.md\)/).map { match in
      match.1 == match.2 ? String(match.1) : "\(match.1) and \(match.2)"
    }
  }

  /// What `not-loadable` calls it.
  var demands: [String] {
    Self.quoted((fields["Judged"] ?? "").replacing(/\[`[^`]+`\]\([^)]+\)/, with: ""))
  }

  /// The suites that test it.
  var suites: [String] { (fields["Test"] ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }

  private static func quoted(_ text: String) -> [String] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
      .map { String($0.element) }
  }
}

extension LoaderRow: CustomTestStringConvertible {
  var testDescription: String { id }
}
