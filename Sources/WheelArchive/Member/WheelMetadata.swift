/// What the WHEEL file in `.dist-info` says of the wheel (binary distribution format, "File contents").
public struct WheelMetadata: Hashable, Sendable {
  /// `Wheel-Version`: that of the format, `1.0`; nil where it is not stated.
  public var wheelVersion: String?
  /// `Root-Is-Purelib`: the root of the archive is installed into purelib.
  public var rootIsPurelib = false
  /// How often `Root-Is-Purelib` is stated; installers go by the first.
  public var rootStatements = 0
  /// The `Tag` lines, in the order of the file: `cp39-abi3-manylinux_2_17_x86_64`.
  public var tags: [String] = []

  public init() {}

  public init(_ text: String) {
    self.init(Array(text.utf8))
  }

  /// Reads the fields; of one that may come once the first counts, as for installers.
  init(_ text: [UInt8]) {
    for (name, value) in HeaderFields(text) {
      switch name {
      case "wheel-version": wheelVersion = wheelVersion ?? value
      case "tag": tags.append(value)
      case "root-is-purelib":
        if rootStatements == 0 { rootIsPurelib = value.lowercased() == "true" }
        rootStatements += 1
      default: break
      }
    }
  }
}
