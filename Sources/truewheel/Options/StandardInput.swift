import Glibc

/// What is piped into the program, or typed.
enum StandardInput {
  /// The end of it, at most a million bytes: of a log the last lines matter.
  ///
  /// - Throws: `ExitStatus.unreadable` when it cannot be read, which is said.
  static func text() throws -> String {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(STDIN_FILENO, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 {
        Output.complain("cannot read standard input: \(String(cString: strerror(errno)))")
        throw ExitStatus.unreadable
      }
      if count == 0 { break }
      bytes += piece[..<count]
      if bytes.count > 2 * longest { bytes.removeFirst(bytes.count - longest) }
    }
    return String(decoding: bytes.suffix(longest), as: UTF8.self)
  }

  private static let longest = 1 << 20
}
