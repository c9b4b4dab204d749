import ELFReading
import WheelArchive

/// Reads members of an open wheel: sniffs each and reads those that begin like ELF.
///
/// Used by one thread at a time; another thread opens its own.
final class MemberReader {
  private let archive: WheelArchive
  private let interest: SymbolInterest
  private let memory = ELFImageMemory()

  init(_ archive: WheelArchive, _ interest: SymbolInterest) {
    self.archive = archive
    self.interest = interest
  }

  var directory: ArchiveDirectory { archive.directory }

  func metadata() throws(UnreadableWheel.Cause) -> WheelMetadata? {
    try archiving { () throws(ArchiveError) in try archive.metadata() }
  }

  /// The members that are long enough to be ELF, in whichever of its two sizes a member lies.
  ///
  /// The name rules nothing out: what libzip shows as the folder `mod.so\u{0}/` is the file `mod.so` for readers that
  /// end a name at NUL.
  var candidates: some Sequence<ArchiveMember> {
    archive.members.lazy.filter { max($0.size, $0.compressedSize) >= Self.smallestObject }
  }

  /// Reads members; a failure is part of what comes back, so that it does not depend on the order of reading.
  func read(_ members: some Sequence<ArchiveMember>) -> [WheelContents.Member] {
    members.compactMap { member in
      do throws(UnreadableWheel.Cause) {
        return try kind(of: member).map { WheelContents.Member(entry: member, result: .success($0)) }
      } catch {
        return WheelContents.Member(entry: member, result: .failure(error))
      }
    }
  }

  /// Fewer bytes than the header of a 32-bit file cannot be ELF.
  private static let smallestObject: UInt64 = 52
  private static let staticLibraryMagic = Array("!<arch>\n".utf8)

  /// Nil for a member that is nothing to audit.
  private func kind(of member: ArchiveMember) throws(UnreadableWheel.Cause) -> WheelContents.Kind? {
    var stream = try archiving { () throws(ArchiveError) in try archive.stream(member) }
    let beginning = try archiving { () throws(ArchiveError) in try stream.beginning() }
    if beginning.starts(with: Self.staticLibraryMagic) { return .staticLibrary }
    guard beginning.starts(with: ELFStreamReader.magic) else { return nil }
    let (file, passes) = try object(member, &stream, after: beginning)
    return .object(WheelObject(path: member.name, file: file), passes: passes)
  }

  private func object(
    _ member: ArchiveMember, _ stream: inout MemberStream, after beginning: [UInt8]
  ) throws(UnreadableWheel.Cause) -> (ELFObject, passes: Int) {
    var reader = try parsing(member) { () throws(ELFError) in
      try ELFStreamReader(size: Int(clamping: member.size), interest: interest, memory: memory)
    }
    // The first pass goes to the end of the member whatever it holds, to verify the checksum.
    try archiving { () throws(ArchiveError) in
      try reader.run(&stream, after: beginning, isWhole: true)
      try stream.finish()
    }
    var passes = 1
    while true {
      if let object = try parsing(member, { () throws(ELFError) in try reader.finishPass() }) {
        return (object, passes)
      }
      // Something turned out to matter after it had gone by.
      try archiving { () throws(ArchiveError) in
        var again = try archive.stream(member)
        try reader.run(&again, after: [], isWhole: false)
      }
      passes += 1
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

  /// Does something with an object; its failure makes the wheel unreadable.
  private func parsing<Value: ~Copyable>(
    _ member: ArchiveMember, _ body: () throws(ELFError) -> Value
  ) throws(UnreadableWheel.Cause) -> Value {
    do throws(ELFError) {
      return try body()
    } catch {
      throw .object(MalformedObject(member: member.name, error: error))
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
