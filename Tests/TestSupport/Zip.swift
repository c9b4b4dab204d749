import CIgzip

/// A zip archive as the fields of its records (APPNOTE.TXT 4.3), so that a test can forge any of them.
///
/// No library writes archives that lie, which is what these are for.
public struct Zip: Sendable {
  /// One member: a local header, its data and an entry of the central directory.
  public struct Member: Sendable {
    /// The name in the central directory.
    public var name: [UInt8]
    /// The name in the local header.
    public var localName: [UInt8]
    /// What is in the file that it is made of.
    public let contents: [UInt8]
    /// The bytes in the archive: compressed, where the method says so.
    public var data: [UInt8]
    /// 0 is stored, 8 is deflate.
    public var method: UInt16 = 0
    /// Bit 0: encrypted.
    ///
    /// Bit 11: the name is UTF-8.
    public var flags: UInt16 = 1 << 11
    public var checksum: UInt32
    /// The inflated size as both headers declare it.
    public var size: UInt32
    /// The compressed size as both headers declare it.
    public var compressedSize: UInt32
    /// The extra field in the central directory (APPNOTE.TXT 4.5).
    public var extra: [UInt8] = []
    /// The extra field in the local header.
    public var localExtra: [UInt8] = []
    /// Type and permissions of the file on a Unix system (`st_mode`); nil where another system packed it.
    public var mode: UInt16?
    /// Where the central directory says that the local header is; nil for where it is.
    public var offset: UInt32?

    /// A stored member that is as it says.
    public init(_ name: String, _ contents: [UInt8]) {
      self.init(name: Array(name.utf8), contents)
    }

    public init(name: [UInt8], _ contents: [UInt8]) {
      self.name = name
      self.localName = name
      self.contents = contents
      self.data = contents
      self.checksum = Zip.checksum(contents)
      self.size = UInt32(contents.count)
      self.compressedSize = UInt32(contents.count)
    }

    /// Puts a data descriptor behind the data that says what the headers say, and declares it (APPNOTE.TXT 4.3.9).
    public mutating func addDescriptor(signed: Bool, width: Int) {
      flags |= 1 << 3
      if signed { data += little(0x0807_4b50 as UInt32) }
      data += little(checksum)
      for size in [compressedSize, size] { data += little(UInt64(size))[..<width] }
    }

    /// The same with its data deflated (RFC 1951).
    public var deflated: Member {
      var member = self
      member.method = 8
      member.data = Zip.deflate(data)
      member.compressedSize = UInt32(member.data.count)
      return member
    }
  }

  public var members: [Member]
  /// The number of members that the end record declares; nil for as many as there are.
  public var declaredCount: UInt16?
  public var comment: [UInt8] = []

  public init(_ members: [Member]) {
    self.members = members
  }

  /// The whole archive.
  public var bytes: [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let start = UInt32(file.count)
      file += little(0x0403_4b50 as UInt32) + common(member, name: member.localName, extra: member.localExtra)
      file += member.localName + member.localExtra + member.data
      directory += little(0x0201_4b50 as UInt32) + little((member.mode == nil ? 20 : 3 << 8 | 20) as UInt16)
      directory += common(member, name: member.name, extra: member.extra)
      directory += little(0 as UInt16) + little(0 as UInt16) + little(0 as UInt16)
      directory += little(UInt32(member.mode ?? 0) << 16)
      directory += little(member.offset ?? start) + member.name + member.extra
    }
    let count = declaredCount ?? UInt16(clamping: members.count)
    let end =
      little(0x0605_4b50 as UInt32) + little(0 as UInt16) + little(0 as UInt16) + little(count) + little(count)
      + little(UInt32(directory.count)) + little(UInt32(file.count)) + little(UInt16(comment.count)) + comment
    return file + directory + end
  }

  /// The fields that local header and directory entry share, from "version needed" to "extra field length".
  private func common(_ member: Member, name: [UInt8], extra: [UInt8]) -> [UInt8] {
    little(20 as UInt16) + little(member.flags) + little(member.method) + little(0 as UInt16) + little(0x21 as UInt16)
      + little(member.checksum) + little(member.compressedSize) + little(member.size) + little(UInt16(name.count))
      + little(UInt16(extra.count))
  }

  /// The CRC-32 of zip archives.
  public static func checksum(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer { crc32_gzip_refl(0, $0.baseAddress, UInt64($0.count)) }
  }

  /// Raw deflate at ISA-L's lowest level.
  public static func deflate(_ bytes: [UInt8]) -> [UInt8] {
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + bytes.count / 8 + 1024)
    let count = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        withUnsafeTemporaryAllocation(of: isal_zstream.self, capacity: 1) { stream in
          guard let state = stream.baseAddress else { return 0 }
          isal_deflate_stateless_init(state)
          state.pointee.next_in = source.baseAddress
          state.pointee.avail_in = UInt32(source.count)
          state.pointee.next_out = target.baseAddress
          state.pointee.avail_out = UInt32(target.count)
          state.pointee.end_of_stream = 1
          return isal_deflate_stateless(state) == COMP_OK ? Int(state.pointee.total_out) : 0
        }
      }
    }
    return Array(output[..<count])
  }
}

/// The bytes of a number, as zip archives have them.
private func little(_ value: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian) { Array($0) }
}
