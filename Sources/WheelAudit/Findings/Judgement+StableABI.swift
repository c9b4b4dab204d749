import BuildProfiles
import ELFReading
import WheelTags

extension Judgement {
  /// Symbols of Python that the stable ABI does not have, or not yet in the oldest Python of a tag.
  ///
  /// The tag promises that Python and all later ones (PEP 425), which keep the symbols of the stable ABI and no others
  /// (PEP 384). What another library of the wheel defines is none of Python's.
  func addStableABIFindings(
    _ promised: PromisedInterpreters, to found: inout FindingList
  ) throws(UnreadableWheel.Cause) {
    var own: [String: Bool] = [:]
    for (index, object) in subject.judged.enumerated() where !graph.isOnlyStarted(index) {
      guard let promise = StablePromise(object, promised) else { continue }
      try addOldDefinition(object, promise, to: &found)
      for symbol in object.file.undefinedSymbols.beginning(withOneOf: PythonABI.beginnings) {
        try found.draw(steps: 1)
        let minor = facts.stableABI.minor(of: symbol)
        if let minor, minor <= promise.oldest ?? minor { continue }
        guard !PythonABI.floatingPointControl.contains(symbol), try !isDefined(symbol, among: &own, &found) else {
          continue
        }
        if let minor, let oldest = promise.oldest {
          try found.add(young(symbol, since: minor, oldest, promise, object))
        } else {
          try found.add(try unstable(symbol, promise, object, index, &found))
        }
      }
    }
  }

  /// A symbol that the stable ABI took in after the oldest Python that is promised.
  ///
  /// It is kept as it is from then on. Where all older ones are known to export it too, they load the object.
  private func young(
    _ symbol: String, since minor: Int, _ oldest: Int, _ promise: StablePromise, _ object: WheelObject
  ) -> Finding {
    let isExported = facts.pythonExports.isExported(symbol, from: oldest, before: minor)
    let lacking = facts.pythonExports.lacking(symbol, from: oldest).filter { $0 < minor }
    let consequence =
      isExported
      ? "; the Pythons before export it all the same"
      : lacking.isEmpty ? "" : "; \(lacking.asPythons) \(lacking.count == 1 ? "does" : "do") not export it"
    return Finding(
      .pythonABI, isExported || !promise.isTagged ? .warning : .error,
      "\(symbol) is in the stable ABI since Python 3.\(minor) only, and "
        + (promise.isTagged ? "\(promise.words) promises 3.\(oldest)" : "the wheel is for 3.\(oldest)") + consequence,
      help: "define Py_LIMITED_API as the version of the oldest Python that is promised, or tag the wheel "
        + "cp3\(minor)-abi3",
      object: object.path, symbol: symbol)
  }

  /// A symbol that the stable ABI never had: a later Python may lack it, or change what it takes, as 3.13 did with
  /// `_PyLong_AsByteArray`.
  private func unstable(
    _ symbol: String, _ promise: StablePromise, _ object: WheelObject, _ index: Int, _ found: inout FindingList
  ) throws(UnreadableWheel.Cause) -> Finding {
    let library = try found.spend { (budget) throws(OverBudget) -> String? in
      try stranger(with: index, &budget)
    }
    let lacking = facts.pythonExports.lacking(symbol, from: promise.oldest ?? 0)
    let consequence =
      library.map { ": unless \($0) has it, a later Python may lack it" }
      ?? (lacking.isEmpty
        ? ": a later Python may lack or change it"
        : "; \(lacking.asPythons) \(lacking.count == 1 ? "does" : "do") not export it")
    return Finding(
      .pythonABI, library != nil ? .note : promise.isTagged ? .error : .warning,
      "\(symbol) is not in the stable ABI, which is all that \(promise.words) promises of Python" + consequence,
      help: "define Py_LIMITED_API, and use what the headers then declare; or build a wheel for each Python",
      object: object.path, symbol: symbol)
  }

  /// A module for builds without a lock that is defined by a structure which they have in another shape (PEP 803,
  /// "Opaque PyObject"; such a build refuses it, "Runtime ABI checks").
  private func addOldDefinition(
    _ object: WheelObject, _ promise: StablePromise, to found: inout FindingList
  ) throws(UnreadableWheel.Cause) {
    guard promise.isFreeThreaded, object.isPythonExtension,
      !object.file.definedSymbols.contains(where: { $0.hasPrefix("PyModExport") }),
      let symbol = StablePromise.definitions.first(where: object.file.undefinedSymbols.contains)
    else { return }
    try found.add(
      Finding(
        .pythonABI, promise.isTagged ? .error : .warning,
        "\(symbol) takes a PyModuleDef, which abi3t does not have: builds without a lock refuse the module (PEP 803)",
        help: "define Py_TARGET_ABI3T, and the module by a PyModExport_ function (PEP 793)", object: object.path,
        symbol: symbol))
  }

  /// Whether an object of the wheel defines a symbol.
  private func isDefined(
    _ symbol: String, among known: inout [String: Bool], _ found: inout FindingList
  ) throws(UnreadableWheel.Cause) -> Bool {
    if let known = known[symbol] { return known }
    try found.draw(steps: subject.judged.count)
    let isDefined = subject.judged.contains { $0.file.definitions.contains(symbol) }
    known[symbol] = isDefined
    return isDefined
  }

  /// A library from elsewhere that comes with an object, of which nothing is known; nil where there is none.
  private func stranger(with object: Int, _ budget: inout WorkBudget) throws(OverBudget) -> String? {
    let all = try graph.reached(from: object, &budget).union([object])
    return all.flatMap { graph.edges[$0] }.filter(\.isFromElsewhere).map(\.library).min()
  }
}

extension LibraryGraph.Edge {
  /// True for what neither the wheel nor the platform has.
  fileprivate var isFromElsewhere: Bool {
    switch resolution {
    case .external, .excluded: !PythonABI.isLibpython(library)
    default: false
    }
  }
}
