import WheelTags

/// The `.dist-info` folders at the top of a wheel: the one that its metadata is in, and those that should not be there.
public struct DistInfo: Sendable {
  /// The names of the folders, each once, sorted by their bytes; the first `limit` of more.
  public let folders: [String]
  /// The folder that is called after the wheel, or the first where none is; nil where there is none.
  public let folder: String?
  /// True when that folder begins with the name of the project, as installers require.
  public let isOfProject: Bool
  private let members: MemberList
  /// The members right in one of the folders, in the order of the archive.
  private let files: [Int]

  /// Whoever has more folders than this is told no more names.
  static let limit = 100
  static let ending = ".dist-info"

  /// Looks through the names of all members once.
  ///
  /// - Parameters:
  ///   - members: of the archive.
  ///   - wheel: the name of the file; nil where it is none of a wheel.
  init(_ members: MemberList, of wheel: WheelFilename?) {
    let (slash, ending) = (UInt8(ascii: "/"), Array(Self.ending.utf8))
    let own = wheel.map { ProjectName("\($0.distribution)-\($0.version)") }
    var last: ArraySlice<UInt8> = []
    var (found, ownFolder): (Set<String>, String?) = ([], nil)
    var files: [Int] = []
    for member in members {
      let name = member.nameBytes
      let end = name.firstIndex(of: slash) ?? name.endIndex
      guard end - name.startIndex >= ending.count, name[(end - ending.count)..<end].elementsEqual(ending) else {
        continue
      }
      if name[..<end] != last {
        last = name[..<end]
        let folder = String(decoding: last, as: UTF8.self)
        if ownFolder == nil, ProjectName(folder.dropLast(ending.count)) == own { ownFolder = folder }
        if found.count <= Self.limit || folder == ownFolder { found.insert(folder) }
      }
      if end < name.endIndex, !name[(end + 1)...].contains(slash) { files.append(member.index) }
    }
    self.members = members
    self.files = files
    folders = found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    folder = ownFolder ?? folders.first
    isOfProject =
      folder.map { folder in
        wheel.map { ProjectName(folder).description.hasPrefix(ProjectName($0.distribution).description) } ?? true
      } ?? false
  }

  /// The file of a name in the folder of the wheel.
  public func file(_ name: String) -> ArchiveMember? {
    folder.flatMap { member(Array("\($0)/\(name)".utf8)) }
  }

  /// The same, or else that of the first folder which has one: what another folder says is only of interest where the
  /// right one has none.
  func firstFile(_ name: String) -> ArchiveMember? {
    let end = Array("/\(name)".utf8)
    return file(name)
      ?? files.lazy.map { members[$0] }.filter { $0.nameBytes.suffix(end.count).elementsEqual(end) }
      .min { $0.name < $1.name }
  }

  private func member(_ name: [UInt8]) -> ArchiveMember? {
    files.lazy.map { members[$0] }.first { $0.nameBytes.elementsEqual(name) }
  }
}
