/// An entry of the central directory (APPNOTE.TXT 4.3.12), as numbers; its name stays in the directory's bytes.
struct DirectoryEntry {
  /// Bytes of an entry without its name, its extra field and its comment.
  static let fixedSize = 46

  /// Bytes, inflated.
  let size: Int
  /// Bytes in the archive.
  let compressedSize: Int
  /// Where the local header begins in the file.
  let offset: Int
  /// How long the local header is: known once it has been read.
  var headerLength: UInt32 = 0
  let checksum: UInt32
  private let namePlace: Int
  private let nameLength: UInt16
  let flags: Flags
  let method: UInt16
  /// The version of the format that it takes to read the member, times ten.
  let version: UInt8
  /// False when the extra field gives the member another name than the entry.
  let hasOneName: Bool

  /// What the general purpose bits say (APPNOTE.TXT 4.4.4).
  struct Flags: OptionSet, Hashable {
    let rawValue: UInt16

    static let encrypted = Flags(rawValue: 1)
    /// Checksum and sizes stand behind the data.
    static let hasDescriptor = Flags(rawValue: 1 << 3)
    static let patch = Flags(rawValue: 1 << 5)
    static let stronglyEncrypted = Flags(rawValue: 1 << 6)
    /// The name is UTF-8.
    static let unicodeName = Flags(rawValue: 1 << 11)
    /// What decides how the data is read.
    static let deciding: Flags = [.encrypted, .hasDescriptor, .patch, .stronglyEncrypted]

    /// A name in UTF-8: as it stands where the flag says so, else from code page 437 (APPNOTE.TXT, appendix D.1).
    func utf8(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
      contains(.unicodeName) || name.isASCII ? name : CodePage437.utf8(name)[...]
    }
  }

  private static let signature = Array("PK\u{1}\u{2}".utf8)

  /// Reads the entry at a place of the directory, and moves on to the next; nil when not all of it is there.
  init?(_ directory: [UInt8], at place: inout Int) {
    guard directory.holds(Self.signature, at: place),
      let version = directory.number(at: place + 6, size: 1), let flags = directory.number(at: place + 8, size: 2),
      let method = directory.number(at: place + 10, size: 2),
      let checksum = directory.number(at: place + 16, size: 4),
      let nameLength = directory.number(at: place + 28, size: 2),
      let extraLength = directory.number(at: place + 30, size: 2),
      let commentLength = directory.number(at: place + 32, size: 2)
    else { return nil }
    (namePlace, self.nameLength) = (place + Self.fixedSize, UInt16(nameLength))
    (self.flags, self.method) = (Flags(rawValue: UInt16(flags)), UInt16(method))
    (self.version, self.checksum) = (UInt8(version), UInt32(checksum))
    let extra = (namePlace + nameLength)..<(namePlace + nameLength + extraLength)
    guard extra.upperBound + commentLength <= directory.count, var field = ExtraField(directory, in: extra),
      let size = field.number(at: place + 24), let compressedSize = field.number(at: place + 20),
      let offset = field.number(at: place + 42)
    else { return nil }
    (self.size, self.compressedSize, self.offset) = (size, compressedSize, offset)
    hasOneName = field.agrees(withName: directory[namePlace..<extra.lowerBound], self.flags)
    place = extra.upperBound + commentLength
  }

  /// Where the name stands in the directory.
  var name: Range<Int> { namePlace..<(namePlace + Int(nameLength)) }

  /// The name in UTF-8, as installers read it.
  func name(in directory: [UInt8]) -> ArraySlice<UInt8> { flags.utf8(directory[name]) }

  /// Type and permissions of the file on a Unix system, where the entry was made on one (APPNOTE.TXT 4.4.2, 4.4.15).
  func unixMode(in directory: [UInt8]) -> UInt16? {
    let start = namePlace - Self.fixedSize
    guard let host = directory.number(at: start + 5, size: 1), Self.unixHosts.contains(host),
      let mode = directory.number(at: start + 40, size: 2)
    else { return nil }
    return UInt16(mode)
  }

  func hasComment(in directory: [UInt8]) -> Bool {
    directory.number(at: namePlace - Self.fixedSize + 32, size: 2) != 0
  }

  /// Unix and macOS.
  private static let unixHosts = [3, 19]

  /// Where the member's bytes begin in the file.
  var data: Int { offset + Int(headerLength) }

  var compression: Compression {
    if !flags.isDisjoint(with: [.encrypted, .stronglyEncrypted]) { return .encrypted }
    // APPNOTE.TXT 4.4.5.
    return switch method {
    case 0: .stored
    case 8: .deflated
    default: .unsupported(method)
    }
  }

  enum Compression: Hashable {
    case stored
    case deflated
    case unsupported(UInt16)
    case encrypted
  }

  /// Only the compressed data itself says where it ends to a reader that goes through the file from its start.
  var endsByItself: Bool { compression == .deflated && flags.contains(.hasDescriptor) }
}
