import Glibc

/// The dynamic string table: DT_STRTAB with DT_STRSZ.
struct StringTable {
  private let bytes: UnsafeRawBufferPointer
  private let offset: UInt64
  /// Bytes that may still be read: strings share their ends and may be asked for more than once, but a table of one long
  /// string that everything refers to would take quadratic time and memory.
  private var budget: UInt64
  private let limit: UInt64
  private let meter: ReadingMeter

  init(of image: borrowing ELFImage, _ outline: ELFOutline, _ dynamic: DynamicTags) throws(ImageFault) {
    self.meter = image.meter
    guard let address = dynamic.stringTable else {
      throw .malformed(ELFError(.stringTable, at: dynamic.offset, .missing("DT_STRTAB")))
    }
    guard let length = dynamic.stringTableSize else {
      throw .malformed(ELFError(.stringTable, at: dynamic.offset, .missing("DT_STRSZ")))
    }
    let mapped = try outline.fileOffset(of: address, .stringTable)
    guard length <= mapped.length else {
      throw .malformed(ELFError(.stringTable, at: mapped.offset, .outOfBounds(length: length)))
    }
    try outline.requireUnchanged(address, length: length, .stringTable)
    self.offset = mapped.offset
    self.bytes = try image.bytes(FileRange(offset: mapped.offset, length: length), .stringTable)
    self.limit = 4 * UInt64(bytes.count) + 1 << 20
    self.budget = limit
  }

  /// True when a string may begin at an offset.
  func contains(_ index: UInt64) -> Bool {
    index < UInt64(bytes.count)
  }

  /// The bytes of the string at an offset, its terminator left out.
  mutating func bytes(at index: UInt64) throws(ImageFault) -> UnsafeBufferPointer<UInt8> {
    guard contains(index) else {
      throw .malformed(ELFError(.stringTable, at: offset, .invalid(field: "a string's offset", value: index)))
    }
    try meter.look(.stringTable, at: offset &+ index)
    let rest = UnsafeRawBufferPointer(rebasing: bytes[Int(index)...])
    guard let start = rest.baseAddress, let terminator = memchr(start, 0, rest.count) else {
      throw .malformed(ELFError(.stringTable, at: offset &+ index, .unterminated))
    }
    let end = UnsafeRawPointer(terminator) - start
    guard end <= budget else { throw .malformed(ELFError(.stringTable, at: offset, .tooLarge(limit: limit))) }
    budget -= UInt64(end)
    return UnsafeRawBufferPointer(rebasing: rest[..<end]).assumingMemoryBound(to: UInt8.self)
  }

  /// The string at an offset as a fact to keep.
  mutating func string(at index: UInt64) throws(ImageFault) -> String {
    let name = try bytes(at: index)
    try keep(name, weighing: Self.weight, at: index)
    return String(name: name)
  }

  /// Notes that a string of the table becomes a fact of the object.
  ///
  /// - Parameters:
  ///   - name: the bytes of the string.
  ///   - weight: how many names in a list it costs as much as.
  ///   - index: where it begins in the table.
  /// - Throws: `overBudget`.
  func keep(_ name: UnsafeBufferPointer<UInt8>, weighing weight: Int, at index: UInt64 = 0) throws(ImageFault) {
    try meter.keep(name.count, weighing: weight, .stringTable, at: offset &+ index)
  }

  /// What a name costs of which more is made later than a name in a list: an edge, a requirement, a finding.
  private static let weight = 8
}
