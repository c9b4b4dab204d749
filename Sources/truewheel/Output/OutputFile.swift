import AuditReports
import Glibc

/// What a report is written to: a file, or standard output.
///
/// Owns the descriptor of a file, and closes it in `deinit`.
final class OutputFile {
  /// What becomes of what a file has.
  enum Start {
    case replace
    case append
    /// What is behind so many bytes is cut off, and the rest kept.
    case goOn(from: Int)
  }

  static var standardError: OutputFile { OutputFile(descriptor: STDERR_FILENO, name: "standard error") }

  private let descriptor: Int32
  private let name: String
  private let isOwned: Bool
  /// True once whoever read it is gone.
  private(set) var isGone = false

  /// Opens a file; standard output where none is named.
  init(_ file: String?, _ start: Start) throws(OutputError) {
    name = file.map { printable($0) } ?? "standard output"
    isOwned = file != nil
    guard let file else {
      descriptor = STDOUT_FILENO
      if case .goOn(let size) = start { try cut(to: size) }
      return
    }
    let flags = if case .replace = start { O_TRUNC } else { O_APPEND }
    descriptor = open(file, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0o666)
    guard descriptor >= 0 else { throw OutputError(name: name, number: errno) }
    if case .goOn(let size) = start { try cut(to: size) }
  }

  private init(descriptor: Int32, name: String) {
    (self.descriptor, self.name, isOwned) = (descriptor, name, false)
  }

  deinit {
    if isOwned, descriptor >= 0 { close(descriptor) }
  }

  private func cut(to size: Int) throws(OutputError) {
    guard ftruncate(descriptor, size) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
      throw OutputError(name: name, number: errno)
    }
  }

  /// Writes a text; that whoever reads it is gone is no error, and is found out though the text be empty.
  func write(_ text: String) throws(OutputError) {
    var text = text
    if text.isEmpty { isGone = isGone || hasLostReader }
    let failure: Int32 = text.withUTF8 { bytes in
      var written = 0
      while written < bytes.count {
        guard let start = bytes.baseAddress else { break }
        let count = Glibc.write(descriptor, start + written, bytes.count - written)
        if count >= 0 {
          written += count
        } else if errno != EINTR {
          return errno
        }
      }
      return 0
    }
    if failure == EPIPE { isGone = true }
    guard failure == 0 || failure == EPIPE else { throw OutputError(name: name, number: failure) }
  }

  private var hasLostReader: Bool {
    var state = pollfd(fd: descriptor, events: 0, revents: 0)
    return poll(&state, 1, 0) > 0 && state.revents & Int16(POLLERR) != 0
  }

  /// True where two names are of one file; nil stands for standard output.
  static func isSame(_ file: String?, _ other: String) -> Bool {
    if file == other { return true }
    var (one, two) = (stat(), stat())
    guard (file.map { stat($0, &one) } ?? fstat(STDOUT_FILENO, &one)) == 0, stat(other, &two) == 0 else { return false }
    return one.st_dev == two.st_dev && one.st_ino == two.st_ino
  }
}

/// The report could not be written.
struct OutputError: Error, CustomStringConvertible {
  let name: String
  let number: Int32

  var description: String { "cannot write to \(name): \(String(cString: strerror(number)))" }
}
