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
    return try WheelContents(metadata: reader.metadata(), reader.read(reader.candidates))
  }

  /// Opens the archive; with a directory that has been checked already, once more.
  func open(_ directory: ArchiveDirectory? = nil) throws(UnreadableWheel.Cause) -> MemberReader {
    do throws(ArchiveError) {
      let archive =
        if let directory {
          try WheelArchive(reopening: directory)
        } else {
          try WheelArchive(path: path, limits: limits)
        }
      return MemberReader(archive, interest)
    } catch {
      throw .archive(error)
    }
  }
}
