import ELFReading
import WheelArchive

/// What it takes to read a wheel: where it is, how much of it may be read, and which symbols matter.
struct WheelReader: Sendable {
  let path: String
  let limits: ArchiveLimits
  let interest: SymbolInterest

  /// Everything of the wheel, one member after the other.
  func contents() throws(UnreadableWheel.Cause) -> WheelContents {
    let reader = try open()
    let metadata = try reader.metadata()
    let members = reader.read(reader.candidates)
    try MemberReader.requireUnchanged(reader.archive)
    return try WheelContents(metadata: metadata, members)
  }

  /// Opens the archive.
  func open() throws(UnreadableWheel.Cause) -> MemberReader {
    do throws(ArchiveError) {
      return MemberReader(try WheelArchive(path: path, limits: limits), interest)
    } catch {
      throw .archive(error)
    }
  }
}
