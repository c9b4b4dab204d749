/// The inflated bytes of one member, in pieces, checked against the size and the checksum in the directory.
///
/// Not copied: its place in the member and the state of its inflater go together. One stream of an inflater is used at
/// a time.
public struct MemberStream: ~Copyable {
  private let member: ArchiveMember
  private let entry: DirectoryEntry
  private let source: any ByteSource
  private let inflater: Inflater
  /// How many bytes have been read from the source.
  private var taken = 0
  /// What of the inflater's input has not yet been inflated.
  private var pending = 0..<0
  private var position = 0
  private var sum: UInt32 = 0
  private var digest: RunningDigest?
  private var isVerified = false

  /// The first read takes little: most members are not ELF, and four bytes tell.
  private static let firstInputSize = 512

  init(
    of member: ArchiveMember, in source: any ByteSource, with inflater: Inflater,
    digesting algorithm: RecordDigest.Algorithm? = nil
  ) {
    digest = algorithm.map { RunningDigest($0) }
    self.member = member
    self.entry = member.entry
    self.source = source
    self.inflater = inflater
    inflater.reset()
  }

  /// Fills `buffer` with the next bytes.
  ///
  /// - Returns: how many there were; fewer than the buffer takes only at the end of the member, by when its size and
  ///   checksum have been verified.
  public mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = entry.compression == .stored ? try readInput(into: rest) : try inflate(into: rest)
      guard count > 0 else {
        try verify()
        break
      }
      let bytes = UnsafeRawBufferPointer(rebasing: rest[..<count])
      sum = checksum(bytes, continuing: sum)
      digest?.update(bytes)
      position += count
      guard position <= entry.size else { throw fault(.longerThanDeclared(declared: member.size)) }
      filled += count
    }
    return filled
  }

  /// The first bytes, which stay in the stream: four tell whether a member is ELF.
  ///
  /// - Returns: so many bytes; nil where something has been read before, where there are fewer, or where that takes more
  ///   than a look at the beginning of deflated data.
  public mutating func peek(_ count: Int) throws(ArchiveError) -> [UInt8]? {
    guard entry.compression == .deflated, taken == 0, entry.size >= count else { return nil }
    try fillInput()
    return inflater.firstBytes.inflate(UnsafeMutableRawBufferPointer(rebasing: inflater.input[pending]), count: count)
  }

  /// The first bytes, or all where there are fewer: eight tell most kinds of files apart.
  ///
  /// Takes them from the stream.
  public mutating func beginning(_ count: Int = 8) throws(ArchiveError) -> [UInt8] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 8)
    defer { buffer.deallocate() }
    let count = try read(into: buffer)
    return Array(buffer[..<count])
  }

  /// Requires that the member ends here, and verifies its size and checksum.
  public mutating func finish() throws(ArchiveError) {
    guard !isVerified else { return }
    let surplus = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
    defer { surplus.deallocate() }
    _ = try read(into: surplus)
  }

  /// Reads what is left for nothing but to verify it.
  public mutating func skip() throws(ArchiveError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    defer { buffer.deallocate() }
    while !isVerified { _ = try read(into: buffer) }
  }

  /// The digest of the whole member, which must have been read to its end; nil where none was asked for.
  public mutating func finishedDigest() throws(ArchiveError) -> RecordDigest? {
    try finish()
    return digest?.finish()
  }

  private mutating func verify() throws(ArchiveError) {
    guard position == entry.size else {
      throw fault(.shorterThanDeclared(declared: member.size, actual: UInt64(position)))
    }
    guard sum == entry.checksum else {
      throw fault(.checksumMismatch(declared: entry.checksum, actual: sum))
    }
    // A reader that goes through the file from its start goes on where the compressed data ends.
    guard !entry.endsByItself || pending.count + inflater.surplus + entry.compressedSize - taken == 0 else {
      throw fault(.surplusData)
    }
    isVerified = true
  }

  /// Bytes inflated into `buffer`; 0 at the end of the deflate stream.
  private mutating func inflate(into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    while !inflater.isFinished {
      if pending.isEmpty { try fillInput() }
      let bytes = UnsafeMutableRawBufferPointer(rebasing: inflater.input[pending])
      guard let step = inflater.inflate(bytes, into: buffer) else { throw fault(.corruptData) }
      pending = (pending.lowerBound + step.taken)..<pending.upperBound
      if step.made > 0 { return step.made }
      if step.taken == 0, taken == entry.compressedSize, !inflater.isFinished { throw fault(.truncatedData) }
    }
    return 0
  }

  private mutating func fillInput() throws(ArchiveError) {
    let size = taken == 0 ? Self.firstInputSize : inflater.input.count
    pending = 0..<(try readInput(into: UnsafeMutableRawBufferPointer(rebasing: inflater.input[..<size])))
  }

  /// Raw bytes from the archive; 0 at the end of the member.
  private mutating func readInput(into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    let wanted = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(entry.compressedSize - taken))
    let count: Int
    do throws(ArchiveError) {
      count = try source.read(into: wanted, at: entry.data + taken)
    } catch {
      throw fault(error.problem)
    }
    guard count == wanted.count else { throw fault(.changed) }
    taken += count
    return count
  }

  private func fault(_ problem: ArchiveError.Problem) -> ArchiveError {
    ArchiveError(source.name, member: member.name, .readMember, at: UInt64(position), problem)
  }
}
