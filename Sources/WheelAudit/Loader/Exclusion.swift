import Glibc

/// A library that is provided otherwise than by the wheel or the platform, as the user says.
public struct Exclusion: Hashable, Sendable {
  /// A shell pattern for sonames: `libcuda.so.*`.
  public let pattern: String
  public let reason: String

  public init(pattern: String, reason: String) {
    self.pattern = pattern
    self.reason = reason
  }

  public func matches(_ soname: String) -> Bool {
    fnmatch(pattern, soname, 0) == 0
  }

  /// The option of `check` that says so, as a shell takes it.
  public var option: String { "--exclude '\("\(pattern)=\(reason)".replacing("'", with: "'\\''"))'" }
}
