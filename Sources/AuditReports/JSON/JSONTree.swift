public import WheelAudit

/// Objects and libraries for programs, version 1: `docs/tree.schema.json` says what each key means.
///
/// An object has the keys that it has in the report (`JSONReport`). Nothing is folded away, and nothing is too deep.
public struct JSONTree: Sendable {
  public static let schemaVersion = 1

  private let toolVersion: String

  public init(toolVersion: String) {
    self.toolVersion = toolVersion
  }

  /// The tree of a wheel or an ELF file, by its path as it was given, with its objects.
  public func render(_ file: String, _ objects: [ObjectReport]) throws -> String {
    try json(
      Document(
        file: file, objects: objects.map(ObjectEntry.init), tool: .init(version: toolVersion)))
  }

  private struct Document: Encodable {
    struct Tool: Encodable {
      let name = "truewheel"
      let version: String
    }

    let schemaVersion = JSONTree.schemaVersion
    let file: String
    let objects: [ObjectEntry]
    let tool: Tool
  }
}
