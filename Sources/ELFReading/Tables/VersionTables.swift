import CElf

/// A walk over the records of DT_VERNEED or DT_VERDEF (LSB Core, "Symbol Versioning").
///
/// The records are read here and not by libelf: its translation of a foreign byte order follows the links before anyone
/// could have checked them, and takes quadratic time where they overlap.
struct VersionRecords {
  private let bytes: UnsafeRawBufferPointer
  private let isSwapped: Bool
  private let start: UInt64
  private let operation: ELFError.Operation
  /// Records do not overlap in any file a linker makes, so the room bounds their number.
  private var budget: Int

  /// A table of version records takes a few kilobytes; four megabytes are 260,000 records.
  static let limit: UInt64 = 4 << 20

  init(
    of image: borrowing ELFImage, _ outline: ELFOutline, at address: UInt64, _ operation: ELFError.Operation
  ) throws(ImageFault) {
    let extent = try outline.extent(of: address, atMost: Self.limit, operation)
    try outline.requireUnchanged(address, length: extent.length, operation)
    self.bytes = try image.bytes(extent, operation)
    self.isSwapped = (outline.identity.byteOrder == .big) != (UInt16(1).bigEndian == 1)
    self.start = extent.offset
    self.operation = operation
    self.budget = bytes.count / 8
  }

  func half(_ position: UInt64) throws(ImageFault) -> UInt16 {
    let value: UInt16 = try load(position)
    return isSwapped ? value.byteSwapped : value
  }

  func word(_ position: UInt64) throws(ImageFault) -> UInt32 {
    let value: UInt32 = try load(position)
    return isSwapped ? value.byteSwapped : value
  }

  /// Counts a record against the room there is.
  mutating func visit(_ position: UInt64) throws(ImageFault) {
    budget -= 1
    guard budget >= 0 else {
      throw .malformed(ELFError(operation, at: start &+ position, .tooManyEntries(limit: bytes.count / 8)))
    }
  }

  func fault(at position: UInt64, _ problem: ELFError.Problem) -> ImageFault {
    .malformed(ELFError(operation, at: start &+ position, problem))
  }

  private func load<Value: FixedWidthInteger & BitwiseCopyable>(_ position: UInt64) throws(ImageFault) -> Value {
    let width = MemoryLayout<Value>.size
    guard position <= UInt64(bytes.count), UInt64(bytes.count) - position >= UInt64(width) else {
      throw fault(at: position, .outOfBounds(length: UInt64(width)))
    }
    return bytes.loadUnaligned(fromByteOffset: Int(position), as: Value.self)
  }
}

extension VersionRecords {
  /// One vernaux, with the index that symbols carry for it.
  struct Need {
    let need: VersionNeed
    let index: UInt16
  }

  /// Follows the verneed chain as the loader does, to the record whose `vn_next` is 0, and checks it against the counts.
  mutating func needs(count: UInt64, _ strings: inout StringTable) throws(ImageFault) -> [Need] {
    var needs: [Need] = []
    var position: UInt64 = 0
    var records: UInt64 = 0
    while true {
      try visit(position)
      records += 1
      let version = try half(position)
      guard version == 1 else { throw fault(at: position, .invalid(field: "vn_version", value: UInt64(version))) }
      let library = try strings.string(at: UInt64(word(position + 4)))
      var aux = position + UInt64(try word(position + 8))
      var auxes: UInt16 = 0
      while true {
        try visit(aux)
        auxes &+= 1
        let flags = try half(aux + 4)
        let name = try strings.string(at: UInt64(word(aux + 8)))
        var need = VersionNeed(library: library, version: name, isWeak: flags & UInt16(VER_FLG_WEAK) != 0)
        need.isMisnamed = try word(aux) != SystemVHashTable.hash(name.utf8)
        needs.append(Need(need: need, index: try half(aux + 6) & 0x7fff))
        let next = try word(aux + 12)
        if next == 0 { break }
        aux += UInt64(next)
      }
      let stated = try half(position + 2)
      guard stated == auxes else { throw fault(at: position, .invalid(field: "vn_cnt", value: UInt64(stated))) }
      let next = try word(position + 12)
      if next == 0 { break }
      position += UInt64(next)
    }
    guard count == records else { throw fault(at: 0, .invalid(field: "DT_VERNEEDNUM", value: count)) }
    return needs
  }

  /// One verdef, with the index that symbols carry for it.
  struct Definition {
    let name: String
    let index: UInt16
  }

  /// The versions defined; the base version, which names the file itself, is left out.
  mutating func definitions(count: UInt64, _ strings: inout StringTable) throws(ImageFault) -> [Definition] {
    var definitions: [Definition] = []
    var position: UInt64 = 0
    var records: UInt64 = 0
    while true {
      try visit(position)
      records += 1
      let version = try half(position)
      guard version == 1 else { throw fault(at: position, .invalid(field: "vd_version", value: UInt64(version))) }
      if try half(position + 2) & UInt16(VER_FLG_BASE) == 0 {
        let aux = position + UInt64(try word(position + 12))
        let name = try strings.string(at: UInt64(word(aux)))
        definitions.append(Definition(name: name, index: try half(position + 4) & 0x7fff))
      }
      let next = try word(position + 16)
      if next == 0 { break }
      position += UInt64(next)
    }
    guard count == records else { throw fault(at: 0, .invalid(field: "DT_VERDEFNUM", value: count)) }
    return definitions
  }
}
