/// What was found in an archive when its directory was checked: with it the file can be opened once more, for another
/// thread, without checking it again.
public struct ArchiveDirectory: Sendable {
  /// The path as it was given.
  public let path: String
  public let members: [ArchiveMember]
  let limits: ArchiveLimits
  let identity: RawFile.Identity

  public var fileSize: Int { identity.size }
}
