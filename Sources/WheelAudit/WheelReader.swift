import ELFReading
import WheelArchive

/// Reads the members of one wheel: sniffs each and reads those that begin like ELF.
struct WheelReader: Sendable {
  let path: String
  let limits: ArchiveLimits
  let interest: SymbolInterest

  /// Everything of the wheel, one member after the other.
  func contents() throws(UnreadableWheel.Cause) -> WheelContents {
    let archive = try open()
    return try WheelContents(metadata: metadata(in: archive), read(Self.candidates(in: archive), in: archive))
  }

  func open() throws(UnreadableWheel.Cause) -> WheelArchive {
    try archiving { () throws(ArchiveError) in try WheelArchive(path: path, limits: limits) }
  }

  func metadata(in archive: WheelArchive) throws(UnreadableWheel.Cause) -> WheelMetadata? {
    try archiving { () throws(ArchiveError) in try archive.metadata() }
  }

  /// The members that are long enough to be ELF.
  static func candidates(in archive: WheelArchive) -> [ArchiveMember] {
    archive.members.filter { !$0.isFolder && $0.size >= smallestObject }
  }

  /// Reads members; a failure is part of what comes back, so that it does not depend on the order of reading.
  func read(_ members: [ArchiveMember], in archive: WheelArchive) -> [WheelContents.Member] {
    members.compactMap { member in
      do throws(UnreadableWheel.Cause) {
        return try kind(of: member, in: archive).map { WheelContents.Member(entry: member, result: .success($0)) }
      } catch {
        return WheelContents.Member(entry: member, result: .failure(error))
      }
    }
  }

  /// Fewer bytes than the header of a 32-bit file cannot be ELF.
  private static let smallestObject: UInt64 = 52
  private static let staticLibraryMagic = Array("!<arch>\n".utf8)

  /// Nil for a member that is nothing to audit.
  private func kind(
    of member: ArchiveMember, in archive: WheelArchive
  ) throws(UnreadableWheel.Cause) -> WheelContents.Kind? {
    var stream = try archiving { () throws(ArchiveError) in try archive.stream(member) }
    let beginning = try archiving { () throws(ArchiveError) in try stream.beginning() }
    if beginning.starts(with: Self.staticLibraryMagic) { return .staticLibrary }
    guard beginning.starts(with: ELFStreamReader.magic) else { return nil }
    var reader: ELFStreamReader
    do throws(ELFError) {
      reader = try ELFStreamReader(size: Int(clamping: member.size), interest: interest)
    } catch {
      throw .object(MalformedObject(member: member.name, error: error))
    }
    // The first pass goes to the end of the member whatever it holds, to verify the checksum.
    try archiving { () throws(ArchiveError) in
      try reader.run(&stream, after: beginning, isWhole: true)
      try stream.finish()
    }
    while true {
      do throws(ELFError) {
        if let file = try reader.finishPass() { return .object(WheelObject(path: member.name, file: file)) }
      } catch {
        throw .object(MalformedObject(member: member.name, error: error))
      }
      // Something turned out to matter after it had gone by.
      try archiving { () throws(ArchiveError) in
        var again = try archive.stream(member)
        try reader.run(&again, after: [], isWhole: false)
      }
    }
  }

  /// Does something with the archive; its failure makes the wheel unreadable.
  private func archiving<Value: ~Copyable>(
    _ body: () throws(ArchiveError) -> Value
  ) throws(UnreadableWheel.Cause) -> Value {
    do throws(ArchiveError) {
      return try body()
    } catch {
      throw .archive(error)
    }
  }
}

extension ELFStreamReader {
  /// Takes what follows the bytes already taken from a stream, to its end or as far as this pass needs.
  fileprivate mutating func run(
    _ stream: inout MemberStream, after beginning: [UInt8], isWhole: Bool
  ) throws(ArchiveError) {
    var known = beginning[...]
    while isWhole || needsMore {
      let buffer = buffer()
      buffer.copyBytes(from: known)
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer.dropFirst(known.count))
      let count = try stream.read(into: rest)
      filled(known.count + count)
      if count < rest.count || rest.isEmpty { return }
      known = []
    }
  }
}
