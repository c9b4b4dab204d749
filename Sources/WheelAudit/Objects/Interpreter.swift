import WheelTags

/// One interpreter that the tags of a wheel stand for (PEP 425).
enum Interpreter: Hashable, Sendable {
  /// One version of CPython 3, and the letters of its build.
  case cpython(minor: Int, flags: CPythonFlags)
  /// One version of PyPy's ABI: `pypy39_pp73`.
  case pypy(version: String, abi: String)
  /// One ABI of GraalPy: `graalpy242_311_native`.
  case graalpy(abi: String)
  /// Any, or one of which nothing is known here.
  case other

  /// Nil for an ABI that no such Python has: tags that are parted by dots stand for all their combinations.
  init?(python: String, abi: String) {
    if let minor = Self.minor(ofCPython: python) {
      if abi.hasPrefix(python) {
        guard let flags = CPythonFlags(abi.dropFirst(python.count)) else { return nil }
        self = .cpython(minor: minor, flags: flags)
      } else if abi == "none" {
        self = .other
      } else {
        return nil
      }
    } else if python.hasPrefix("pp") || python.hasPrefix("graalpy") {
      let words = abi.utf8.split(separator: UInt8(ascii: "_")).map { Substring($0) }
      if python.hasPrefix("pp"), words.count == 2, words[0].hasPrefix("pypy") {
        self = .pypy(version: String(words[0].dropFirst("pypy".count)), abi: String(words[1]))
      } else if python.hasPrefix("graalpy"), abi.hasPrefix("graalpy") {
        self = .graalpy(abi: abi)
      } else if abi == "none" {
        self = .other
      } else {
        return nil
      }
    } else {
      self = .other
    }
  }

  /// The minor version that a tag of CPython 3 names: 9 of `cp39`; nil for other tags, and for numbers beyond reason.
  static func minor(ofCPython tag: String) -> Int? {
    let digits = tag.utf8.dropFirst("cp3".utf8.count)
    guard tag.hasPrefix("cp3"), (1...3).contains(digits.count),
      digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return Int(Substring(digits))
  }

  /// Whether it looks for files with a suffix when it imports a module (`importlib.machinery.EXTENSION_SUFFIXES`).
  ///
  /// | CPython | suffixes |
  /// | --- | --- |
  /// | 3.2 to 3.4 | `.cpython-34m.so`, `.abi3.so`, `.so` (PEP 3149) |
  /// | 3.5 to 3.7 | `.cpython-37m-x86_64-linux-gnu.so`, `.abi3.so`, `.so` (bpo-22980) |
  /// | 3.8 to 3.14 | `.cpython-38-x86_64-linux-gnu.so`, `.abi3.so`, `.so` |
  /// | 3.13t, 3.14t | `.cpython-313t-x86_64-linux-gnu.so`, `.abi3.so`, `.so` |
  /// | 3.15 | `.cpython-315-TRIPLET.so`, `.abi3-TRIPLET.so`, `.abi3.so`, `.abi3t-TRIPLET.so`, `.abi3t.so`, `.so` |
  /// | 3.15t | `.cpython-315t-TRIPLET.so`, `.abi3t-TRIPLET.so`, `.abi3t.so`, `.so` (PEP 803) |
  ///
  /// Source: Python/dynload_shlib.c of each. Builds without a lock take `.abi3.so` up to 3.14, and must not: the stable
  /// ABI is another one there. PyPy looks for no `.so` without a tag, so that it takes none of CPython's.
  func imports(_ suffix: ModuleSuffix, on architecture: Architecture, _ libc: Libc) -> Bool {
    switch (self, suffix.abi) {
    case (.other, _): true
    case (.cpython, .any), (.graalpy, .any): true
    case (.cpython(let minor, let flags), .cpython(let version, let own)):
      version == "3\(minor)" && flags.imports(own, minor: minor) && (suffix.triplet != nil || minor < 5)
        && suffix.isOf(architecture, libc, minor: minor)
    case (.cpython(let minor, let flags), .stable):
      !flags.isFreeThreaded && (suffix.triplet == nil || minor >= Self.firstWithStableFreeThreaded)
        && suffix.isOf(architecture, libc, minor: minor)
    case (.cpython(let minor, _), .stableFreeThreaded):
      minor >= Self.firstWithStableFreeThreaded && suffix.isOf(architecture, libc, minor: minor)
    case (.pypy(let version, let abi), .pypy(let own, let ownABI)):
      version == own && abi == ownABI && !suffix.isOfOther(than: architecture)
    case (.graalpy(let abi), .graalpy(let own)): abi == own && !suffix.isOfOther(than: architecture)
    case (.cpython, _), (.pypy, _), (.graalpy, _): false
    }
  }

  /// The minor version that came with the stable ABI for builds without a lock (PEP 803).
  static let firstWithStableFreeThreaded = 15
  /// The first minor version of which there are builds without a lock (PEP 703).
  static let firstFreeThreaded = 13

  var isFreeThreaded: Bool {
    if case .cpython(_, let flags) = self { flags.isFreeThreaded } else { false }
  }
}
