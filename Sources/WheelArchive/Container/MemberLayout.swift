/// Where the members of an archive lie in its file and what their local headers say, which libzip does not tell.
///
/// Some installers go by the central directory, others read the file from its start. They find the same members only
/// where these lie one behind the other with nothing between them, and both headers of each say the same.
struct MemberLayout {
  /// An entry of the central directory (APPNOTE.TXT 4.3.12).
  private struct Entry {
    let name: ArraySlice<UInt8>
    let flags: Int
    let method: Int
    let checksum: Int
    let compressedSize: Int
    let size: Int
    let offset: Int
    /// Where its extra field lies in the directory.
    let extra: Range<Int>
    /// Where the next entry begins.
    let next: Int

    /// Reads the entry at a place in the directory; nil when not all of it is there.
    init?(_ directory: [UInt8], at place: Int) {
      guard let flags = directory.number(at: place + 8, size: 2),
        let method = directory.number(at: place + 10, size: 2),
        let checksum = directory.number(at: place + 16, size: 4),
        let nameLength = directory.number(at: place + 28, size: 2),
        let extraLength = directory.number(at: place + 30, size: 2),
        let commentLength = directory.number(at: place + 32, size: 2)
      else { return nil }
      let name = (place + 46)..<(place + 46 + nameLength)
      extra = name.upperBound..<(name.upperBound + extraLength)
      var large = LargeNumbers(directory, in: extra)
      guard extra.upperBound <= directory.count, let size = large.number(at: place + 24),
        let compressedSize = large.number(at: place + 20), let offset = large.number(at: place + 42)
      else { return nil }
      self.name = directory[name]
      (self.flags, self.method, self.checksum) = (flags, method, checksum)
      (self.size, self.compressedSize, self.offset) = (size, compressedSize, offset)
      next = extra.upperBound + commentLength
    }
  }

  private let directory: [UInt8]
  /// Where each entry stands in the directory, in the order in which the members lie in the file.
  private var entries: [(offset: Int, place: Int)] = []
  /// Where the members end and the directory begins.
  private let end: Int

  private static let localSignature = Array("PK\u{3}\u{4}".utf8)
  /// A local header without its name and its extra field.
  private static let localSize = 30
  /// The flags that decide how data is read: encrypted, and sizes that stand behind it (APPNOTE.TXT 4.4.4).
  private static let (isEncrypted, hasDescriptor) = (1, 1 << 3)
  /// A data descriptor has a signature or none, and sizes of 4 or 8 bytes (APPNOTE.TXT 4.3.9).
  private static let descriptorSizes = [12, 16, 20, 24]

  /// Reads the central directory; nil when it does not consist of so many entries.
  init?(_ file: borrowing RawFile, directory range: Range<Int>, count: Int) throws(ArchiveError) {
    guard let directory = try file.bytes(range) else { return nil }
    (self.directory, end) = (directory, range.lowerBound)
    entries.reserveCapacity(count)
    var place = 0
    while place < directory.count {
      guard entries.count < count, let entry = Entry(directory, at: place), entry.offset <= end,
        entry.compressedSize <= end
      else { return nil }
      entries.append((entry.offset, place))
      place = entry.next
    }
    guard entries.count == count else { return nil }
    entries.sort { $0.offset < $1.offset }
  }

  /// Requires that the file is its members, one behind the other, up to the central directory, each with a local header
  /// that says what the directory says.
  func check(_ file: borrowing RawFile) throws(ArchiveError) {
    // A closure cannot capture what is borrowed.
    let path = file.path
    var expected = 0
    for (position, (offset, place)) in entries.enumerated() {
      guard offset == expected, let entry = Entry(directory, at: place) else {
        throw ArchiveError(path, .list, .notContiguous)
      }
      expected = position + 1 < entries.count ? entries[position + 1].offset : end
      func refuse(_ problem: ArchiveError.Problem) -> ArchiveError {
        ArchiveError(path, member: String(decoding: entry.name, as: UTF8.self), .list, problem)
      }
      guard !entry.name.contains(0) else { throw refuse(.nulInName) }
      guard directory.hasNoOtherName(than: entry.name, in: entry.extra), let header = try localLength(of: entry, file)
      else { throw refuse(.contradictoryHeaders) }
      let rest = expected - offset - header - entry.compressedSize
      guard rest == 0 || entry.flags & Self.hasDescriptor != 0 && Self.descriptorSizes.contains(rest) else {
        throw ArchiveError(path, .list, .notContiguous)
      }
    }
    guard expected == end else { throw ArchiveError(path, .list, .notContiguous) }
  }

