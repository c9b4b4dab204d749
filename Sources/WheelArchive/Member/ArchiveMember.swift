/// A member of an archive, as its central directory and its local header say.
public struct ArchiveMember: Sendable {
  let list: MemberList
  /// The position in the central directory.
  public let index: Int

  var entry: DirectoryEntry { list.entries[index] }

  /// The name as installers read it: UTF-8 where its header says so, else code page 437.
  public var name: String { String(decoding: nameBytes, as: UTF8.self) }
  /// The name in UTF-8.
  ///
  /// For whoever goes through all names: those that are plain ASCII are not copied.
  public var nameBytes: ArraySlice<UInt8> { entry.name(in: list.directory) }
  /// Type and permissions of the file on the Unix system that packed it (`st_mode`); nil where another system did.
  public var unixMode: UInt16? { entry.unixMode(in: list.directory) }
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
