/// Where the members of an archive lie in its file, which libzip does not tell.
///
/// Some installers go by the central directory, others read the file from its start. They find the same members only
/// where these lie one behind the other with nothing between them.
struct MemberLayout {
  /// An entry of the central directory (APPNOTE.TXT 4.3.12).
  private struct Entry {
    let offset: Int
    /// Bytes of the local header without its extra field, and of the data.
    let size: Int
    let hasDescriptor: Bool
  }

  private var entries: [Entry] = []
  private let end: Int

  /// Reads the central directory; nil when it cannot be understood.
  init?(_ file: borrowing RawFile, directory: Range<Int>) {
    guard let bytes = file.bytes(directory) else { return nil }
    end = directory.lowerBound
    var place = 0
    while place < bytes.count {
      guard let flags = bytes.number(at: place + 8, size: 2),
        let nameLength = bytes.number(at: place + 28, size: 2), let extraLength = bytes.number(at: place + 30, size: 2),
        let commentLength = bytes.number(at: place + 32, size: 2)
      else { return nil }
      let extra = (place + 46 + nameLength)..<(place + 46 + nameLength + extraLength)
      guard let (compressedSize, offset) = Self.extent(bytes, entry: place, extra: extra),
        offset <= end, compressedSize <= end
      else { return nil }
      entries.append(
        Entry(offset: offset, size: 30 + nameLength + compressedSize, hasDescriptor: flags & 1 << 3 != 0))
      place = extra.upperBound + commentLength
    }
    entries.sort { $0.offset < $1.offset }
  }

  /// True when the file is its members, one behind the other, up to the central directory.
  ///
  /// A local header may have an extra field of its own; its length is only read where something is left to explain.
  func isGapless(_ file: borrowing RawFile) -> Bool {
    var expected = 0
    for (position, entry) in entries.enumerated() {
      guard entry.offset == expected else { return false }
      expected = position + 1 < entries.count ? entries[position + 1].offset : end
      var rest = expected - entry.offset - entry.size
      if rest != 0 {
        let field = (entry.offset + 28)..<(entry.offset + 30)
        guard let length = file.bytes(field)?.number(at: 0, size: 2) else { return false }
        rest -= length
      }
      guard rest == 0 || entry.hasDescriptor && Self.descriptorSizes.contains(rest) else { return false }
    }
    return expected == end
  }

  /// A data descriptor has a signature or none, and sizes of 4 or 8 bytes (APPNOTE.TXT 4.3.9).
  private static let descriptorSizes = [12, 16, 20, 24]

  /// The compressed size and the place of the local header, which may stand in the extra field (APPNOTE.TXT 4.5.3).
  private static func extent(_ bytes: [UInt8], entry: Int, extra: Range<Int>) -> (compressedSize: Int, offset: Int)? {
    guard let compressedSize = bytes.number(at: entry + 20, size: 4), let size = bytes.number(at: entry + 24, size: 4),
      let offset = bytes.number(at: entry + 42, size: 4)
    else { return nil }
    let absent = 0xffff_ffff
    guard compressedSize == absent || offset == absent else { return (compressedSize, offset) }
    var place = extra.lowerBound
    while place < extra.upperBound, let id = bytes.number(at: place, size: 2),
      let length = bytes.number(at: place + 2, size: 2)
    {
      if id == 1 {
        // Only what is absent elsewhere is here, in this order.
        let first = place + 4 + (size == absent ? 8 : 0)
        let second = first + (compressedSize == absent ? 8 : 0)
        guard let largeSize = compressedSize == absent ? bytes.number(at: first, size: 8) : compressedSize,
          let largeOffset = offset == absent ? bytes.number(at: second, size: 8) : offset
        else { return nil }
        return (largeSize, largeOffset)
      }
      place += 4 + length
    }
    return nil
  }
}
