/// What the WHEEL file in `.dist-info` says of the wheel (binary distribution format, "File contents").
public struct WheelMetadata: Hashable, Sendable {
  /// `Root-Is-Purelib`: the root of the archive is installed into purelib.
  public var rootIsPurelib = false
  /// The `Tag` lines, in the order of the file: `cp39-abi3-manylinux_2_17_x86_64`.
  public var tags: [String] = []

  public init() {}

  /// Reads the header lines; a line that is none is passed over, as the email parser of installers does.
  public init(_ text: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      let trimmed = value.reversed().drop { $0.isWhitespace }.reversed()
      switch line[..<colon].lowercased() {
      case "root-is-purelib": rootIsPurelib = String(trimmed).lowercased() == "true"
      case "tag": tags.append(String(trimmed))
      default: break
      }
    }
  }
}

extension WheelArchive {
  /// The WHEEL file in the top-level `.dist-info` folder, or nil when the archive has none.
  ///
  /// - Throws: `ArchiveError`, also where there are several: installers refuse such a wheel, and which one counts is
  ///   nowhere said.
  public func metadata() throws(ArchiveError) -> WheelMetadata? {
    let candidates = members.filter { member in
      let parts = member.name.split(separator: "/", omittingEmptySubsequences: false)
      return parts.count == 2 && parts[0].hasSuffix(".dist-info") && parts[1] == "WHEEL"
    }
    guard candidates.count <= 1 else {
      throw ArchiveError(path, member: candidates.last?.name, .list, .severalMetadataFolders)
    }
    guard let member = candidates.first else { return nil }
    return WheelMetadata(String(decoding: try contents(member), as: UTF8.self))
  }
}
