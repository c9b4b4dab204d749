import Glibc

/// A regular file that is open for reading: pieces of it by their place, for what libzip does not tell.
///
/// Owns the descriptor and closes it in `deinit`.
struct RawFile: ~Copyable {
  /// What tells whether a path leads to the same file as before, unchanged.
  struct Identity: Hashable {
    let device: dev_t
    let inode: ino_t
    let size: Int
    /// When its bytes last changed.
    let (seconds, nanoseconds): (Int, Int)

    init(_ status: stat) {
      (device, inode, size) = (status.st_dev, status.st_ino, Int(status.st_size))
      (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }
  }

  let path: String
  let identity: Identity
  let descriptor: Int32

  var size: Int { identity.size }

  /// Opens a regular file that is not empty.
  init(path: String) throws(ArchiveError) {
    // A pipe or a device could block for ever.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw ArchiveError(path, .open, errno == ENOENT ? .notFound : .system(String(cString: strerror(errno))))
    }
    var status = stat()
    let problem: ArchiveError.Problem? =
      if fstat(descriptor, &status) != 0 {
        .system(String(cString: strerror(errno)))
      } else if status.st_mode & S_IFMT != S_IFREG {
        .notAFile
      } else {
        // libzip takes an empty file for an empty archive.
        status.st_size > 0 ? nil : .empty
      }
    if let problem {
      close(descriptor)
      throw ArchiveError(path, .open, problem)
    }
    self.path = path
    self.descriptor = descriptor
    self.identity = Identity(status)
  }

  deinit {
    close(descriptor)
  }

  /// The bytes of a range; nil when the file does not have all of them.
  func bytes(_ range: Range<Int>) throws(ArchiveError) -> [UInt8]? {
    guard range.lowerBound >= 0, range.upperBound <= size else { return nil }
    var bytes = [UInt8](repeating: 0, count: range.count)
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, range.lowerBound + filled)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw ArchiveError(path, .open, .system(String(cString: strerror(errno)))) }
      guard count > 0 else { return nil }
      filled += count
    }
    return bytes
  }
}

extension [UInt8] {
  /// The unsigned number of some bytes in little-endian order; nil when they are not all there or it has no Int.
  func number(at offset: Int, size: Int) -> Int? {
    guard offset >= 0, offset <= count - size else { return nil }
    var value: UInt64 = 0
    for place in 1...size { value = value << 8 | UInt64(self[offset + size - place]) }
    return Int(exactly: value)
  }

  func holds(_ signature: [UInt8], at offset: Int) -> Bool {
    offset >= 0 && offset <= count && self[offset...].starts(with: signature)
  }
}
