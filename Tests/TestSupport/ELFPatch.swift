/// A typed editor over the bytes of an ELF file: finds what the loader would find and changes it there, in the width
/// and byte order of the file (gABI chapters 4 and 5).
///
/// A test derives a malformed file from a good one with it.
public struct ELFPatch: Sendable {
  public var bytes: [UInt8]
  /// EI_CLASS is ELFCLASS64.
  public let isWide: Bool
  /// EI_DATA is ELFDATA2MSB.
  public let isBigEndian: Bool

  /// Takes a good file.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    isWide = bytes[4] == 2
    isBigEndian = bytes[5] == 2
  }

  /// Bytes in an address or offset of the file.
  public var addressWidth: Int { isWide ? 8 : 4 }
  /// The highest address the file can state.
  public var highestAddress: UInt64 { isWide ? .max : UInt64(UInt32.max) }

  /// The number of `width` bytes at an offset.
  public func value(at offset: Int, width: Int) -> UInt64 {
    let field = bytes[offset..<offset + width]
    return (isBigEndian ? Array(field) : field.reversed()).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Writes the low `width` bytes of a number at an offset.
  public mutating func set(at offset: Int, width: Int, to value: UInt64) {
    for index in 0..<width {
      let shift = 8 * (isBigEndian ? width - 1 - index : index)
      bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(shift))
    }
  }

  /// What is not in the file though a test asks for it.
  public struct Missing: Error {
    public let what: String

    public init(what: String) {
      self.what = what
    }
  }
}

/// A field at its distance from the beginning of its structure, in bytes.
public struct ELFField: Sendable {
  let distance: Int
  let width: Int
}

// MARK: The header

extension ELFPatch {
  /// A field of the ELF header whose width or place depends on the class.
  public enum HeaderField: Sendable {
    case type, machine, version, phoff, shoff, ehsize, phentsize, phnum, shentsize, shnum, shstrndx
  }

  func place(of field: HeaderField) -> ELFField {
    let address = addressWidth
    // e_ident, e_type, e_machine, e_version; then e_entry, e_phoff, e_shoff; then e_flags and the halves.
    let halves = 24 + 3 * address + 4
    return switch field {
    case .type: ELFField(distance: 16, width: 2)
    case .machine: ELFField(distance: 18, width: 2)
    case .version: ELFField(distance: 20, width: 4)
    case .phoff: ELFField(distance: 24 + address, width: address)
    case .shoff: ELFField(distance: 24 + 2 * address, width: address)
    case .ehsize: ELFField(distance: halves, width: 2)
    case .phentsize: ELFField(distance: halves + 2, width: 2)
    case .phnum: ELFField(distance: halves + 4, width: 2)
    case .shentsize: ELFField(distance: halves + 6, width: 2)
    case .shnum: ELFField(distance: halves + 8, width: 2)
    case .shstrndx: ELFField(distance: halves + 10, width: 2)
    }
  }

  public subscript(header: HeaderField) -> UInt64 {
    get {
      let field = place(of: header)
      return value(at: field.distance, width: field.width)
    }
    set {
      let field = place(of: header)
      set(at: field.distance, width: field.width, to: newValue)
    }
  }

  /// Bytes of the ELF header.
  public var headerLength: Int { isWide ? 64 : 52 }
}

// MARK: Program headers

extension ELFPatch {
  /// `p_type`.
  public enum SegmentType: UInt64, Sendable {
    case null = 0
    case load = 1
    case dynamic = 2
    case interpreter = 3
    case note = 4
    case programHeaders = 6
    case stack = 0x6474_e551
    case protection = 0x6474_e552
    case property = 0x6474_e553
  }

  /// A field of a program header; `flags` stands elsewhere in the two classes.
  public enum SegmentField: Sendable {
    case type, flags, offset, address, fileSize, memorySize, alignment
  }

  /// Bytes of one program header.
  public var segmentLength: Int { isWide ? 56 : 32 }

  /// The offsets in the file of the program headers of a type, in their order.
  public func segments(_ type: SegmentType) -> [Int] {
    (0..<Int(self[.phnum])).map { Int(self[.phoff]) + $0 * segmentLength }.filter { self[$0, .type] == type.rawValue }
  }

  /// The offset in the file of the only or first program header of a type.
  public func segment(_ type: SegmentType) throws -> Int {
    guard let first = segments(type).first else { throw Missing(what: "segment \(type)") }
    return first
  }

  /// A field of the program header at an offset of the file.
  public subscript(segment: Int, field: SegmentField) -> UInt64 {
    get {
      let field = place(of: field)
      return value(at: segment + field.distance, width: field.width)
    }
    set {
      let field = place(of: field)
      set(at: segment + field.distance, width: field.width, to: newValue)
    }
  }

  func place(of field: SegmentField) -> ELFField {
    let address = addressWidth
    // p_flags comes second in the wide class and seventh in the narrow one.
    let fields = isWide ? 8 : 4
    return switch field {
    case .type: ELFField(distance: 0, width: 4)
    case .flags: ELFField(distance: isWide ? 4 : 24, width: 4)
    case .offset: ELFField(distance: fields, width: address)
    case .address: ELFField(distance: fields + address, width: address)
    case .fileSize: ELFField(distance: fields + 3 * address, width: address)
    case .memorySize: ELFField(distance: fields + 4 * address, width: address)
    case .alignment: ELFField(distance: isWide ? 48 : 28, width: address)
    }
  }
}

// MARK: The dynamic segment

extension ELFPatch {
  /// `d_tag`.
  public enum Tag: UInt64, Sendable {
    case null = 0
    case needed = 1
    case hash = 4
    case stringTable = 5
    case symbolTable = 6
    case stringTableSize = 10
    case symbolEntrySize = 11
    case soname = 14
    case rpath = 15
    case entrySizeWithAddends = 9
    case jumpRelocationKind = 20
    case entrySizeRelative = 37
    case gnuHash = 0x6fff_fef5
    case symbolVersions = 0x6fff_fff0
    case versionDefinitions = 0x6fff_fffc
    case versionDefinitionCount = 0x6fff_fffd
    case versionNeeds = 0x6fff_fffe
    case versionNeedCount = 0x6fff_ffff
  }

  /// The offset in the file of the first entry with a tag.
  public func entry(_ tag: Tag) throws -> Int {
    let segment = try segment(.dynamic)
    let start = Int(self[segment, .offset])
    let entries = stride(from: start, to: start + Int(self[segment, .fileSize]), by: 2 * addressWidth)
    guard let entry = entries.first(where: { value(at: $0, width: addressWidth) == tag.rawValue }) else {
      throw Missing(what: "tag \(tag)")
    }
    return entry
  }

  /// The value of the first entry with a tag.
  public func value(of tag: Tag) throws -> UInt64 {
    value(at: try entry(tag) + addressWidth, width: addressWidth)
  }

  public mutating func set(_ tag: Tag, to value: UInt64) throws {
    set(at: try entry(tag) + addressWidth, width: addressWidth, to: value)
  }

  /// Makes the first entry with a tag one of another tag.
  public mutating func rename(_ tag: Tag, to other: UInt64) throws {
    set(at: try entry(tag), width: addressWidth, to: other)
  }

  /// The offset in the file of the table whose address a tag states.
  public func table(_ tag: Tag) throws -> Int {
    let address = try value(of: tag)
    for load in segments(.load) where address >= self[load, .address] {
      let distance = address - self[load, .address]
      if distance < self[load, .fileSize] { return Int(self[load, .offset] + distance) }
    }
    throw Missing(what: "what \(tag) points at")
  }
}
