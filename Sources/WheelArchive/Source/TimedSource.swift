/// A source that gives bytes until a moment, and then none.
///
/// All that an archive costs comes after a read of so many bytes, so that no other place needs to look at the clock: what
/// 64 KiB inflate to, at most 66 MB (RFC 1951), takes a tenth of a second.
struct TimedSource: ByteSource {
  let source: any ByteSource
  let deadline: Deadline

  var name: String { source.name }
  var size: Int { source.size }

  func identity() throws(ArchiveError) -> SourceIdentity { try source.identity() }

  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(ArchiveError) -> Int {
    do throws(TimeLimit.Excess) {
      try deadline.check()
    } catch {
      throw ArchiveError(name, .open, .outOfTime(error))
    }
    return try source.read(into: buffer, at: offset)
  }
}
