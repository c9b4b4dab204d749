/// A member of an archive, as its central directory and its local header say.
public struct ArchiveMember: Sendable {
  let list: MemberList
  /// The position in the central directory.
  public let index: Int

  var entry: DirectoryEntry { list.entries[index] }

  /// The name; bytes that are not UTF-8 become U+FFFD.
  public var name: String { String(decoding: nameBytes, as: UTF8.self) }
  var nameBytes: ArraySlice<UInt8> { list.directory[entry.name] }
  /// Bytes, inflated, as the directory declares them.
  public var size: UInt64 { UInt64(entry.size) }
  /// Bytes in the archive.
  public var compressedSize: UInt64 { UInt64(entry.compressedSize) }
  public var checksum: UInt32 { entry.checksum }

  /// Whether only its compressed data says where the member ends to a reader that goes through the file from its start.
  ///
  /// Until such a member has been read to its end, more members may lie behind it for those readers.
  public var endsByItself: Bool { entry.endsByItself }
}
