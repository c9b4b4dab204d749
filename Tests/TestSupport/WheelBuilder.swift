import Foundation
import WheelArchive

/// Puts a wheel together from members, with the metadata that goes with its name unless a test says otherwise.
public struct WheelBuilder {
  public var name: String
  public var members: [Zip.Member] = []
  public var rootIsPurelib = false
  /// The `Tag` lines of WHEEL; nil for those of the name.
  public var tags: [String]?
  public var wheelVersion = "1.0"
  /// More fields of METADATA.
  public var fields: [String] = []
  /// False for a wheel without a folder of metadata, but for what a test puts into it.
  public var hasMetadata = true
  /// False for one without RECORD.
  public var hasRecord = true
  /// What becomes of the RECORD that is true.
  public var record: @Sendable (String) -> String = { $0 }
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
    var all = members
    func add(_ file: String, _ text: String) {
      let path = Array("\(folder)/\(file)".utf8)
      if !members.contains(where: { $0.name == path }) { all.append(Zip.Member(name: path, Array(text.utf8))) }
    }
    let lines =
      ["Wheel-Version: \(wheelVersion)", "Generator: tests", "Root-Is-Purelib: \(rootIsPurelib)"]
      + (tags ?? expandedTags).map { "Tag: \($0)" }
    add("WHEEL", lines.map { $0 + "\n" }.joined())
    let metadata = ["Metadata-Version: 2.4", "Name: \(project)", "Version: \(version)"] + fields
    add("METADATA", metadata.map { $0 + "\n" }.joined())
    if hasRecord { add("RECORD", record(record(of: all))) }
    return Zip(all)
  }

  /// Writes the wheel and gives its path.
  public func write(to folder: TemporaryFolder) throws -> String {
    try folder.write(zip.bytes, to: name)
  }

  /// A row for each file, as the binary distribution format has it, and one without a digest for RECORD itself.
  private func record(of members: [Zip.Member]) -> String {
    let rows = members.filter { $0.name.last != UInt8(ascii: "/") }.map { member in
      let name = String(decoding: member.name, as: UTF8.self)
      let isPlain = !name.contains { ",\"\r\n".contains($0) }
      let path = isPlain ? name : "\"\(name.replacing("\"", with: "\"\""))\""
      return "\(path),\(Self.digest(of: member.contents)),\(member.contents.count)\n"
    }
    return rows.joined() + "\(folder)/RECORD,,\n"
  }

  /// The field of a RECORD for contents.
  public static func digest(of contents: [UInt8]) -> String {
    var digest = SHA256()
    contents.withUnsafeBytes { digest.update($0) }
    let text = Data(digest.finish()).base64EncodedString()
    return "sha256=" + text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  private var parts: [Substring] { name.dropLast(".whl".count).split(separator: "-") }
  /// A name that is none of a wheel has the metadata of one.
  private var isWheelName: Bool { name.hasSuffix(".whl") && parts.count >= 5 }
  private var project: String { isWheelName ? String(parts[0]) : "demo" }
  private var version: String { isWheelName ? String(parts[1]) : "1.0" }
  private var folder: String { "\(project)-\(version).dist-info" }

  private var expandedTags: [String] {
    let parts = parts.dropLast(variant == nil ? 0 : 1).suffix(3).map { $0.split(separator: ".") }
    guard parts.count == 3 else { return [] }
    return parts[0].flatMap { python in
      parts[1].flatMap { abi in parts[2].map { "\(python)-\(abi)-\($0)" } }
    }
  }
}
