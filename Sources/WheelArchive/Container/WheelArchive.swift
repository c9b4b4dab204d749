import CZip
import Glibc

/// A wheel as an archive: the list of its members, and streams of their bytes.
///
/// Owns the libzip handle and frees it in `deinit`. Used by one thread at a time; another thread opens its own.
public final class WheelArchive: @unchecked Sendable {
  public let directory: ArchiveDirectory
  private let handle: OpaquePointer
  let inflater = Inflater()

  /// Opens a file and checks its directory: local headers against the central directory, names, sizes, limits.
  public init(path: String, limits: ArchiveLimits = ArchiveLimits()) throws(ArchiveError) {
    let file = try RawFile(path: path)
    let end = try EndRecord(file)
    guard end.directory.count <= limits.directorySize else {
      throw ArchiveError(
        path, .list,
        .overLimit(
          what: "the size of its directory", value: UInt64(end.directory.count), limit: limits.directorySize))
    }
    let handle = try Self.open(file)
    do {
      let count = try Self.memberCount(handle, path, limits)
      try Self.checkLayout(handle, file, end, count: count)
      self.directory = ArchiveDirectory(
        path: path, members: try Self.list(handle, path, limits, count: count), limits: limits, identity: file.identity)
    } catch {
      zip_discard(handle)
      throw error
    }
    self.handle = handle
  }

  /// Opens the file of a checked directory once more.
  ///
  /// - Throws: `changed` when it is not the same file any more.
  public init(reopening directory: ArchiveDirectory) throws(ArchiveError) {
    let file = try RawFile(path: directory.path)
    guard file.identity == directory.identity else { throw ArchiveError(directory.path, .open, .changed) }
    self.handle = try Self.open(file)
    self.directory = directory
  }

  deinit {
    zip_discard(handle)
  }

  /// The path as it was given.
  public var path: String { directory.path }
  public var members: [ArchiveMember] { directory.members }
  var limits: ArchiveLimits { directory.limits }

  /// Opens a stream over the inflated bytes of a member.
  public func stream(_ member: ArchiveMember) throws(ArchiveError) -> MemberStream {
    switch member.compression {
    case .encrypted: throw ArchiveError(path, member: member.name, .readMember, .encrypted)
    case .unsupported(let method):
      throw ArchiveError(path, member: member.name, .readMember, .unsupportedCompression(method))
    case .stored, .deflated: break
    }
    guard let file = zip_fopen_index(handle, UInt64(member.index), zip_flags_t(ZIP_FL_COMPRESSED)) else {
      throw ArchiveError(path, member: member.name, .readMember, .damaged(Self.message(zip_get_error(handle).pointee)))
    }
    return MemberStream(of: member, in: self, file: file)
  }

