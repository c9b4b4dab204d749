/// Reads one ELF file from a stream of its bytes, in little memory: keeps what the loader would look at and no more.
///
/// The caller asks for a buffer, fills it with the next bytes, and says how many there were; at the end of the stream
/// `finishPass` gives the object, or asks for the stream once more when a table had gone by before it was known to
/// matter.
public struct ELFStreamReader: ~Copyable {
  private let image: ELFImage
  private let interest: SymbolInterest
  private let memory: ELFImageMemory
  private var outline: ELFOutline?
  private var failure: ELFError?
  /// What to keep of the bytes to come.
  private var wanted: RangeSet<Int>
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
  /// Each pass finds at least one more stage of header, segments, dynamic segment, hash tables and tables.
  private static let passLimit = 8

  /// Prepares for a file of `size` bytes.
  ///
  /// - Parameters:
  ///   - size: bytes in the file.
  ///   - interest: the symbols to report.
  ///   - memory: where to keep the file, which no other reader uses meanwhile.
  /// - Throws: `ELFError` when there is no address space for the file.
  public init(size: Int, interest: SymbolInterest, memory: ELFImageMemory) throws(ELFError) {
    self.image = try ELFImage(size: size, in: memory)
    self.interest = interest
    self.memory = memory
    self.wanted = RangeSet(0..<min(size, Self.prefixSize))
  }

  /// True while this pass still has bytes to collect; after the first pass the stream may be left when it is false.
  public var needsMore: Bool {
    position < image.size && wanted.containsRange { $0.upperBound > position }
  }

  /// Where the next bytes of the stream go; empty at the end of the file.
  public mutating func buffer() -> UnsafeMutableRawBufferPointer {
    let range = position..<min(position + Self.pieceSize, image.size)
    if isWanted(range) { return image.memory(for: range) }
    return UnsafeMutableRawBufferPointer(rebasing: memory.scratch[..<range.count])
  }

  /// Takes note that the first `count` bytes of the last buffer have been filled.
  public mutating func filled(_ count: Int) {
    let piece = position..<min(position + count, image.size)
    if isWanted(position..<min(position + Self.pieceSize, image.size)) { image.keep(piece) }
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
        case .absent(let range): wanted.insert(contentsOf: range)
        }
      }
    }
    passes += 1
    guard passes < Self.passLimit else { throw ELFError(.image, at: 0, .tooManyEntries(limit: Self.passLimit)) }
    (position, awaitedEnd) = (0, 0)
    return nil
  }

  private func isWanted(_ range: Range<Int>) -> Bool {
    wanted.containsRange { $0.overlaps(range) }
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
        wanted.insert(contentsOf: range)
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
