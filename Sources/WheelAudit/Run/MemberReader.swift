import ELFReading
import WheelArchive
import WheelTags

/// Reads members of an open wheel: sniffs each and reads those that begin like ELF.
struct MemberReader {
  private let archive: WheelArchive
  private let limits: WorkLimits
  private let tools: ReadingTools
  private let known: KnownObjects

  init(_ archive: WheelArchive, _ limits: WorkLimits, _ tools: ReadingTools, _ known: KnownObjects) {
    self.archive = archive
    self.limits = limits
    self.tools = tools
    self.known = known
  }

  /// What the wheel says of itself, as far as rules ask for it.
  func package(of name: WheelName, _ options: Auditor.Options) throws(UnreadableWheel.Cause) -> WheelPackage {
    try Self.archiving { () throws(ArchiveError) in
      try WheelPackage(archive, name.filename, options, with: tools.inflater)
    }
  }

  /// The variant that the wheel is by its name, with what variant.json says of it; nil for a wheel without a label.
  func variant(of name: WheelName, _ package: WheelPackage) throws(UnreadableWheel.Cause) -> Variant? {
    guard let label = name.filename?.variant else { return nil }
    return Variant(
      label,
      try Self.archiving { () throws(ArchiveError) in
        try archive.variant(label, package.info, with: tools.inflater)
      })
  }

  /// The members that may begin like ELF, in whichever of its two sizes a member lies, those that are called like
  /// libraries, those behind whose data another reader could find more members, and those with a digest to compare.
  ///
  /// The name rules nothing out.
  func candidates(_ package: WheelPackage) -> some Sequence<ArchiveMember> {
    archive.members.lazy.filter {
      max($0.size, $0.compressedSize) >= Self.magicSize || $0.endsByItself || PlainFile.isLibraryName($0.nameBytes)
        || package.digest(of: $0) != nil
    }
  }

  /// Reads members; a failure is part of what comes back, so that it does not depend on the order of reading.
  ///
  /// - Parameters:
  ///   - members: what to read.
  ///   - package: what is said of their contents.
  ///   - budget: what the whole wheel may cost: where these members alone cost more, the rest is not read.
  /// - Returns: what was read, the member that cost too much among it.
  func read(
    _ members: some Sequence<ArchiveMember>, of package: WheelPackage, within budget: WorkBudget
  ) -> [WheelContents.Member] {
    var budget = budget
    var read: [WheelContents.Member] = []
    for member in members {
      let own = self.read(member, package.digest(of: member))
      read.append(own)
      do throws(OverBudget) { try budget.draw(own.work) } catch { break }
    }
    return read
  }

  private func read(_ member: ArchiveMember, _ digest: RecordDigest?) -> WheelContents.Member {
    var work = MemberWork()
    do throws(UnreadableWheel.Cause) {
      var stream = try Self.archiving { () throws(ArchiveError) in
        try archive.stream(member, with: tools.inflater, digesting: digest?.algorithm)
      }
      let kind = try kind(of: member, &stream, &work)
      let isOther = try Self.archiving { () throws(ArchiveError) in
        guard let digest else { return false }
        if work.passes == 0 { work.inflatedBytes += Int(clamping: member.size) }
        // Also of an object whose facts were known.
        try stream.skip()
        return try stream.finishedDigest() != digest
      }
      return WheelContents.Member(entry: member, result: .success(kind), work: work, isOtherThanRecorded: isOther)
    } catch {
      return WheelContents.Member(entry: member, result: .failure(error), work: work)
    }
  }

  private static let magicSize = UInt64(ELFStreamReader.magic.count)

