public import WheelTags

extension WheelArchive {
  /// The folders of metadata.
  ///
  /// - Parameter wheel: the name of the file; nil where it is none of a wheel.
  /// - Returns: those at the top of the archive; none where there is none.
  public func distInfo(of wheel: WheelFilename?) -> DistInfo { DistInfo(members, of: wheel) }

  /// The WHEEL file, or nil when the archive has none.
  public func metadata(_ info: DistInfo, with inflater: Inflater) throws(ArchiveError) -> WheelMetadata? {
    guard let member = info.firstFile("WHEEL") else { return nil }
    return WheelMetadata(try contents(member, with: inflater))
  }

  /// The header fields of the METADATA file, or nil when the archive has none.
  ///
  /// What follows them, which may be long, is not read.
  ///
  /// - Throws: also where they have more than `ArchiveLimits.metadataSize` bytes.
  public func coreMetadata(_ info: DistInfo, with inflater: Inflater) throws(ArchiveError) -> CoreMetadata? {
    guard let member = info.file("METADATA") else { return nil }
    let text = try beginning(member, with: inflater) { text, start in
      text.count > limits.metadataSize || Self.hasEmptyLine(text[max(start - 2, 0)...])
    }
    guard text.count <= limits.metadataSize else { throw excess(of: member, member.size, over: .metadataSize) }
    return CoreMetadata(text)
  }

  /// What RECORD says, compared with the archive; nil when there is none.
  ///
  /// - Parameters:
  ///   - info: the folders of metadata.
  ///   - inflater: what to read it with.
  ///   - isThorough: what it says of the contents of members is kept too.
  /// - Returns: what differs, and the digests where these are asked for.
  /// - Throws: where it cannot be read, or is over `ArchiveLimits.recordSize` or `recordLines`.
  public func record(
    _ info: DistInfo, with inflater: Inflater, isThorough: Bool = false
  ) throws(ArchiveError) -> RecordCheck? {
    guard let folder = info.folder, let member = info.file("RECORD") else { return nil }
    let contents = try contents(member, with: inflater, limit: .recordSize)
    let lines = UInt64(RecordRows.countLines(of: contents))
    if lines > limits.recordLines { throw excess(of: member, lines, over: .recordLines) }
    return RecordCheck(contents, members, folder: folder, isThorough: isThorough)
  }

  /// What `entry_points.txt` says, or nil when there is none.
  public func entryPoints(_ info: DistInfo, with inflater: Inflater) throws(ArchiveError) -> EntryPoints? {
    guard let member = info.file("entry_points.txt") else { return nil }
    return EntryPoints(try contents(member, with: inflater))
  }

  /// What variant.json says of a label; nil when the archive has no such file.
  public func variant(
    _ label: String, _ info: DistInfo, with inflater: Inflater
  ) throws(ArchiveError) -> Result<VariantMetadata, VariantMetadata.Problem>? {
    guard let member = info.firstFile("variant.json") else { return nil }
    let contents = try contents(member, with: inflater)
    do throws(VariantMetadata.Problem) {
      return .success(try VariantMetadata(contents, label: label))
    } catch {
      return .failure(error)
    }
  }

  private static func hasEmptyLine(_ text: ArraySlice<UInt8>) -> Bool {
    var previous: UInt8 = 0
    for byte in text where byte != UInt8(ascii: "\r") {
      if byte == UInt8(ascii: "\n"), previous == byte { return true }
      previous = byte
    }
    return false
  }
}
