import CZip

/// The inflated bytes of one member, in pieces, checked against the size and the checksum in the directory.
///
/// Owns the libzip file handle and closes it in `deinit`. One stream of an archive is used at a time, since all share
/// its inflater.
public struct MemberStream: ~Copyable {
  private let member: ArchiveMember
  private let archive: WheelArchive
  private let file: OpaquePointer
  /// What of the inflater's input has been read from the archive and not yet inflated.
  private var pending = 0..<0
  private var inputEnded = false
  private var position: UInt64 = 0
  private var sum: UInt32 = 0
  private var isVerified = false

  /// The first read takes little: most members are not ELF, and four bytes tell.
  private static let firstInputSize = 512

  init(of member: ArchiveMember, in archive: WheelArchive, file: OpaquePointer) {
    self.member = member
    self.archive = archive
    self.file = file
    archive.inflater.reset()
  }

  deinit {
    zip_fclose(file)
  }

  /// Fills `buffer` with the next bytes.
  ///
  /// - Returns: how many there were; fewer than the buffer takes only at the end of the member, by when its size and
  ///   checksum have been verified.
  public mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = member.compression == .stored ? try readInput(into: rest) : try inflate(into: rest)
      guard count > 0 else {
        try verify()
        break
      }
      sum = checksum(UnsafeRawBufferPointer(rebasing: rest[..<count]), continuing: sum)
      position += UInt64(count)
      guard position <= member.size else { throw fault(.longerThanDeclared(declared: member.size)) }
      filled += count
    }
    return filled
  }

  /// The first eight bytes, or all where there are fewer: enough to tell what a file is.
  ///
  /// Takes them from the stream.
  public mutating func beginning() throws(ArchiveError) -> [UInt8] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 8, alignment: 8)
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

  private mutating func verify() throws(ArchiveError) {
    guard position == member.size else {
      throw fault(.shorterThanDeclared(declared: member.size, actual: position))
    }
    guard sum == member.checksum else {
      throw fault(.checksumMismatch(declared: member.checksum, actual: sum))
    }
    isVerified = true
  }

  /// Bytes inflated into `buffer`; 0 at the end of the deflate stream.
  private mutating func inflate(into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    let input = archive.inflater.input
    while !archive.inflater.isFinished {
      if pending.isEmpty, !inputEnded {
        let size = pending.upperBound == 0 ? Self.firstInputSize : input.count
        let count = try readInput(into: UnsafeMutableRawBufferPointer(rebasing: input[..<size]))
        pending = 0..<count
        inputEnded = count == 0
      }
      let source = UnsafeMutableRawBufferPointer(rebasing: input[pending])
      guard let step = archive.inflater.inflate(source, into: buffer) else { throw fault(.corruptData) }
      pending = (pending.lowerBound + step.taken)..<pending.upperBound
      if step.made > 0 { return step.made }
      if step.taken == 0, inputEnded, !archive.inflater.isFinished { throw fault(.truncatedData) }
    }
    return 0
  }

  /// Raw bytes from the archive; 0 at the end of the member.
  private func readInput(into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    let count = zip_fread(file, buffer.baseAddress, UInt64(buffer.count))
    guard count < 0 else { return Int(count) }
    // At the end of a stored member libzip compares the checksum too, and cannot say what it was; `verify` can.
    if zip_file_get_error(file).pointee.zip_err == ZIP_ER_CRC { return 0 }
    // Any other failed read is not the end of the member.
    throw fault(.system("reading failed: " + String(cString: zip_file_strerror(file))))
  }

  private func fault(_ problem: ArchiveError.Problem) -> ArchiveError {
    ArchiveError(archive.path, member: member.name, .readMember, at: position, problem)
  }
}
