import Foundation
import TestSupport
import Testing

/// The published schema of the JSON report, and a validator for it.
struct Schema: Decodable {
  /// A schema of an object, or of a value with a closed set of values.
  struct Definition: Decodable {
    let description: String?
    let values: [String?]?
    let properties: [String: Definition]?
    let required: [String]?
    let allowsMore: Bool?

    enum CodingKeys: String, CodingKey {
      case description, properties, required
      case values = "enum"
      case allowsMore = "additionalProperties"
    }
  }

  let definitions: [String: Definition]
  let properties: [String: Definition]
  let required: [String]
  let allowsMore: Bool

  enum CodingKeys: String, CodingKey {
    case properties, required
    case definitions = "$defs"
    case allowsMore = "additionalProperties"
  }

  static let file = Fixture.project.appending(path: "docs/report.schema.json")

  static func read() throws -> Schema {
    try JSONDecoder().decode(Schema.self, from: try Data(contentsOf: file))
  }

  /// What is wrong with a document; empty when nothing is.
  static func complaints(about document: String) throws -> String {
    let folder = try TemporaryFolder()
    let document = try folder.write(Array(document.utf8), to: "document.json")
    let script = Fixture.project.appending(path: "Tests/AuditReportsTests/Schema/validate.py").path
    let result = try Program.run("/usr/bin/python3", [script, file.path, document])
    try #require(result.status != 3, "no validator: install the Debian package python3-jsonschema, or run 'make setup'")
    try #require(result.status <= 1, "the validator failed: \(result.errors)")
    return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
