import TestSupport
import WheelArchive

extension WheelArchive {
  /// Opens an archive of these bytes.
  ///
  /// The file is gone again afterwards: an open archive does not need its name.
  static func opened(
    _ bytes: [UInt8], name: String = "demo-1.0-py3-none-any.whl", limits: ArchiveLimits = ArchiveLimits()
  ) throws -> WheelArchive {
    let folder = try TemporaryFolder()
    return try withExtendedLifetime(folder) {
      try WheelArchive(path: try folder.write(bytes, to: name), limits: limits)
    }
  }

  static func opened(
    _ members: [Zip.Member], name: String = "demo-1.0-py3-none-any.whl", limits: ArchiveLimits = ArchiveLimits()
  ) throws -> WheelArchive {
    try opened(Zip(members).bytes, name: name, limits: limits)
  }

  /// The contents of a member by its name.
  func contents(of name: String) throws -> [UInt8]? {
    try members.first { $0.name == name }.map { try contents($0, with: Inflater()) }
  }
}
