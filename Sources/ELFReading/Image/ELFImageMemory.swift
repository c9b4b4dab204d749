import Glibc

/// Memory for the images of ELF files, used for one file after the other.
///
/// It is a mapping as large as the largest file so far, of which only those pages exist that some file needed. The
/// beginning stays from file to file, since pages that exist already cost nothing to write; what lies behind it is given
/// back.
///
/// Owns the mapping and frees it in `deinit`. It is handed to the reader of a file and comes back from it, so that no two
/// read into it at a time.
public struct ELFImageMemory: ~Copyable, @unchecked Sendable {
  private var mapping = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  /// Where bytes of a file go that nobody will look at.
  let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: ELFStreamReader.pieceSize, alignment: 64)
  /// The pieces of the beginning whose pages exist, by number.
  private var existing: Set<Int> = []

  public init() {}

  deinit {
    if let base = mapping.baseAddress { munmap(base, mapping.count) }
    scratch.deallocate()
  }

  /// The memory for a file of `size` bytes; what is in it is left from the file before.
  mutating func reserve(_ size: Int) throws(ELFError) -> UnsafeMutableRawPointer {
    if let base = mapping.baseAddress, size <= mapping.count { return base }
    let length = max(size, ELFStreamReader.prefixSize)
    let grown = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let grown, grown != MAP_FAILED else {
      throw ELFError(.image, at: 0, .noMemory(bytes: UInt64(length)))
    }
    if let base = mapping.baseAddress { munmap(base, mapping.count) }
    // Only large tables reach beyond the beginning. A failure costs time only.
    madvise(grown + ELFStreamReader.prefixSize, length - ELFStreamReader.prefixSize, MADV_HUGEPAGE)
    mapping = UnsafeMutableRawBufferPointer(start: grown, count: length)
    existing = []
    return grown
  }

  /// Makes the pages of a piece of the file exist in one call; each by itself, when it is first written to, would cost
  /// more, and huge pages at the beginning would be cleared for the little that most objects have in them.
  mutating func prepare(_ piece: Range<Int>) {
    let (number, rest) = piece.lowerBound.quotientAndRemainder(dividingBy: ELFStreamReader.pieceSize)
    guard let base = mapping.baseAddress, !existing.contains(number) else { return }
    // A failure costs time only.
    madvise(base + piece.lowerBound, piece.count, MADV_POPULATE_WRITE)
    let isWhole = rest == 0 && piece.count == ELFStreamReader.pieceSize
    if isWhole, piece.upperBound <= ELFStreamReader.prefixSize { existing.insert(number) }
  }

  /// Gives back what a file of `size` bytes took behind the beginning.
  func release(_ size: Int) {
    guard let base = mapping.baseAddress, size > ELFStreamReader.prefixSize else { return }
    madvise(base + ELFStreamReader.prefixSize, size - ELFStreamReader.prefixSize, MADV_DONTNEED)
  }
}
