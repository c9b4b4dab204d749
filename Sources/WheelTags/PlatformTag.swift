/// A platform tag of a wheel: the promise on which systems it runs.
public struct PlatformTag: Hashable, Sendable {
  /// What a tag promises.
  public enum Promise: Hashable, Sendable {
    /// Every system with this libc at this version or newer (PEP 600, PEP 656).
    case libc(Libc, LibcVersion)
    /// A Linux system, with nothing said about which (PEP 425).
    case linux
    /// Every system: the wheel has no compiled code.
    case any
    /// A system that is not Linux, or a tag of unknown form.
    case other
  }

  /// The tag as written: `manylinux2014_x86_64`.
  public let spelling: String
  public let promise: Promise
  /// Nil for `any` and for tags of unknown form.
  public let architecture: Architecture?
  /// The legacy name the tag was written with, if it was.
  public let alias: LegacyAlias?

  /// The PEP 600 or PEP 656 tag for a libc release and an architecture.
  public init(_ libc: Libc, _ version: LibcVersion, _ architecture: Architecture) {
    self.spelling = "\(libc.tagPrefix)_\(version.tagForm)_\(architecture)"
    self.promise = .libc(libc, version)
    self.architecture = architecture
    self.alias = nil
  }

  /// The tag that promises no more than Linux on an architecture.
  public init(linux architecture: Architecture) {
    self.spelling = "linux_\(architecture)"
    self.promise = .linux
    self.architecture = architecture
    self.alias = nil
  }

  /// Reads a tag.
  ///
  /// Never fails: a tag of unknown form is `.other`.
  public init(_ spelling: some StringProtocol) {
    self.spelling = String(spelling)
    if spelling == "any" {
      (promise, architecture, alias) = (.any, nil, nil)
    } else if let (libc, version, architecture) = Self.perennial(spelling) {
      (promise, self.architecture, alias) = (.libc(libc, version), architecture, nil)
    } else if let (name, rest) = Self.cut(spelling), let alias = LegacyAlias(rawValue: name) {
      (promise, architecture, self.alias) = (.libc(.glibc, alias.glibc), Architecture(rawValue: rest), alias)
    } else if let (name, rest) = Self.cut(spelling), name == "linux" {
      (promise, architecture, alias) = (.linux, Architecture(rawValue: rest), nil)
    } else {
      (promise, architecture, alias) = (.other, nil, nil)
    }
  }

  /// True when the tag may be one of a Linux system.
  public var isForLinux: Bool {
    switch promise {
    case .libc, .linux: true
    case .any, .other: false
    }
  }

  /// True for a tag of a system that is not Linux: macOS, Windows, Android, iOS, Pyodide (packaging, "Platform tags").
  public var isForOtherSystem: Bool {
    promise == .other && Self.otherSystems.contains { spelling.hasPrefix($0) }
  }

  private static let otherSystems = ["macosx_", "win32", "win_", "android_", "ios_", "pyodide_", "pyemscripten_"]

  /// The libc release that the tag promises, if it promises one.
  public var libcVersion: LibcVersion? {
    guard case .libc(_, let version) = promise else { return nil }
    return version
  }

  /// The libc that the tag promises, if it promises one.
  public var libc: Libc? {
    guard case .libc(let libc, _) = promise else { return nil }
    return libc
  }

  /// `manylinux_X_Y_ARCH` or `musllinux_X_Y_ARCH`.
  private static func perennial(_ tag: some StringProtocol) -> (Libc, LibcVersion, Architecture)? {
    let parts = parts(of: tag, atMost: 4)
    guard parts.count == 4, !parts[3].isEmpty,
      let libc = Libc.allCases.first(where: { $0.tagPrefix == parts[0] }),
      let major = decimal(parts[1].utf8), let minor = decimal(parts[2].utf8)
    else { return nil }
    return (libc, LibcVersion(major, minor), Architecture(rawValue: String(parts[3])))
  }

  private static func parts(of tag: some StringProtocol, atMost count: Int) -> [Substring] {
    Substring(tag).utf8.split(separator: UInt8(ascii: "_"), maxSplits: count - 1, omittingEmptySubsequences: false)
      .map { Substring($0) }
  }

  private static func cut(_ tag: some StringProtocol) -> (name: String, rest: String)? {
    let parts = parts(of: tag, atMost: 2)
    guard parts.count == 2, !parts[1].isEmpty else { return nil }
    return (String(parts[0]), String(parts[1]))
  }
}

extension PlatformTag: CustomStringConvertible {
  public var description: String { spelling }
}
