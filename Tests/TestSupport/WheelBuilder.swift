/// Puts a wheel together from members, with the metadata that goes with its name unless a test says otherwise.
public struct WheelBuilder {
  public var name: String
  public var members: [Zip.Member] = []
  public var rootIsPurelib = false
  /// The `Tag` lines of WHEEL; nil for those of the name.
  public var tags: [String]?
  public var hasMetadata = true
  private let variant: String?

  /// A wheel without members; the platform tags of its name are joined by dots.
  ///
  /// A label makes it a variant (PEP 825).
  public init(platform: String, python: String = "cp39", abi: String = "abi3", variant: String? = nil) {
    name = "demo-1.0-\(python)-\(abi)-\(platform)\(variant.map { "-\($0)" } ?? "").whl"
    self.variant = variant
  }

  /// Adds a fixture object under a path.
  public mutating func add(_ path: String, object: String, _ architecture: String = "x86_64") throws {
    members.append(Zip.Member(path, try Fixture.object(object, architecture)))
  }

  public mutating func add(_ path: String, _ contents: [UInt8]) {
    members.append(Zip.Member(path, contents))
  }

  /// Adds a variant.json that gives a label these features, as JSON: `"x86_64": {"level": ["v3"]}`.
  public mutating func addVariant(_ label: String, _ features: String, namespaces: [String] = ["x86_64"]) {
    let text = """
      {
        "$schema": "https://variants-schema.wheelnext.dev/peps/825/v0.1.0.json",
        "default-priorities": {"namespace": [\(namespaces.map { "\"\($0)\"" }.joined(separator: ", "))]},
        "variants": {"\(label)": {\(features)}}
      }
      """
    add("demo-1.0.dist-info/variant.json", Array(text.utf8))
  }

  public var zip: Zip {
    guard hasMetadata else { return Zip(members) }
    let lines =
      ["Wheel-Version: 1.0", "Generator: tests", "Root-Is-Purelib: \(rootIsPurelib)"]
      + (tags ?? expandedTags).map { "Tag: \($0)" }
    let metadata = Zip.Member("demo-1.0.dist-info/WHEEL", Array(lines.map { $0 + "\n" }.joined().utf8))
    return Zip(members + [metadata])
  }

  /// Writes the wheel and gives its path.
  public func write(to folder: TemporaryFolder) throws -> String {
    try folder.write(zip.bytes, to: name)
  }

  private var expandedTags: [String] {
    let names = name.dropLast(".whl".count).split(separator: "-").dropLast(variant == nil ? 0 : 1)
    let parts = names.suffix(3).map { $0.split(separator: ".") }
    guard parts.count == 3 else { return [] }
    return parts[0].flatMap { python in
      parts[1].flatMap { abi in parts[2].map { "\(python)-\(abi)-\($0)" } }
    }
  }
}
