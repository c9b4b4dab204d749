import Glibc

/// A file in memory, under one name or several, that holds one input after the other.
public struct InputFile: Sendable {
  public let paths: [String]
  private let descriptor: CInt

  /// Nil when the system gives no such file.
  public init?(names: [String]) {
    let folder = "/dev/shm/truewheel-fuzz-\(getpid())"
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST, let first = names.first else { return nil }
    paths = names.map { "\(folder)/\($0)" }
    descriptor = open("\(folder)/\(first)", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0, paths.dropFirst().allSatisfy({ link(paths[0], $0) == 0 }) else { return nil }
  }

  public func fill(_ bytes: UnsafeRawBufferPointer) {
    guard ftruncate(descriptor, 0) == 0 else { return }
    _ = pwrite(descriptor, bytes.baseAddress, bytes.count, 0)
  }
}
