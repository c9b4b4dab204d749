extension DirectoryEntry {
  /// The newest version of the format (APPNOTE.TXT 4.4.3); Python's zipfile refuses archives that need a newer one.
  private static let newestVersion = 63

  /// What is wrong with an entry by itself, as some reader or other sees it.
  func problem(name: ArraySlice<UInt8>) -> ArchiveError.Problem? {
    if name.contains(0) { return .nulInName }
    if !hasOneName { return .contradictoryHeaders }
    if flags.contains(.unicodeName), String(validating: name, as: UTF8.self) == nil { return .notUTF8 }
    if version > Self.newestVersion {
      return .unsupportedFeature("version \(version / 10).\(version % 10) of the zip format")
    }
    if flags.contains(.patch) { return .unsupportedFeature("patched data") }
    if compression == .stored, size != compressedSize {
      return .shorterThanDeclared(declared: UInt64(size), actual: UInt64(compressedSize))
    }
    return nil
  }

  /// What of an entry is over a limit.
  func excess(over limits: ArchiveLimits) -> ArchiveError.Problem? {
    func excess(_ limit: ArchiveLimit, _ value: Int, _ most: UInt64) -> ArchiveError.Problem? {
      value <= most ? nil : .overLimit(limit, value: UInt64(value), limit: most)
    }
    let ratio = size <= limits.ratioThreshold ? 0 : size / max(compressedSize, 1)
    return excess(.nameLength, name.count, limits.nameLength) ?? excess(.memberSize, size, limits.memberSize)
      ?? excess(.ratio, ratio, limits.ratio)
  }
}
