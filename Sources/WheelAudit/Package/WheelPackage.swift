import WheelArchive
import WheelTags

/// What a wheel says of itself as a package, and how it is packed: what installers and indexes look at before anything
/// in it is loaded.
struct WheelPackage: Sendable {
  let info: DistInfo
  /// What the WHEEL file says; nil where there is none.
  let wheel: WheelMetadata?
  /// What the METADATA file says; nil where there is none.
  let metadata: CoreMetadata?
  /// What RECORD says, compared with the archive; nil where there is none.
  let record: RecordCheck?
  /// What `entry_points.txt` says; nil where there is none.
  let entryPoints: EntryPoints?
  /// What an index asks of it besides; nil where no rule asks for that.
  let upload: UploadFacts?

  /// Reads what rules ask for.
  init(
    _ archive: WheelArchive, _ filename: WheelFilename?, _ options: Auditor.Options, with inflater: Inflater
  ) throws(ArchiveError) {
    info = archive.distInfo(of: filename)
    wheel = try archive.metadata(info, with: inflater)
    metadata = try archive.coreMetadata(info, with: inflater)
    record = try archive.record(info, with: inflater, isThorough: options.asks(for: .recordHash))
    entryPoints = try archive.entryPoints(info, with: inflater)
    let isAsked = options.extraRules.contains { $0.definition.group == .pypi }
    upload = isAsked ? try UploadFacts(archive, info, filename, metadata) : nil
  }

  /// What RECORD says of the contents of a member, where that is to be compared.
  func digest(of member: ArchiveMember) -> RecordDigest? { record?.digests[member.index] }
}
