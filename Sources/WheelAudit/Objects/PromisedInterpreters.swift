import WheelTags

/// The interpreters that the tags of a wheel promise, whatever the platform.
///
/// A tag of the stable ABI promises its Python and all later ones (PEP 384): those that are known stand for all.
struct PromisedInterpreters {
  /// The minor version of the oldest CPython that `abi3` tags promise; nil where there are none.
  private(set) var oldestStable: Int?
  /// The same of `abi3t` (PEP 803).
  private(set) var oldestFreeThreaded: Int?
  /// Each, and whether it is a tag of the stable ABI that promises it.
  private(set) var all: [Interpreter: Bool] = [:]
  /// True where the wheel is for the stable ABI and for nothing else.
  let isStableOnly: Bool

  /// - Parameters:
  ///   - filename: the name with the tags.
  ///   - newest: the minor version of the newest CPython that is known.
  init(_ filename: WheelFilename, newest: Int) {
    isStableOnly = filename.abiTags.allSatisfy { $0 == "abi3" || $0 == "abi3t" }
    for python in filename.pythonTags {
      for abi in filename.abiTags {
        if let minor = Interpreter.minor(ofCPython: python), abi == "abi3" || abi == "abi3t" {
          addStable(from: minor, isFreeThreaded: abi == "abi3t", newest: newest)
        } else if let one = Interpreter(python: python, abi: abi) {
          all[one] = all[one] ?? false
        }
      }
    }
  }

  private mutating func addStable(from minor: Int, isFreeThreaded: Bool, newest: Int) {
    if isFreeThreaded {
      oldestFreeThreaded = min(oldestFreeThreaded ?? minor, minor)
    } else {
      oldestStable = min(oldestStable ?? minor, minor)
    }
    let first = isFreeThreaded ? max(minor, Interpreter.firstFreeThreaded) : minor
    for minor in first...max(first, newest) {
      var flags = CPythonFlags(usualOf: minor)
      flags.isFreeThreaded = isFreeThreaded
      all[.cpython(minor: minor, flags: flags)] = true
    }
  }

  /// The oldest CPython of them all, of whatever tag; nil where none is named.
  var oldestCPython: Int? {
    all.keys.compactMap { if case .cpython(let minor, _) = $0 { minor } else { nil } }.min()
  }
}