  /// The length of the local header of a member; nil when it contradicts the directory.
  private func localLength(of entry: Entry, _ file: borrowing RawFile) throws(ArchiveError) -> Int? {
    let length = Self.localSize + entry.name.count
    let deciding = Self.isEncrypted | Self.hasDescriptor
    guard var header = try file.bytes(entry.offset..<(entry.offset + length)), header.holds(Self.localSignature, at: 0),
      let flags = header.number(at: 6, size: 2), flags & deciding == entry.flags & deciding,
      header.number(at: 8, size: 2) == entry.method, header.number(at: 26, size: 2) == entry.name.count,
      header[Self.localSize...] == entry.name, let extraLength = header.number(at: 28, size: 2)
    else { return nil }
    if extraLength > 0 {
      guard let whole = try file.bytes(entry.offset..<(entry.offset + length + extraLength)) else { return nil }
      header = whole
    }
    let extra = length..<header.count
    var large = LargeNumbers(header, in: extra)
    guard let checksum = header.number(at: 14, size: 4), let size = large.number(at: 22),
      let compressedSize = large.number(at: 18), header.hasNoOtherName(than: entry.name, in: extra)
    else { return nil }
    // What stands behind the data is 0 here; Info-ZIP knows the size before and says it.
    let isLater = entry.flags & Self.hasDescriptor != 0
    func agree(_ here: Int, _ there: Int) -> Bool { here == there || isLater && here == 0 }
    guard agree(checksum, entry.checksum), agree(size, entry.size), agree(compressedSize, entry.compressedSize) else {
      return nil
    }
    return length + extraLength
  }
}

/// Numbers of four bytes; those that need more stand in the extra field, in the order in which they are asked for
/// (APPNOTE.TXT 4.5.3).
private struct LargeNumbers {
  private let bytes: [UInt8]
  /// What is left of the field for them; nil when there is none.
  private var rest: Range<Int>?

  /// Stands for a number that is in the extra field.
  private static let absent = 0xffff_ffff

  init(_ bytes: [UInt8], in extra: Range<Int>) {
    self.bytes = bytes
    self.rest = bytes.fields(in: extra).first { $0.id == 1 }?.contents
  }

  /// The number at a place, or the next of the extra field; nil when it is missing.
  mutating func number(at place: Int) -> Int? {
    let number = bytes.number(at: place, size: 4)
    guard number == Self.absent else { return number }
    guard let field = rest, field.count >= 8 else { return nil }
    rest = (field.lowerBound + 8)..<field.upperBound
    return bytes.number(at: field.lowerBound, size: 8)
  }
}

extension [UInt8] {
  /// True unless an extra field gives the member another name (APPNOTE.TXT 4.6.9), which some readers prefer.
  fileprivate func hasNoOtherName(than name: ArraySlice<UInt8>, in extra: Range<Int>) -> Bool {
    // The name stands behind a version and a checksum.
    fields(in: extra).allSatisfy { $0.id != 0x7075 || self[$0.contents].dropFirst(5) == name }
  }

  /// The fields that an extra field consists of (APPNOTE.TXT 4.5.1).
  fileprivate func fields(in extra: Range<Int>) -> [(id: Int, contents: Range<Int>)] {
    var fields: [(id: Int, contents: Range<Int>)] = []
    var place = extra.lowerBound
    while place < extra.upperBound, let id = number(at: place, size: 2), let length = number(at: place + 2, size: 2) {
      let contents = (place + 4)..<(place + 4 + length)
      guard contents.upperBound <= extra.upperBound else { break }
      fields.append((id, contents))
      place = contents.upperBound
    }
    return fields
  }
}
