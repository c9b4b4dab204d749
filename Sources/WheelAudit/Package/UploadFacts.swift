import WheelArchive
import WheelTags

/// What PyPI and other systems than the one that packed it would make of a wheel's archive.
struct UploadFacts: Sendable {
  /// Bytes in the file.
  let size: Int
  /// Bytes of all members, inflated.
  let inflatedSize: UInt64
  let features: [ArchiveFeature]
  /// `License-File` fields without such a file.
  let missingLicences: [String]
  /// Members that some system keeps under the name of another one, or under none.
  let names: [OddName]

  init(
    _ archive: WheelArchive, _ info: DistInfo, _ filename: WheelFilename?, _ metadata: CoreMetadata?
  ) throws(ArchiveError) {
    size = archive.size
    inflatedSize = archive.members.reduce(0) { $0 &+ $1.size }
    features = try archive.features()
    missingLicences = Self.missingLicences(metadata?.licenseFiles ?? [], archive.members, in: info.folder ?? "")
    names = OddName.names(of: archive.members, for: filename?.platformTags ?? [])
  }

  /// PEP 639, "Add License-File field": they lie below `licenses` in the folder of metadata.
  private static func missingLicences(_ files: [String], _ members: MemberList, in folder: String) -> [String] {
    guard !files.isEmpty else { return [] }
    let prefix = Array("\(folder)/licenses/".utf8)
    let present = Set(
      members.lazy.map(\.nameBytes).filter { $0.starts(with: prefix) }.map {
        String(decoding: $0.dropFirst(prefix.count), as: UTF8.self)
      })
    var seen: Set<String> = []
    return files.filter { seen.insert($0).inserted && !present.contains($0) }
  }
}
