import WheelTags

/// What the name of an extension module says of the interpreters that import it: all from its first dot on.
///
/// An interpreter looks for the suffixes of its `importlib.machinery.EXTENSION_SUFFIXES` and for no others: it passes over
/// any other file without a word (CPython, Python/dynload_shlib.c; PyPy, pypy/module/imp/importing.py).
struct ModuleSuffix: Hashable, Sendable {
  enum ABI: Hashable, Sendable {
    /// `.so`: of any.
    case any
    /// `.abi3.so`: the stable ABI, which builds with a lock import from 3.2 on, and no PyPy (PEP 384).
    case stable
    /// `.abi3t.so`: the stable ABI for builds with a lock and without, from 3.15 on (PEP 803).
    case stableFreeThreaded
    /// `.cpython-313t-x86_64-linux-gnu.so`: one version of CPython, and the letters of its build (PEP 3149).
    case cpython(version: String, flags: CPythonFlags)
    /// `.pypy39-pp73-x86_64-linux-gnu.so`: one version of PyPy, and of its ABI.
    case pypy(version: String, abi: String)
    /// `.graalpy242-311-native-x86_64-linux.so`: one version of GraalPy, as the ABI tag has it.
    case graalpy(abi: String)
  }

  let abi: ABI
  /// `x86_64-linux-gnu`; nil where the suffix has none.
  let triplet: String?

  /// Nil for what is not called like a module of an interpreter that is known.
  init?(fileName: String) {
    let parts = fileName.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .map { Substring($0) }
    guard parts.count > 1, parts.last == "so" else { return nil }
    guard parts.count > 2 else {
      (abi, triplet) = (.any, nil)
      return
    }
    guard parts.count == 3 else { return nil }
    func words(_ count: Int) -> [Substring] {
      parts[1].utf8.split(separator: UInt8(ascii: "-"), maxSplits: count, omittingEmptySubsequences: false)
        .map { Substring($0) }
    }
    func last(of words: [Substring], after count: Int) -> String? { words.count > count ? String(words[count]) : nil }
    switch words(1)[0] {
    case let name where name == "abi3" || name == "abi3t":
      (abi, triplet) = (name == "abi3" ? .stable : .stableFreeThreaded, last(of: words(1), after: 1))
    case "cpython":
      let words = words(2)
      guard words.count > 1, let version = Self.version(words[1]),
        let flags = CPythonFlags(words[1].dropFirst(version.count))
      else { return nil }
      (abi, triplet) = (.cpython(version: version, flags: flags), last(of: words, after: 2))
    case let name where name.hasPrefix("pypy"):
      let words = words(2)
      guard words.count > 1, let version = Self.version(name.dropFirst("pypy".count)) else { return nil }
      (abi, triplet) = (.pypy(version: version, abi: String(words[1])), last(of: words, after: 2))
    case let name where name.hasPrefix("graalpy"):
      let words = words(3)
      guard words.count > 2, Self.version(name.dropFirst("graalpy".count)) != nil else { return nil }
      (abi, triplet) = (.graalpy(abi: words.prefix(3).joined(separator: "_")), last(of: words, after: 3))
    default: return nil
    }
  }

  private static func version(_ word: Substring) -> String? {
    let digits = word.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return digits.count < 2 ? nil : String(Substring(digits))
  }

  /// False for a module of another system: `cpython-312-darwin`.
  var isForLinux: Bool { triplet.map { $0.contains("-linux-") || $0.hasSuffix("-linux") } ?? true }

  /// True where the name says more than that it is a library.
  var isOfOneABI: Bool { abi != .any }
}

extension ModuleSuffix {
  /// Whether the triplet, where the suffix has one, is that of a CPython for an architecture and a libc.
  ///
  /// What it says of musl is right since 3.11 only (bpo-43112): an older one may say `linux-gnu` there.
  func isOf(_ architecture: Architecture, _ libc: Libc, minor: Int) -> Bool {
    guard let triplet else { return true }
    let words = triplet.utf8.split(separator: UInt8(ascii: "-"), maxSplits: 1).map { String(Substring($0)) }
    guard words.count == 2 else { return false }
    let systems = libc == .glibc ? ["linux-gnu"] : minor < 11 ? ["linux-musl", "linux-gnu"] : ["linux-musl"]
    guard let processor = Self.processors[architecture] else { return systems.contains { words[1].hasPrefix($0) } }
    let float = architecture == .armv7l ? "eabihf" : ""
    return words[0] == processor && systems.contains { words[1] == $0 + float }
  }

  /// Whether the triplet names a processor that is not an architecture's.
  func isOfOther(than architecture: Architecture) -> Bool {
    guard let processor = triplet?.utf8.split(separator: UInt8(ascii: "-")).first.map({ String(Substring($0)) }) else {
      return false
    }
    return Self.processors.contains { $0.key != architecture && $0.value == processor }
  }

  /// What CPython calls the processors (`PLATFORM_TRIPLET` of its configure.ac).
  private static let processors: [Architecture: String] = [
    .x86_64: "x86_64", .i686: "i386", .aarch64: "aarch64", .armv7l: "arm", .ppc64le: "powerpc64le", .s390x: "s390x",
    .riscv64: "riscv64", .loongarch64: "loongarch64",
  ]
}
