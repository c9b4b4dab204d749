import WheelTags

/// The interpreters that one Python tag and one ABI tag of a wheel stand for (PEP 425).
enum Interpreter: Hashable, Sendable {
  /// One version of CPython 3, or with the stable ABI that and all later ones.
  case cpython(minor: Int, isFreeThreaded: Bool, andLater: Bool)
  /// One version of PyPy's ABI: `pypy39_pp73`.
  case pypy(version: String, abi: String)
  /// Any, or one of which nothing is known here.
  case other

  /// Nil for an ABI that no such Python has: tags that are parted by dots stand for all their combinations.
  init?(python: String, abi: String) {
    if python.hasPrefix("cp3"), let minor = Int(python.dropFirst("cp3".count)) {
      switch abi {
      case "abi3": self = .cpython(minor: minor, isFreeThreaded: false, andLater: true)
      case "abi3t": self = .cpython(minor: minor, isFreeThreaded: true, andLater: true)
      case _ where abi.hasPrefix(python):
        self = .cpython(minor: minor, isFreeThreaded: abi.dropFirst(python.count).contains("t"), andLater: false)
      case "none": self = .other
      default: return nil
      }
    } else if python.hasPrefix("pp"), abi.hasPrefix("pypy") {
      let words = abi.dropFirst("pypy".count).utf8.split(separator: UInt8(ascii: "_"), maxSplits: 1)
        .map { String(Substring($0)) }
      self = words.count == 2 ? .pypy(version: words[0], abi: words[1]) : .other
    } else if python.hasPrefix("pp"), abi != "none" {
      return nil
    } else {
      self = .other
    }
  }

  /// Whether it looks for files with a suffix when it imports a module (`importlib.machinery.EXTENSION_SUFFIXES`).
  ///
  /// A build without a lock takes `.abi3.so` up to 3.14, and must not: the stable ABI is another one there (PEP 803).
  func imports(_ suffix: ModuleSuffix, on architecture: Architecture, _ libc: Libc) -> Bool {
    switch (self, suffix.abi) {
    case (.other, _), (_, .any): return true
    case (.cpython(let minor, let isFreeThreaded, let isOrLater), .cpython(let version, let isThreaded)):
      guard let own = Int(version.dropFirst()), version.hasPrefix("3"), isFreeThreaded == isThreaded else {
        return false
      }
      return (own == minor || isOrLater && own > minor) && suffix.isOf(architecture, libc, minor: own)
    case (.cpython(let minor, false, let isOrLater), .stable):
      return suffix.triplet == nil || isOrLater || minor >= 15
    case (.cpython(let minor, _, let isOrLater), .stableFreeThreaded): return isOrLater || minor >= 15
    case (.cpython, .stable), (.cpython, .pypy): return false
    case (.pypy(let version, let abi), .pypy(let own, let ownABI)): return version == own && abi == ownABI
    case (.pypy, _): return false
    }
  }
}

extension ModuleSuffix {
  /// Whether a CPython 3 for an architecture and a libc has this triplet in its suffix: since 3.5 each has one, and
  /// what it says of musl is right since 3.11 only (bpo-43112).
  fileprivate func isOf(_ architecture: Architecture, _ libc: Libc, minor: Int) -> Bool {
    guard let triplet else { return minor < 5 }
    let words = triplet.utf8.split(separator: UInt8(ascii: "-"), maxSplits: 1).map { String(Substring($0)) }
    guard words.count == 2 else { return false }
    let isMusl = words[1].hasPrefix("linux-musl")
    guard isMusl || words[1].hasPrefix("linux-gnu") else { return false }
    let isRightLibc = libc == .musl ? isMusl || minor < 11 : !isMusl
    return isRightLibc && Self.processors[architecture].map { $0 == words[0] } ?? true
  }

  /// What CPython calls the processors (`PLATFORM_TRIPLET` of its configure.ac).
  private static let processors: [Architecture: String] = [
    .x86_64: "x86_64", .i686: "i386", .aarch64: "aarch64", .armv7l: "arm", .ppc64le: "powerpc64le", .s390x: "s390x",
    .riscv64: "riscv64", .loongarch64: "loongarch64",
  ]
}

extension WheelFilename {
  /// The interpreters that the tags stand for, whatever the platform.
  var interpreters: Set<Interpreter> {
    Set(pythonTags.flatMap { python in abiTags.compactMap { Interpreter(python: python, abi: $0) } })
  }
}
