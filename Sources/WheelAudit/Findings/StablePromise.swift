import ELFReading
import WheelTags

/// What the tags of a wheel, or the name of a file in it, promise of the stable ABI for one object.
struct StablePromise {
  /// The minor version of the oldest CPython 3 that is promised; nil where nothing names one.
  let oldest: Int?
  /// True where a tag promises it, by which installers go; false where only the name of the file does.
  let isTagged: Bool
  /// True where builds without a lock are promised.
  let isFreeThreaded: Bool
  /// What promises it: `the tag cp39-abi3`.
  let words: String

  /// Nil for an object of which nothing says that interpreters of several versions load it.
  init?(_ object: WheelObject, _ promised: PromisedInterpreters) {
    let (stable, freeThreaded) = (promised.oldestStable, promised.oldestFreeThreaded)
    let suffix = ModuleSuffix(fileName: object.place.name)?.abi
    switch suffix {
    case .stable where stable != nil: self.init(tag: "abi3", stable, isFreeThreaded: false)
    case .stableFreeThreaded where freeThreaded != nil || stable != nil:
      // No older Python looks for a file of this name.
      let tagged = [stable, freeThreaded].compactMap { $0 }.min().map {
        max($0, Interpreter.firstWithStableFreeThreaded)
      }
      self.init(tag: freeThreaded == nil ? "abi3" : "abi3t", tagged, isFreeThreaded: freeThreaded != nil)
    case .any where promised.isStableOnly, nil where promised.isStableOnly:
      let oldest = [stable, freeThreaded].compactMap { $0 }.min()
      guard oldest != nil else { return nil }
      self.init(tag: oldest == stable ? "abi3" : "abi3t", oldest, isFreeThreaded: freeThreaded != nil)
    case .stable, .stableFreeThreaded:
      self.init(
        promised.oldestCPython, isTagged: false, isFreeThreaded: suffix == .stableFreeThreaded,
        suffix == .stable ? "the name .abi3.so" : "the name .abi3t.so")
    case .any, .cpython, .pypy, .graalpy, nil: return nil
    }
  }

  private init(_ oldest: Int?, isTagged: Bool, isFreeThreaded: Bool, _ words: String) {
    (self.oldest, self.isTagged, self.isFreeThreaded, self.words) = (oldest, isTagged, isFreeThreaded, words)
  }

  private init(tag: String, _ oldest: Int?, isFreeThreaded: Bool) {
    self.init(oldest, isTagged: true, isFreeThreaded: isFreeThreaded, "the tag cp3\(oldest ?? 0)-\(tag)")
  }

  /// What defines a module by a `PyModuleDef` (PEP 803, "Implications").
  static let definitions = ["PyModuleDef_Init", "PyModule_Create2", "PyModule_FromDefAndSpec2"]
}
