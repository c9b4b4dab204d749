import AuditReports
import Foundation
import TestSupport
import Testing

/// The form of a tree for programs.
@Suite struct TreeSchemaTests {
  private static let schema = Fixture.project.appending(path: "docs/tree.schema.json")

  @Test func `trees obey their schema`() throws {
    let documents =
      try Sample.fixtures("overclaim", "honest", "musl").map { wheel in
        try JSONTree(toolVersion: "1").render(wheel.path, wheel.audit?.objects ?? [])
      }
      + Sample.hostileNames.filter { !$0.isEmpty }.map { name in
        try JSONTree(toolVersion: "1").render(name, Sample.wheel(named: name).audit?.objects ?? [])
      }
    #expect(try Schema.complaints(about: documents, against: Self.schema) == "")
    let forged = documents[0].replacing(#""schemaVersion" : 1"#, with: #""schemaVersion" : 2"#)
    #expect(try Schema.complaints(about: forged, against: Self.schema) != "")
  }

  /// An object has the same keys in both.
  @Test(arguments: ["object", "needed"]) func `what the schema of reports says of objects is said here too`(
    name: String
  ) throws {
    func definition(_ file: URL) throws -> NSDictionary? {
      let schema = try JSONSerialization.jsonObject(with: try Data(contentsOf: file)) as? [String: Any]
      return (schema?["$defs"] as? [String: Any])?[name] as? NSDictionary
    }
    let own = try #require(try definition(Self.schema))
    #expect(try own == definition(Schema.file))
  }
}
