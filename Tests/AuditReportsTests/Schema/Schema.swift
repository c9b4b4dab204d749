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
      case allowsMoreThanItsParts = "unevaluatedProperties"
    }

    init(from decoder: any Decoder) throws {
      let keys = try decoder.container(keyedBy: CodingKeys.self)
      description = try keys.decodeIfPresent(String.self, forKey: .description)
      values = try keys.decodeIfPresent([String?].self, forKey: .values)
      properties = try keys.decodeIfPresent([String: Definition].self, forKey: .properties)
      required = try keys.decodeIfPresent([String].self, forKey: .required)
      allowsMore =
        try keys.decodeIfPresent(Bool.self, forKey: .allowsMore)
        ?? keys.decodeIfPresent(Bool.self, forKey: .allowsMoreThanItsParts)
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

  /// A file beside this one.
  static func file(_ name: String) -> URL {
    Fixture.project.appending(path: "Tests/AuditReportsTests/Schema/\(name)")
  }

  /// What is wrong with a document; empty when nothing is.
  static func complaints(about document: String, against schema: URL = file) throws -> String {
    try complaints(about: [document], against: schema)
  }

  /// What is wrong with any of these documents; empty when nothing is.
  static func complaints(about documents: [String], against schema: URL) throws -> String {
    let folder = try TemporaryFolder()
    let files = try documents.enumerated().map { number, document in
      try folder.write(Array(document.utf8), to: "document-\(number + 1).json")
    }
    let script = Schema.file("validate.py").path
    let result = try Program.run("/usr/bin/python3", [script, schema.path] + files)
    try #require(result.status != 3, "no validator: install the Debian package python3-jsonschema, or run 'make setup'")
    try #require(result.status <= 1, "the validator failed: \(result.errors)")
    return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
