import Testing
import WheelArchive

/// What variant.json says of a label (PEP 825, a draft).
@Suite struct VariantMetadataTests {
  private static let schema = "https://variants-schema.wheelnext.dev/peps/825/v0.1.0.json"

  private static func file(
    _ variants: String, namespaces: String = "\"x86_64\", \"nvidia\"", schema: String? = schema
  ) -> String {
    let version = schema.map { "\"$schema\": \"\($0)\"," } ?? ""
    return "{\(version) \"default-priorities\": {\"namespace\": [\(namespaces)]}, \"variants\": {\(variants)}}"
  }

  private static func features(_ text: String, _ label: String = "v") throws -> [String] {
    try VariantMetadata(Array(text.utf8), label: label).features.map {
      "\($0.namespace) :: \($0.name) :: \($0.values.joined(separator: "|"))"
    }
  }

  private static let good: [(text: String, features: [String])] = [
    (file(#""v": {"x86_64": {"level": ["v3"]}}"#), ["x86_64 :: level :: v3"]),
    (
      file(#""v": {"x86_64": {"level": ["v3", "v2", "v3"]}, "nvidia": {"sm_arch": ["120_real"], "cuda": ["12.8"]}}"#),
      ["nvidia :: cuda :: 12.8", "nvidia :: sm_arch :: 120_real", "x86_64 :: level :: v2|v3"]
    ),
    (file(#""other": {"nvidia": {"a": ["b"]}}, "v": {"x86_64": {"level": []}}"#), []),
    (file(#""v": {}"#, namespaces: ""), []),
    (file(#""v": {}"#, schema: "v1.0.3.json"), []),
    (file(#""v": {}"#, schema: "https://x/v0.0.3.json"), []),
  ]

  @Test(arguments: good) func `a label has its features`(text: String, features: [String]) throws {
    #expect(try Self.features(text) == features)
  }

  private static let bad: [(text: String, problem: VariantMetadata.Problem)] = [
    (file(#""V": {}"#), .noLabel), (file(""), .noLabel),
    (file(#""v": {}"#, schema: nil), .unknownFormat(nil)), (file(#""v": {}"#, schema: "x.json"), .unknownFormat(nil)),
    (file(#""v": {}"#, schema: "https://x/v1.0.json"), .unknownFormat(nil)),
    (file(#""v": {}"#, schema: "https://x/v1.1.0.json"), .unknownFormat("1.1.0")),
    (file(#""v": {}"#, schema: "https://x/v2.0.0.json"), .unknownFormat("2.0.0")),
    ("{\"$schema\": \"\(schema)\", \"variants\": []}", .wrong("it has no object 'variants'")),
    (
      "{\"$schema\": \"\(schema)\", \"variants\": {\"v\": {}}}",
      .wrong("it has no list 'default-priorities.namespace'")
    ),
    ("[]", .wrong("it is no object")), (file(#""v": []"#), .wrong("its variant is no object")),
    (
      file(#""v": {"intel": {"a": ["b"]}}"#), .wrong("'intel' is no namespace that its 'default-priorities' name")
    ),
    (file(#""v": {"x86_64": ["v3"]}"#), .wrong("its namespace 'x86_64' is no object")),
    (file(#""v": {"x86_64": {"Level": ["v3"]}}"#), .wrong("'Level' is no feature")),
    (file(#""v": {"x86_64": {"level": "v3"}}"#), .wrong("what 'x86_64 :: level' has is no list of values")),
    (file(#""v": {"x86_64": {"level": ["V3"]}}"#), .wrong("what 'x86_64 :: level' has is no list of values")),
    (file(#""v": {"x86_64": {"level": ["v3", 3]}}"#), .wrong("what 'x86_64 :: level' has is no list of values")),
  ]

  @Test(arguments: bad) func `what is not as the draft says promises nothing`(
    text: String, problem: VariantMetadata.Problem
  ) {
    #expect(throws: problem) { try Self.features(text) }
  }

  /// A name of so many bytes with so many values would be written out with each of them.
  @Test(arguments: [(100, 10, true), (101, 1, false), (1, 1000, true), (1, 1001, false)])
  func `what a variant has is bounded`(length: Int, count: Int, isTaken: Bool) {
    let namespace = String(repeating: "n", count: length)
    let values = (0..<count).map { "\"\($0)\"" }.joined(separator: ",")
    let text = Self.file("\"v\": {\"\(namespace)\": {\"f\": [\(values)]}}", namespaces: "\"\(namespace)\"")
    #expect((try? Self.features(text).count == 1) == (isTaken ? true : nil))
  }

  @Test func `the variant without properties has none`() throws {
    #expect(try Self.features(Self.file(#""null": {}"#), "null").isEmpty)
    #expect(throws: VariantMetadata.Problem.notNull) {
      try Self.features(Self.file(#""null": {"x86_64": {"level": ["v3"]}}"#), "null")
    }
  }

  /// The first of them is what one reader takes, the last what another does.
  @Test(arguments: [
    file(#""v": {"x86_64": {"level": ["v3"]}}, "v": {}"#), file(#""v": {}"#) + "x",
    file(#""v": {"x86_64": {"level": ["v3"], "level": ["v2"]}}"#),
  ]) func `what readers take for different things is refused`(text: String) throws {
    let problem = try #require(throws: VariantMetadata.Problem.self) { try Self.features(text) }
    guard case .noJSON = problem else {
      Issue.record("\(problem)")
      return
    }
  }
}
