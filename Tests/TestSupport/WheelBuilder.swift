/// Puts a wheel together from members, with the metadata that goes with its name unless a test says otherwise.
public struct WheelBuilder {
  public var name: String
  public var members: [Zip.Member] = []
  public var rootIsPurelib = false
  /// The `Tag` lines of WHEEL; nil for those of the name.
  public var tags: [String]?
  public var hasMetadata = true

  /// A wheel without members; the platform tags of its name are joined by dots.
  public init(platform: String, python: String = "cp39", abi: String = "abi3") {
    name = "demo-1.0-\(python)-\(abi)-\(platform).whl"
  }

  /// Adds a fixture object under a path.
  public mutating func add(_ path: String, object: String, _ architecture: String = "x86_64") throws {
    members.append(Zip.Member(path, try Fixture.object(object, architecture)))
  }

  public mutating func add(_ path: String, _ contents: [UInt8]) {
    members.append(Zip.Member(path, contents))
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
    let parts = name.dropLast(".whl".count).split(separator: "-").suffix(3).map { $0.split(separator: ".") }
    guard parts.count == 3 else { return [] }
    return parts[0].flatMap { python in
      parts[1].flatMap { abi in parts[2].map { "\(python)-\(abi)-\($0)" } }
    }
  }
}
