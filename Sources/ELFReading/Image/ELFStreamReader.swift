/// Reads one ELF file from a stream of its bytes, in little memory: keeps what the loader would look at and no more.
///
/// The caller asks for a buffer, fills it with the next bytes, and says how many there were; at the end of the stream
/// `finishPass` gives the object, or asks for the stream once more when a table had gone by before it was known to
/// matter.
public struct ELFStreamReader: ~Copyable {
  private var image: ELFImage
  private let interest: SymbolInterest
  private var outline: ELFOutline?
  private var failure: ELFError?
  /// What to keep of the bytes to come, as far as there is room.
  private var wanted: RangeSet<Int>
  /// What of it was asked for after it had gone by, and must be kept now.
  private var required = RangeSet<Int>()
  /// Bytes that may still be kept without having been asked for.
  private var room = Self.roomSize
  /// The outline cannot be read before the stream has passed this.
  private var awaitedEnd = 0
  private var position = 0
  private var passes = 0

  /// Bytes handed out at a time: large enough for the inflater, small enough for a processor's cache.
  public static let pieceSize = 256 << 10
  /// The beginning of a file is kept whole, since its tables usually stand there and nothing says so before PT_DYNAMIC,
  /// which stands near the end.
  ///
  /// Up to three times as much is kept of a file where the segments say more.
  /// Of 203 large objects of ten popular wheels all but a handful have their tables within this, or in an appended
  /// tail.
  static let prefixSize = 16 << 20
  /// Bytes that are kept at most of what may turn out to matter.
  private static let roomSize = 4 * prefixSize
  /// Each pass finds at least one more stage of header, segments, dynamic segment, hash tables and tables.
  private static let passLimit = 8

  /// Prepares for a file of `size` bytes.
  ///
  /// - Parameters:
  ///   - size: bytes in the file.
  ///   - interest: the symbols to report.
  ///   - memory: where to keep the file; `releaseMemory` gives it back.
  ///   - limit: what reading it may cost at most.
  /// - Throws: `ELFError` when there is no address space for the file.
  public init(
    size: Int, interest: SymbolInterest, memory: consuming ELFImageMemory, limit: ReadingWork
  ) throws(ELFError) {
    self.image = try ELFImage(size: size, in: memory, meter: ReadingMeter(limit: limit))
    self.interest = interest
    self.wanted = RangeSet(0..<min(size, Self.prefixSize))
  }

  /// What reading it has cost so far.
  public var work: ReadingWork { image.meter.spent }

  /// Ends the reading; the memory is free for another file.
  public consuming func releaseMemory() -> ELFImageMemory { image.releaseMemory() }

  /// True while this pass still has bytes to collect; after the first pass the stream may be left when it is false.
  public var needsMore: Bool {
    position < image.size && wanted.containsRange { $0.upperBound > position }
  }

  /// Where the next bytes of the stream go; empty at the end of the file.
  public mutating func buffer() -> UnsafeMutableRawBufferPointer {
    let range = position..<min(position + Self.pieceSize, image.size)
    return isWanted(range) ? image.memory(for: range) : image.scratch(range.count)
  }

  /// Takes note that the first `count` bytes of the last buffer have been filled.
  public mutating func filled(_ count: Int) {
    let piece = position..<min(position + count, image.size)
    let range = position..<min(position + Self.pieceSize, image.size)
    if isWanted(range) {
      image.keep(piece)
      if !isRequired(range) { room -= piece.count }
    }
    position = piece.upperBound
    if outline == nil, failure == nil, position >= awaitedEnd { readOutline() }
  }

  /// Ends a pass over the stream.
  ///
  /// - Returns: the object, or nil when the stream must be run again from its beginning.
  /// - Throws: `ELFError` when the file is malformed.
  public mutating func finishPass() throws(ELFError) -> ELFObject? {
    if outline == nil, failure == nil { readOutline() }
    if let failure { throw failure }
    if let outline {
      do {
        return try ELFObject(of: image, outline, interest: interest)
      } catch {
        switch error {
        case .malformed(let error): throw error
        case .absent(let range): try require(range)
        }
      }
    }
    passes += 1
    guard passes < Self.passLimit else { throw ELFError(.image, at: 0, .tooManyEntries(limit: Self.passLimit)) }
    (position, awaitedEnd) = (0, 0)
    return nil
  }

  private func isWanted(_ range: Range<Int>) -> Bool {
    (room >= range.count && wanted.containsRange { $0.overlaps(range) }) || isRequired(range)
  }

  private func isRequired(_ range: Range<Int>) -> Bool {
    required.containsRange { $0.overlaps(range) }
  }

  /// Keeps a range of the next pass, whatever else is kept.
  private mutating func require(_ range: Range<Int>) throws(ELFError) {
    try image.meter.keepTable(range.count, at: UInt64(range.lowerBound))
    wanted.insert(contentsOf: range)
    required.insert(contentsOf: range)
  }

  private mutating func readOutline() {
    do {
      let outline = try ELFOutline(of: image)
      wanted = RangeSet(outline.likelyRanges(fileSize: image.size))
      self.outline = outline
    } catch {
      switch error {
      case .malformed(let error):
        failure = error
        wanted = RangeSet()
      case .absent(let range):
        narrow()
        do {
          try require(range)
        } catch {
          failure = error
          wanted = RangeSet()
        }
        awaitedEnd = range.lowerBound < position ? .max : range.upperBound
      }
    }
  }

  /// Says better than the prefix does what to keep before the dynamic segment is known, once the segments are.
  private mutating func narrow() {
    guard let segments = try? image.segments() else { return }
    wanted = RangeSet(Segment.likelyTables(in: segments, atMost: Self.prefixSize, fileSize: image.size))
  }
}

extension ELFStreamReader {
  /// The bytes with which every ELF file begins: `EI_MAG0` to `EI_MAG3`.
  public static let magic: [UInt8] = [0x7f, 0x45, 0x4c, 0x46]
}
