/// What a project is called, in the form that all spellings share (PEP 503, "Normalized Names"): case and the choice of
/// `-`, `_` and `.` do not matter.
public struct ProjectName: Hashable, Sendable, CustomStringConvertible {
  /// In lower case, with one `-` for each run of separators.
  public let description: String

  public init(_ name: some StringProtocol) {
    // Runs of separators at the ends stay, as one.
    var normalized: [UInt8] = []
    for byte in name.lowercased().utf8 {
      let isSeparator = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
      if !isSeparator {
        normalized.append(byte)
      } else if normalized.last != UInt8(ascii: "-") {
        normalized.append(UInt8(ascii: "-"))
      }
    }
    description = String(decoding: normalized, as: UTF8.self)
  }

  /// The same as the name of a file begins with it (binary distribution format, "Escaping and Unicode").
  public var inFileNames: String { String(description.map { $0 == "-" ? "_" : $0 }) }
}
