import Foundation
import TestSupport
import Testing

/// Whole reports as they were read and found good: the files under `Snapshots`.
///
/// They are written anew only when TRUEWHEEL_RECORD is set, and a run that writes one fails: it is to be read first.
enum Snapshot {
  static let folder = Fixture.project.appending(path: "Tests/AuditReportsTests/Snapshots")

  static func expect(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try expect(
      text, in: folder.appending(path: name), writtenBy: "make snapshots", sourceLocation: sourceLocation)
  }

  /// Compares a text with the file that holds it, or writes the file.
  static func expect(
    _ text: String, in file: URL, writtenBy command: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let recorded = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
    guard text != recorded else { return }
    let name = file.path.dropFirst(Fixture.project.path.count + 1)
    if ProcessInfo.processInfo.environment["TRUEWHEEL_RECORD"] != nil {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      Issue.record("wrote \(name): read it, then run the tests again", sourceLocation: sourceLocation)
    } else {
      Issue.record(
        "\(difference(recorded, text)); '\(command)' writes \(name) anew", sourceLocation: sourceLocation)
    }
  }

  /// The first line that differs.
  private static func difference(_ recorded: String?, _ text: String) -> String {
    guard let recorded else { return "there is no such file" }
    let old = recorded.split(separator: "\n", omittingEmptySubsequences: false)
    let new = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(old, new).prefix { $0 == $1 }.count
    func shown(_ lines: [Substring]) -> String { line < lines.count ? "'\(lines[line])'" : "the end" }
    return "line \(line + 1) was \(shown(old)) and is \(shown(new))"
  }
}