  /// The whole of a small member.
  public func contents(_ member: ArchiveMember) throws(ArchiveError) -> [UInt8] {
    guard member.size <= limits.metadataSize else {
      throw ArchiveError(
        path, member: member.name, .readMember,
        .overLimit(what: "its size", value: member.size, limit: limits.metadataSize))
    }
    var stream = try stream(member)
    var contents: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try stream.read(into: buffer)
      if count == 0 { return contents }
      contents.append(contentsOf: buffer[..<count])
    }
  }

  /// A handle over an open file rather than over a path, which libzip would look up again for every member.
  private static func open(_ file: borrowing RawFile) throws(ArchiveError) -> OpaquePointer {
    let descriptor = fcntl(file.descriptor, F_DUPFD_CLOEXEC, 0)
    guard descriptor >= 0 else { throw ArchiveError(file.path, .open, .system(String(cString: strerror(errno)))) }
    var code: Int32 = 0
    // libzip closes the descriptor if all goes well.
    guard let handle = zip_fdopen(descriptor, 0, &code) else {
      close(descriptor)
      throw ArchiveError(file.path, .open, openProblem(code))
    }
    return handle
  }

  private static func openProblem(_ code: Int32) -> ArchiveError.Problem {
    var error = zip_error_t()
    zip_error_init_with_code(&error, code)
    defer { zip_error_fini(&error) }
    switch code {
    case ZIP_ER_NOZIP: return .notAZip
    case ZIP_ER_NOENT: return .notFound
    case ZIP_ER_OPEN, ZIP_ER_READ: return .system(String(cString: strerror(errno)))
    default: return .damaged(message(error))
    }
  }

  private static func message(_ error: zip_error_t) -> String {
    var error = error
    guard let words = zip_error_strerror(&error) else { return "error \(error.zip_err)" }
    return String(cString: words)
  }

  private static func memberCount(
    _ handle: OpaquePointer, _ path: String, _ limits: ArchiveLimits
  ) throws(ArchiveError) -> Int {
    let count = zip_get_num_entries(handle, 0)
    guard count <= limits.memberCount else {
      throw ArchiveError(
        path, .list, .overLimit(what: "the number of members", value: UInt64(count), limit: UInt64(limits.memberCount)))
    }
    return max(Int(count), 0)
  }

  /// Requires that every installer finds the members that libzip lists, and no others.
  private static func checkLayout(
    _ handle: OpaquePointer, _ file: borrowing RawFile, _ end: EndRecord, count: Int
  ) throws(ArchiveError) {
    var commentLength: Int32 = 0
    _ = zip_get_archive_comment(handle, &commentLength, zip_flags_t(ZIP_FL_ENC_RAW))
    guard commentLength == end.commentLength,
      let layout = try MemberLayout(file, directory: end.directory, count: count)
    else { throw ArchiveError(file.path, .open, .ambiguous) }
    try layout.check(file)
  }

  private static func list(
    _ handle: OpaquePointer, _ path: String, _ limits: ArchiveLimits, count: Int
  ) throws(ArchiveError) -> [ArchiveMember] {
    var members: [ArchiveMember] = []
    members.reserveCapacity(count)
    var total: UInt64 = 0
    for index in 0..<count {
      let (member, nameLength) = try entry(index, handle, path)
      try check(member, nameLength: nameLength, path, limits)
      total &+= member.size
      guard total <= limits.totalSize else {
        throw ArchiveError(
          path, .list, .overLimit(what: "the size of all members", value: total, limit: limits.totalSize))
      }
      members.append(member)
    }
    return members
  }

  private static func entry(
    _ index: Int, _ handle: OpaquePointer, _ path: String
  ) throws(ArchiveError) -> (ArchiveMember, nameLength: Int) {
    var status = zip_stat_t()
    guard let name = zip_get_name(handle, UInt64(index), zip_flags_t(ZIP_FL_ENC_RAW)),
      zip_stat_index(handle, UInt64(index), 0, &status) == 0
    else {
      throw ArchiveError(path, .list, .damaged(message(zip_get_error(handle).pointee)))
    }
    let compression: ArchiveMember.Compression =
      if status.encryption_method != UInt16(ZIP_EM_NONE) {
        .encrypted
      } else {
        switch Int32(status.comp_method) {
        case ZIP_CM_STORE: .stored
        case ZIP_CM_DEFLATE: .deflated
        default: .unsupported(status.comp_method)
        }
      }
    let member = ArchiveMember(
      index: index, name: String(cString: name), size: status.size, compressedSize: status.comp_size,
      checksum: status.crc, compression: compression)
    // libzip finds the first of several.
    guard zip_name_locate(handle, zip_get_name(handle, UInt64(index), 0), 0) == index else {
      throw ArchiveError(path, member: member.name, .list, .duplicateNames)
    }
    return (member, strlen(name))
  }

  private static func check(
    _ member: ArchiveMember, nameLength: Int, _ path: String, _ limits: ArchiveLimits
  ) throws(ArchiveError) {
    func refuse(_ what: String, _ value: UInt64, _ limit: UInt64) -> ArchiveError {
      ArchiveError(path, member: member.name, .list, .overLimit(what: what, value: value, limit: limit))
    }
    guard nameLength <= limits.nameLength else {
      throw refuse("the length of its name", UInt64(nameLength), UInt64(limits.nameLength))
    }
    guard member.size <= limits.memberSize else { throw refuse("its size", member.size, limits.memberSize) }
    let ratio = member.size / max(member.compressedSize, 1)
    guard member.size <= limits.ratioThreshold || ratio <= limits.ratio else {
      throw refuse("its compression ratio", ratio, limits.ratio)
    }
    guard member.compression != .stored || member.size == member.compressedSize else {
      throw ArchiveError(
        path, member: member.name, .list,
        .shorterThanDeclared(declared: member.size, actual: member.compressedSize))
    }
  }
}
