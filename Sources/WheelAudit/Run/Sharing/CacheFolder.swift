import Glibc

/// A folder of files that this user alone can write to, and that several processes use at the same time: a file in it is
/// whole or is not there.
///
/// Owns the descriptor, and does everything by it: the path may come to lead elsewhere.
final class CacheFolder: Sendable {
  private let descriptor: Int32

  /// Opens the folder, which is made where there is none.
  ///
  /// - Throws: `CacheRefusal` where others could have put something there, or it cannot be had.
  init(path: String) throws(CacheRefusal) {
    // With a slash behind it a link would be followed.
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw CacheRefusal(path, .system(errno)) }
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else {
      // A link is none, whatever it leads to.
      throw CacheRefusal(path, errno == ENOTDIR || errno == ELOOP ? .notAFolder : .system(errno))
    }
    var status = stat()
    var problem: CacheRefusal.Problem?
    if fstat(descriptor, &status) != 0 {
      problem = .system(errno)
    } else if status.st_uid != geteuid() {
      problem = .othersOwn
    } else if status.st_mode & (S_IWGRP | S_IWOTH) != 0 {
      problem = .othersMayWrite
    }
    // The descriptor is closed by `deinit`, which a refusal comes to as well.
    if let problem { throw CacheRefusal(path, problem) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// The bytes of a file; nil where there is none, it is another user's or no plain file, or it is larger than the limit.
  ///
  /// The file counts as used from now on.
  func contents(of name: String, atMost limit: Int) -> [UInt8]? {
    let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
      status.st_size <= limit
    else { return nil }
    if status.st_mtim.tv_sec < time(nil) - Self.useInterval { futimens(file, nil) }
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
      while count < buffer.count {
        let got = pread(file, buffer.baseAddress.map { $0 + count }, buffer.count - count, count)
        if got < 0, errno == EINTR { continue }
        guard got > 0 else {
          failed = true
          break
        }
        count += got
      }
    }
    return failed ? nil : bytes
  }

  /// Puts a file there, in place of one of that name.
  ///
  /// - Returns: the number of the error that kept it from being there.
  func write(_ bytes: [UInt8], to name: String) -> Int32? {
    writeAside(bytes) { renameat(descriptor, $0, descriptor, name) == 0 }
  }

  /// Puts a file there, if no process has put one there.
  ///
  /// - Returns: the number of the error that kept it from being there; none where another process was faster.
  func writeFirst(_ bytes: [UInt8], to name: String) -> Int32? {
    writeAside(bytes) { new in
      let isThere = linkat(descriptor, new, descriptor, name, 0) == 0 || errno == EEXIST
      if isThere { unlinkat(descriptor, new, 0) }
      return isThere
    }
  }

  /// Writes a file under a name of its own, and then has it put in its place.
  private func writeAside(_ bytes: [UInt8], _ putInPlace: (String) -> Bool) -> Int32? {
    let name = Self.newPrefix + String(UInt64.random(in: 0 ... .max), radix: 16)
    let file = openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { return errno }
    var failure = bytes.withUnsafeBytes { bytes -> Int32? in
      var written = 0
      while written < bytes.count {
        let count = Glibc.write(file, bytes.baseAddress.map { $0 + written }, bytes.count - written)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return count < 0 ? errno : EIO }
        written += count
      }
      return nil
    }
    if close(file) != 0, failure == nil { failure = errno }
    if failure == nil, !putInPlace(name) { failure = errno }
    if failure != nil { unlinkat(descriptor, name, 0) }
    return failure
  }

  /// Removes files, those first that were used the longest ago, until the others take less than so many bytes.
  ///
  /// - Parameters:
  ///   - limit: bytes on the disk.
  ///   - isOurs: which names are files to count and to remove.
  func trim(to limit: Int, where isOurs: (String) -> Bool) {
    var files: [(used: Int, size: Int, name: String)] = []
    let now = time(nil)
    forEachFile { name, status in
      if name.hasPrefix(Self.newPrefix) {
        // What a process left behind that was ended while it wrote.
        if status.st_mtim.tv_sec < now - Self.useInterval { unlinkat(descriptor, name, 0) }
      } else if isOurs(name) {
        files.append((status.st_mtim.tv_sec, max(Int(status.st_blocks) * 512, Int(status.st_size)), name))
      }
    }
    var total = files.reduce(0) { $0 + $1.size }
    guard total > limit else { return }
    files.sort { ($0.used, $0.name) < ($1.used, $1.name) }
    // A little more than must be, or the next file would have the folder gone through again.
    for file in files where total > limit / 16 * 15 {
      unlinkat(descriptor, file.name, 0)
      total -= file.size
    }
  }

  private func forEachFile(_ body: (String, stat) -> Void) {
    let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard own >= 0, let folder = fdopendir(own) else { return }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      // An entry ends with its name, wherever the field of 256 bytes would.
      guard let field = entry.pointer(to: \.d_name) else { continue }
      let name = String(cString: UnsafeRawPointer(field).assumingMemoryBound(to: CChar.self))
      var status = stat()
      guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFREG else {
        continue
      }
      body(name, status)
    }
  }

  private static let newPrefix = ".new-"
  /// Seconds within which it does not matter when a file was used.
  private static let useInterval = 3600
}
