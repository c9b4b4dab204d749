/// Something of the zip format that a reader may take in another way than the next one, and that PyPI refuses (Warehouse,
/// warehouse/utils/zipfiles.py and warehouse/forklift/legacy.py, August 2026).
public struct ArchiveFeature: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// Checksum and sizes stand behind the data of a member.
    case descriptor
    /// An entry of the directory has a comment.
    case comment
    /// A name that is neither ASCII nor said to be UTF-8.
    case otherEncoding
    /// A name with a control character.
    case controlCharacter
    /// A member that is neither stored nor deflated.
    case compression(UInt16)
    /// The extra field of a local header says something twice, is cut off, or has sizes that contradict the directory.
    case extraField
    /// The file begins like an archive of tar as well.
    case tar
  }

  public let kind: Kind
  /// The first member that has it; nil where it is none of a member.
  public let member: String?
  /// How many have it.
  public internal(set) var count = 1
}

extension WheelArchive {
  /// What of these is in the archive, each kind once, by the first member that has it.
  ///
  /// Reads the extra field of every local header that has one.
  public func features() throws(ArchiveError) -> [ArchiveFeature] {
    var features: [ArchiveFeature] = []
    var places: [ArchiveFeature.Kind: Int] = [:]
    for index in members.indices {
      let entry = members.entries[index]
      var kinds = entry.features(in: members.directory)
      if try hasOddExtraField(entry) { kinds.append(.extraField) }
      for kind in kinds {
        if let place = places[kind] {
          features[place].count += 1
        } else {
          places[kind] = features.count
          features.append(ArchiveFeature(kind: kind, member: members[index].name))
        }
      }
    }
    if try isTar() { features.append(ArchiveFeature(kind: .tar, member: nil)) }
    return features
  }

  private func hasOddExtraField(_ entry: DirectoryEntry) throws(ArchiveError) -> Bool {
    let start = entry.offset + LayoutCheck.localSize + entry.name.count
    guard start < entry.data else { return false }
    guard let bytes = try source.bytes(start..<entry.data) else { throw ArchiveError(path, .open, .changed) }
    return !ExtraField.isPlain(
      bytes, size: entry.size, compressedSize: entry.compressedSize, isStored: entry.method == 0)
  }

  /// Whether the first block is a header of tar with a true checksum (POSIX, pax, "ustar Interchange Format").
  private func isTar() throws(ArchiveError) -> Bool {
    guard let block = try source.bytes(0..<512) else { return false }
    let sumField = 148..<156
    let digits = block[sumField].drop { $0 == UInt8(ascii: " ") }.prefix {
      (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0)
    }
    guard let declared = Int(String(decoding: digits, as: UTF8.self), radix: 8) else { return false }
    let blanks = sumField.count * Int(UInt8(ascii: " "))
    let others = block.indices.filter { !sumField.contains($0) }
    let unsigned = others.reduce(blanks) { $0 + Int(block[$1]) }
    return declared == unsigned || declared == others.reduce(blanks) { $0 + Int(Int8(bitPattern: block[$1])) }
  }
}

extension DirectoryEntry {
  fileprivate func features(in directory: [UInt8]) -> [ArchiveFeature.Kind] {
    var kinds: [ArchiveFeature.Kind] = []
    let name = directory[name]
    if flags.contains(.hasDescriptor) { kinds.append(.descriptor) }
    if hasComment(in: directory) { kinds.append(.comment) }
    if !flags.contains(.unicodeName), !name.isASCII { kinds.append(.otherEncoding) }
    if name.contains(where: { $0 < 0x20 || $0 == 0x7f }) { kinds.append(.controlCharacter) }
    if method != 0, method != 8 { kinds.append(.compression(method)) }
    return kinds
  }
}

extension ExtraField {
  /// Whether the extra field of a local header says nothing twice that decides, and the sizes that the directory has.
  ///
  /// - Parameters:
  ///   - bytes: of the field.
  ///   - size: of the member, inflated.
  ///   - compressedSize: of the member in the archive.
  ///   - isStored: whether both are the same.
  /// - Returns: false where some readers take another size or name from it than others, or refuse it.
  static func isPlain(_ bytes: [UInt8], size: Int, compressedSize: Int, isStored: Bool) -> Bool {
    var known: Set<Int> = []
    var place = 0
    while place < bytes.count {
      guard let id = bytes.number(at: place, size: 2), let length = bytes.number(at: place + 2, size: 2),
        place + 4 + length <= bytes.count, !deciding.contains(id) || known.insert(id).inserted
      else { return false }
      if id == numbersID {
        switch length {
        case 0: break
        case 8: guard isStored, bytes.number(at: place + 4, size: 8) == compressedSize else { return false }
        case 16, 24, 28: guard bytes.number(at: place + 12, size: 8) == compressedSize else { return false }
        default: return false
        }
      }
      place += 4 + length
    }
    return true
  }

  private static let deciding = [numbersID, nameID]
}
