import Foundation
import Testing
import WheelArchive

@testable import BuildProfiles

/// The version of the facts is another as soon as any of them is.
@Suite struct DataVersionTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources/BuildProfiles/Data")

  private func files() throws -> [String: String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter { $0.hasSuffix(".txt") }
    return try Dictionary(
      uniqueKeysWithValues: names.map { ($0, try String(contentsOf: Self.folder.appending(path: $0), encoding: .utf8)) }
    )
  }

  /// As `Data/embed.py` makes it: of each file its name and its lines without comments.
  private func version(_ files: [String: String]) -> String {
    var digest = SHA256()
    for (name, text) in files.sorted(by: { $0.key < $1.key }) {
      let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
      let said = ([Substring(name)] + lines).map { $0 + "\n" }.joined()
      Array(said.utf8).withUnsafeBytes { digest.update($0) }
    }
    return digest.finish().prefix(8).map { String(format: "%02x", $0) }.joined()
  }

  @Test func `it is that of the files, and of every table`() throws {
    let files = try files()
    #expect(Facts.version == version(files))
    let tables = Mirror(reflecting: Facts.Texts()).children.compactMap { $0.value as? TableText }
    #expect(Set(files.keys) == Set(tables.map(\.name)))
    for name in files.keys {
      var changed = files
      changed[name]?.append("another line\n")
      #expect(version(changed) != Facts.version)
    }
  }
}
