import Foundation
import TestSupport
import Testing

/// Whole reports as they were read and found good: the files under `Snapshots`.
///
/// They are written anew only when TRUEWHEEL_RECORD is set, and such a run fails: what was written is to be read first.
enum Snapshot {
  static let folder = Fixture.project.appending(path: "Tests/AuditReportsTests/Snapshots")

  static func expect(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["TRUEWHEEL_RECORD"] != nil {
      try Data(text.utf8).write(to: file)
      Issue.record(
        "recorded Snapshots/\(name): read it, then run the tests again without TRUEWHEEL_RECORD",
        sourceLocation: sourceLocation)
      return
    }
    let recorded = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
    if text != recorded {
      Issue.record(
        "\(difference(recorded, text)); 'make snapshots' records Snapshots/\(name) anew",
        sourceLocation: sourceLocation)
    }
  }

  /// The first line that differs.
  private static func difference(_ recorded: String?, _ text: String) -> String {
    guard let recorded else { return "there is no such snapshot" }
    let old = recorded.split(separator: "\n", omittingEmptySubsequences: false)
    let new = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(old, new).prefix { $0 == $1 }.count
    func shown(_ lines: [Substring]) -> String { line < lines.count ? "'\(lines[line])'" : "the end" }
    return "line \(line + 1) was \(shown(old)) and is \(shown(new))"
  }
}
