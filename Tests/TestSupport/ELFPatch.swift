/// The bytes of a good ELF file, with its fields to be overwritten by name (gABI chapters 4 and 5).
public struct ELFPatch {
  public var bytes: [UInt8]
  private let isWide: Bool
  private let isBig: Bool

  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    isWide = bytes[4] == 2
    isBig = bytes[5] == 2
  }

  /// A field of the header.
  public enum HeaderField {
    case programHeaderOffset, sectionHeaderOffset, programHeaderSize, programHeaderCount, sectionHeaderCount
  }

  /// A field of a program header.
  public enum SegmentField {
    case type, offset, address, fileSize, alignment
  }

  public subscript(field: HeaderField) -> UInt64 {
    get { read(place(field).offset, width: place(field).width) }
    set { write(newValue, at: place(field).offset, width: place(field).width) }
  }

  /// A field of the program header at an index.
  public subscript(field: SegmentField, index: Int) -> UInt64 {
    get { read(place(field, index).offset, width: place(field, index).width) }
    set { write(newValue, at: place(field, index).offset, width: place(field, index).width) }
  }

  /// The indices of the program headers of a type.
  public func segments(_ type: UInt64) -> [Int] {
    (0..<Int(self[.programHeaderCount])).filter { self[.type, $0] == type }
  }

  /// The number of the tag in an entry of the dynamic segment.
  public func tagPlace(_ tag: UInt64) -> Int? {
    guard let dynamic = segments(SegmentType.dynamic).last else { return nil }
    let (start, size) = (Int(self[.offset, dynamic]), Int(self[.fileSize, dynamic]))
    return stride(from: start, to: start + size, by: 2 * wordWidth).first { read($0, width: wordWidth) == tag }
  }

  /// The value of a tag of the dynamic segment; setting the value of a tag that is not there does nothing.
  public subscript(tag tag: UInt64) -> UInt64? {
    get { tagPlace(tag).map { read($0 + wordWidth, width: wordWidth) } }
    set {
      guard let place = tagPlace(tag), let newValue else { return }
      write(newValue, at: place + wordWidth, width: wordWidth)
    }
  }

  /// Where in the file the table lies whose address a tag states.
  public func table(_ tag: UInt64) -> Int? {
    guard let address = self[tag: tag] else { return nil }
    let segment = segments(SegmentType.load).last { index in
      address >= self[.address, index] && address - self[.address, index] < self[.fileSize, index]
    }
    return segment.map { Int(self[.offset, $0] + address - self[.address, $0]) }
  }

  /// Reads a number of the file's byte order.
  public func read(_ offset: Int, width: Int) -> UInt64 {
    let field = bytes[offset..<offset + width]
    return (isBig ? Array(field) : field.reversed()).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Writes a number in the file's byte order, cut to the width of its field.
  public mutating func write(_ value: UInt64, at offset: Int, width: Int) {
    for position in 0..<width {
      let shift = 8 * (isBig ? width - 1 - position : position)
      bytes[offset + position] = UInt8(truncatingIfNeeded: value >> UInt64(shift))
    }
  }

  /// Bytes in an address: 8 or 4.
  public var wordWidth: Int { isWide ? 8 : 4 }

  private func place(_ field: HeaderField) -> (offset: Int, width: Int) {
    switch field {
    case .programHeaderOffset: isWide ? (32, 8) : (28, 4)
    case .sectionHeaderOffset: isWide ? (40, 8) : (32, 4)
    case .programHeaderSize: isWide ? (54, 2) : (42, 2)
    case .programHeaderCount: isWide ? (56, 2) : (44, 2)
    case .sectionHeaderCount: isWide ? (60, 2) : (48, 2)
    }
  }

  private func place(_ field: SegmentField, _ index: Int) -> (offset: Int, width: Int) {
    let start = Int(self[.programHeaderOffset]) + index * (isWide ? 56 : 32)
    let (offset, width): (Int, Int) =
      switch field {
      case .type: (0, 4)
      case .offset: isWide ? (8, 8) : (4, 4)
      case .address: isWide ? (16, 8) : (8, 4)
      case .fileSize: isWide ? (32, 8) : (16, 4)
      case .alignment: isWide ? (48, 8) : (28, 4)
      }
    return (start + offset, width)
  }
}

/// `p_type` of program headers.
public enum SegmentType {
  public static let load: UInt64 = 1
  public static let dynamic: UInt64 = 2
  public static let interpreter: UInt64 = 3
  public static let note: UInt64 = 4
  public static let property: UInt64 = 0x6474_e553
}

/// `d_tag` of the dynamic segment.
public enum DynamicTag {
  public static let needed: UInt64 = 1
  public static let stringTable: UInt64 = 5
  public static let symbolTable: UInt64 = 6
  public static let stringTableSize: UInt64 = 10
  public static let symbolEntrySize: UInt64 = 11
  public static let gnuHash: UInt64 = 0x6fff_fef5
  public static let symbolVersions: UInt64 = 0x6fff_fff0
  public static let versionNeeds: UInt64 = 0x6fff_fffe
  public static let versionNeedCount: UInt64 = 0x6fff_ffff
}
