extension WheelArchive {
  /// The member with a name in the wheel's `.dist-info` folder, if there is one.
  ///
  /// That folder is called after the wheel. Installers refuse an archive with several, so what another one says is
  /// only of interest where none has the right name.
  ///
  /// - Parameters:
  ///   - name: of the file in the folder.
  ///   - release: name and version as the file name of the wheel has them, `demo-1.0`; nil where it is none of a wheel.
  /// - Returns: nil where no such folder has the file.
  public func distInfoMember(_ name: String, of release: String?) -> ArchiveMember? {
    let end = Array("\(Self.distInfo)/\(name)".utf8)
    let slash = UInt8(ascii: "/")
    let candidates = members.filter {
      $0.nameBytes.suffix(end.count) == end[...] && $0.nameBytes.count { $0 == slash } == 1
    }
    guard candidates.count > 1 else { return candidates.first }
    let own = release.map { Self.canonical($0) }
    let belonging = candidates.first { Self.canonical($0.name.dropLast(name.count + 1 + Self.distInfo.count)) == own }
    return belonging ?? candidates.min { $0.name < $1.name }
  }

  /// The WHEEL file, or nil when the archive has none.
  public func metadata(of release: String?, with inflater: Inflater) throws(ArchiveError) -> WheelMetadata? {
    guard let member = distInfoMember("WHEEL", of: release) else { return nil }
    return WheelMetadata(try contents(member, with: inflater))
  }

  private static let distInfo = ".dist-info"

  /// A name in which case and the choice of `-`, `_` and `.` do not matter (PEP 503, "Normalized Names").
  private static func canonical(_ name: some StringProtocol) -> String {
    let isSeparator: (Character) -> Bool = { $0 == "-" || $0 == "_" || $0 == "." }
    return name.lowercased().split(whereSeparator: isSeparator).joined(separator: "-")
  }
}
