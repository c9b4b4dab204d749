import ELFReading
import WheelArchive

/// Reads the contents of one wheel: sniffs every member and reads those that begin like ELF.
struct WheelReader {
  let limits: ArchiveLimits
  let interest: SymbolInterest

  func contents(path: String) throws(UnreadableWheel.Cause) -> WheelContents {
    let archive: WheelArchive
    var contents = WheelContents()
    do throws(ArchiveError) {
      archive = try WheelArchive(path: path, limits: limits)
      contents.metadata = try archive.metadata()
    } catch {
      throw .archive(error)
    }
    for member in archive.members where max(member.size, member.compressedSize) >= Self.smallestObject {
      switch try kind(of: member, in: archive) {
      case .object(let file): contents.objects.append(WheelObject(path: member.name, file: file))
      case .staticLibrary: contents.staticLibraries.append(member.name)
      case .other: break
      }
    }
    // The order of members in the archive must not show in the report.
    contents.objects.sort { $0.path < $1.path }
    contents.staticLibraries.sort()
    return contents
  }

  /// Fewer bytes than the header of a 32-bit file cannot be ELF, in whichever of its two sizes a member lies.
  ///
  /// The name rules nothing out: what libzip shows as the folder `mod.so /` is the file `mod.so` for readers that end
  /// a name at NUL.
  private static let smallestObject: UInt64 = 52
  private static let staticLibraryMagic = Array("!<arch>\n".utf8)

  private enum Kind {
    case object(ELFObject)
    case staticLibrary
    case other
  }

  private func kind(of member: ArchiveMember, in archive: WheelArchive) throws(UnreadableWheel.Cause) -> Kind {
    do throws(ArchiveError) {
      var stream = try archive.stream(member)
      let sniffed = try stream.beginning()
      if sniffed.starts(with: Self.staticLibraryMagic) { return .staticLibrary }
      guard sniffed.starts(with: ELFStreamReader.magic) else { return .other }
    } catch {
      throw .archive(error)
    }
    return .object(try object(member, in: archive))
  }

  /// Runs the stream of a member through the ELF reader, and again for what turned out to matter after it had gone by.
  private func object(_ member: ArchiveMember, in archive: WheelArchive) throws(UnreadableWheel.Cause) -> ELFObject {
    var reader: ELFStreamReader
    do throws(ELFError) {
      reader = try ELFStreamReader(size: Int(clamping: member.size), interest: interest)
    } catch {
      throw .object(MalformedObject(member: member.name, error: error))
    }
    var isFirstPass = true
    while true {
      do throws(ArchiveError) {
        try run(member, of: archive, through: &reader, isFirstPass: isFirstPass)
      } catch {
        throw .archive(error)
      }
      isFirstPass = false
      do throws(ELFError) {
        if let object = try reader.finishPass() { return object }
      } catch {
        throw .object(MalformedObject(member: member.name, error: error))
      }
    }
  }

  /// The first pass goes to the end of the member whatever it holds, to verify the checksum.
  private func run(
    _ member: ArchiveMember, of archive: WheelArchive, through reader: inout ELFStreamReader, isFirstPass: Bool
  ) throws(ArchiveError) {
    var stream = try archive.stream(member)
    while isFirstPass || reader.needsMore {
      let buffer = reader.buffer()
      let count = try stream.read(into: buffer)
      reader.filled(count)
      if count == 0 || count < buffer.count { break }
    }
    if isFirstPass { try stream.finish() }
  }
}
