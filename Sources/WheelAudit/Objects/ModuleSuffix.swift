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
    /// `.cpython-313t-x86_64-linux-gnu.so`: one version of CPython, with a lock or without.
    case cpython(version: String, isFreeThreaded: Bool)
    /// `.pypy39-pp73-x86_64-linux-gnu.so`: one version of PyPy, and of its ABI.
    case pypy(version: String, abi: String)
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
    let words = parts[1].utf8.split(separator: UInt8(ascii: "-"), maxSplits: 2, omittingEmptySubsequences: false)
      .map { Substring($0) }
    switch words[0] {
    case "abi3", "abi3t":
      let rest = parts[1].dropFirst(words[0].count + 1)
      (abi, triplet) = (words[0] == "abi3" ? .stable : .stableFreeThreaded, rest.isEmpty ? nil : String(rest))
    case "cpython":
      guard words.count > 1, let version = Self.version(words[1]) else { return nil }
      let flags = words[1].dropFirst(version.count)
      guard flags.utf8.allSatisfy({ "dmut".utf8.contains($0) }) else { return nil }
      abi = .cpython(version: version, isFreeThreaded: flags.contains("t"))
      triplet = words.count > 2 ? String(words[2]) : nil
    case let name where name.hasPrefix("pypy"):
      guard words.count > 1, let version = Self.version(name.dropFirst("pypy".count)) else { return nil }
      abi = .pypy(version: version, abi: String(words[1]))
      triplet = words.count > 2 ? String(words[2]) : nil
    default: return nil
    }
  }

  private static func version(_ word: Substring) -> String? {
    let digits = word.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return digits.count < 2 ? nil : String(Substring(digits))
  }

  /// False for a module of another system: `cpython-312-darwin`.
  var isForLinux: Bool { triplet.map { $0.contains("-linux-") } ?? true }

  /// True where the name says more than that it is a library.
  var isOfOneABI: Bool { abi != .any }
}
