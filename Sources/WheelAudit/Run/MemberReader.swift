import ELFReading
import WheelArchive

/// Reads members of an open wheel: sniffs each and reads those that begin like ELF.
///
/// Used by one thread at a time; another thread has its own, of the same archive.
final class MemberReader {
  let archive: WheelArchive
  private let interest: SymbolInterest
  private let inflater = Inflater()
  private let memory = ELFImageMemory()

  init(_ archive: WheelArchive, _ interest: SymbolInterest) {
    self.archive = archive
    self.interest = interest
  }

  func metadata() throws(UnreadableWheel.Cause) -> WheelMetadata? {
    try Self.archiving { () throws(ArchiveError) in try archive.metadata(with: inflater) }
  }

  /// Requires that all that was read, by whichever reader, is of one state of the archive.
  static func requireUnchanged(_ archive: WheelArchive) throws(UnreadableWheel.Cause) {
    try Self.archiving { () throws(ArchiveError) in try archive.requireUnchanged() }
  }

  /// The members that are long enough to be ELF, in whichever of its two sizes a member lies, and those behind whose
  /// data another reader could find more members.
  ///
  /// The name rules nothing out.
  var candidates: some Sequence<ArchiveMember> {
    archive.members.lazy.filter { max($0.size, $0.compressedSize) >= Self.smallestObject || $0.endsByItself }
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
    var stream = try Self.archiving { () throws(ArchiveError) in try archive.stream(member, with: inflater) }
    let beginning = try Self.archiving { () throws(ArchiveError) in try stream.beginning() }
    guard beginning.starts(with: ELFStreamReader.magic) else {
      if member.endsByItself { try Self.archiving { () throws(ArchiveError) in try stream.skip() } }
      return beginning.starts(with: Self.staticLibraryMagic) ? .staticLibrary : nil
    }
    let (file, passes) = try object(member, &stream, after: beginning)
    return .object(WheelObject(path: member.name, file: file), passes: passes)
  }

  private func object(
    _ member: ArchiveMember, _ stream: inout MemberStream, after beginning: [UInt8]
  ) throws(UnreadableWheel.Cause) -> (ELFObject, passes: Int) {
    var reader = try Self.parsing(member.name) { () throws(ELFError) in
      try ELFStreamReader(size: Int(clamping: member.size), interest: interest, memory: memory)
    }
    // The first pass goes to the end of the member whatever it holds, to verify the checksum.
    try Self.archiving { () throws(ArchiveError) in
      try reader.run(&stream, after: beginning, isWhole: true)
      try stream.finish()
    }
    var passes = 1
    while true {
      if let object = try Self.parsing(member.name, { () throws(ELFError) in try reader.finishPass() }) {
        return (object, passes)
      }
      // Something turned out to matter after it had gone by.
      try Self.archiving { () throws(ArchiveError) in
        var again = try archive.stream(member, with: inflater)
        try reader.run(&again, after: [], isWhole: false)
      }
      passes += 1
    }
  }

  /// Does something with the archive; its failure makes the wheel unreadable.
  static func archiving<Value: ~Copyable>(
    _ body: () throws(ArchiveError) -> Value
  ) throws(UnreadableWheel.Cause) -> Value {
    do throws(ArchiveError) {
      return try body()
    } catch {
      throw .archive(error)
    }
  }

  /// Does something with an object; its failure makes the wheel unreadable.
  static func parsing<Value: ~Copyable>(
    _ path: @autoclosure () -> String, _ body: () throws(ELFError) -> Value
  ) throws(UnreadableWheel.Cause) -> Value {
    do throws(ELFError) {
      return try body()
    } catch {
      throw .object(MalformedObject(member: path(), error: error))
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
