import Glibc

/// A regular file that is open for reading.
///
/// Owns the descriptor and closes it in `deinit`. Reads go by their place, so that threads do not disturb each other.
public final class FileSource: ByteSource {
  public let name: String
  public let size: Int
  private let descriptor: Int32

  /// Opens a regular file.
  public init(path: String) throws(ArchiveError) {
    // A pipe or a device could block for ever.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw ArchiveError(path, .open, errno == ENOENT ? .notFound : Self.systemProblem())
    }
    do throws(ArchiveError) {
      let status = try Self.status(of: descriptor, path)
      guard status.st_mode & S_IFMT == S_IFREG else { throw ArchiveError(path, .open, .notAFile) }
      size = Int(status.st_size)
    } catch {
      close(descriptor)
      throw error
    }
    self.name = path
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  /// What tells whether the open file has been written to; that its path leads elsewhere by now does not matter.
  public func identity() throws(ArchiveError) -> SourceIdentity {
    let status = try Self.status(of: descriptor, name)
    return .file(
      device: UInt64(status.st_dev), inode: UInt64(status.st_ino), size: Int(status.st_size),
      seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
  }

  public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(ArchiveError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let count = pread(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, offset + filled)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw ArchiveError(name, .open, Self.systemProblem()) }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  private static func status(of descriptor: Int32, _ path: String) throws(ArchiveError) -> stat {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw ArchiveError(path, .open, systemProblem()) }
    return status
  }

  private static func systemProblem() -> ArchiveError.Problem { .system(String(cString: strerror(errno))) }
}
