public import Foundation

/// A terminal that nobody looks at, for programs that ask whether they write to one.
public final class PseudoTerminal {
  /// What a program did on a terminal.
  public struct Result: Sendable {
    public let reason: Process.TerminationReason
    /// The exit status, or the number of the signal that ended it.
    public let status: Int32
    /// What the terminal got; line ends are `\r\n`.
    public let shown: String
  }

  /// The streams of the program that go to the terminal; others go nowhere.
  public enum Streams: Sendable {
    case output, errors, both
  }

  private let ours: FileHandle
  private let theirs: FileHandle

  /// Opens one of so many columns; nil for a terminal that does not know how wide it is.
  public init(columns: UInt16? = nil) throws {
    var size = winsize(ws_row: 24, ws_col: columns ?? 0, ws_xpixel: 0, ws_ypixel: 0)
    var (our, their): (Int32, Int32) = (-1, -1)
    guard openpty(&our, &their, nil, nil, &size) == 0 else { throw NoTerminal(number: errno) }
    ours = FileHandle(fileDescriptor: our, closeOnDealloc: true)
    theirs = FileHandle(fileDescriptor: their, closeOnDealloc: true)
    // A program that is started meanwhile must not keep it open.
    for descriptor in [our, their] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
  }

  /// Runs the program at a path until it ends, once.
  ///
  /// `environment` is added to that of the tests; `hear` is told what has been shown so far, whenever there is more.
  public func run(
    _ program: String, _ arguments: [String], _ streams: Streams = .both, environment: [String: String] = [:],
    hear: (String, Process) -> Void = { _, _ in }
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = streams == .errors ? FileHandle.nullDevice : theirs
    process.standardError = streams == .output ? FileHandle.nullDevice : theirs
    try process.run()
    // Only when no one can write any more does reading end: with an error, on Linux.
    try theirs.close()
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(ours.fileDescriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += buffer[..<count]
      hear(String(decoding: bytes, as: UTF8.self), process)
    }
    process.waitUntilExit()
    return Result(
      reason: process.terminationReason, status: process.terminationStatus,
      shown: String(decoding: bytes, as: UTF8.self))
  }
}

/// The system gives no terminal.
public struct NoTerminal: Error {
  public let number: Int32
}