  private func kind(
    of member: ArchiveMember, _ stream: inout MemberStream, _ work: inout MemberWork
  ) throws(UnreadableWheel.Cause) -> WheelContents.Kind {
    let isLibrary = PlainFile.isLibraryName(member.nameBytes)
    if !isLibrary, !member.endsByItself,
      let first = try Self.archiving({ () throws(ArchiveError) in try stream.peek(8) }),
      !first.starts(with: ELFStreamReader.magic)
    {
      return PlainFile.Kind.isArchive(first) ? .staticLibrary : .nothing
    }
    let beginning = try Self.archiving { () throws(ArchiveError) in
      isLibrary ? try stream.beginning(PlainFile.Kind.tellingSize) : try stream.beginning()
    }
    guard beginning.starts(with: ELFStreamReader.magic) else {
      if member.endsByItself {
        work.inflatedBytes += Int(clamping: member.size)
        try Self.archiving { () throws(ArchiveError) in try stream.skip() }
      } else if isLibrary {
        work.inflatedBytes += beginning.count
      }
      guard isLibrary else { return PlainFile.Kind.isArchive(beginning) ? .staticLibrary : .nothing }
      return .file(PlainFile.Kind(beginning: beginning, size: member.size, mode: member.unixMode))
    }
    let file = try object(member, &stream, after: beginning, &work)
    return .object(WheelObject(path: member.name, file: file, mode: member.unixMode))
  }

  private func object(
    _ member: ArchiveMember, _ stream: inout MemberStream, after beginning: [UInt8], _ work: inout MemberWork
  ) throws(UnreadableWheel.Cause) -> ELFObject {
    var bytes = archive.compressedBytes(member)
    let limit = limits.reading(compressedSize: member.compressedSize)
    if let object = known.find(&bytes), object.work.reading.isWithin(limit) {
      work = object.work
      return object.file
    }
    var reader: ELFStreamReader
    do throws(ELFError) {
      reader = try ELFStreamReader(
        size: Int(clamping: member.size), interest: known.interest, memory: tools.takeMemory(), limit: limit)
    } catch {
      throw .object(MalformedObject(member: member.name, error: error))
    }
    let result = read(member, with: &reader, &stream, after: beginning, &work)
    work.reading = reader.work
    tools.putBack(reader.releaseMemory())
    let file = try result.get()
    known.keep(KnownObject(file: file, work: work), of: &bytes)
    return file
  }

  private func read(
    _ member: ArchiveMember, with reader: inout ELFStreamReader, _ stream: inout MemberStream,
    after beginning: [UInt8], _ work: inout MemberWork
  ) -> Result<ELFObject, UnreadableWheel.Cause> {
    do throws(UnreadableWheel.Cause) {
      // The first pass goes to the end of the member whatever it holds, to verify the checksum.
      work.passes = 1
      work.inflatedBytes += Int(clamping: member.size)
      try Self.archiving { () throws(ArchiveError) in
        try reader.run(&stream, after: beginning, isWhole: true)
        try stream.finish()
      }
      while true {
        if let object = try Self.parsing(member.name, { () throws(ELFError) in try reader.finishPass() }) {
          return .success(object)
        }
        // Something turned out to matter after it had gone by.
        work.passes += 1
        work.inflatedBytes += Int(clamping: member.size)
        try Self.archiving { () throws(ArchiveError) in
          var again = try archive.stream(member, with: tools.inflater)
          try reader.run(&again, after: [], isWhole: false)
        }
      }
    } catch {
      return .failure(error)
    }
  }

  /// Does something with the archive; its failure makes the wheel unreadable.
  ///
  /// At which member the time was over is chance, and so no part of what is said.
  static func archiving<Value: ~Copyable>(
    _ body: () throws(ArchiveError) -> Value
  ) throws(UnreadableWheel.Cause) -> Value {
    do throws(ArchiveError) {
      return try body()
    } catch {
      if case .outOfTime(let excess) = error.problem { throw .budget(.time(excess)) }
      throw .archive(error)
    }
  }

  /// Does something with an object; its failure makes the wheel unreadable.
  static func parsing<Value: ~Copyable>(
    _ member: String, _ body: () throws(ELFError) -> Value
  ) throws(UnreadableWheel.Cause) -> Value {
    do throws(ELFError) {
      return try body()
    } catch {
      throw .object(MalformedObject(member: member, error: error))
    }
  }
}

/// What reading a member cost.
struct MemberWork: Sendable {
  /// How many times it was inflated, as far as needed.
  var passes = 0
  /// The size of the member for each of these times.
  var inflatedBytes = 0
  var reading = ReadingWork()
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
