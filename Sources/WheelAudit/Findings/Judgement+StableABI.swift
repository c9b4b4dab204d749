import BuildProfiles
import ELFReading
import WheelTags

extension Judgement {
  /// Symbols of Python that the stable ABI does not have, or not yet in the oldest Python of an abi3 tag.
  ///
  /// The tag promises that Python and all later ones (PEP 425), which keep the symbols of the stable ABI and no others
  /// (PEP 384). What another library of the wheel defines is none of Python's.
  func addStableABIFindings(to found: inout FindingList) throws(UnreadableWheel.Cause) {
    guard let oldest = filename.interpreters.compactMap(\.oldestOfStableABI).min() else { return }
    let isStableOnly = filename.abiTags.allSatisfy { $0 == "abi3" }
    var own: [String: Bool] = [:]
    for (index, object) in subject.judged.enumerated()
    where object.isForStableABI(or: isStableOnly) && !graph.isOnlyStarted(index) {
      for symbol in object.file.undefinedSymbols.beginning(withOneOf: PythonABI.beginnings) {
        try found.draw(steps: 1)
        let minor = facts.stableABI.minor(of: symbol)
        if let minor, minor <= oldest { continue }
        guard !PythonABI.floatingPointControl.contains(symbol), try !isDefined(symbol, among: &own, &found) else {
          continue
        }
        try found.add(try unstable(symbol, since: minor, oldest, object, index, &found))
      }
    }
  }

  private func unstable(
    _ symbol: String, since minor: Int?, _ oldest: Int, _ object: WheelObject, _ index: Int, _ found: inout FindingList
  ) throws(UnreadableWheel.Cause) -> Finding {
    if let minor {
      return Finding(
        .pythonABI, .error,
        "\(symbol) is in the stable ABI since Python 3.\(minor) only, and the tag cp3\(oldest)-abi3 promises 3.\(oldest)",
        help: "define Py_LIMITED_API as the version of the oldest Python that is promised, or tag the wheel "
          + "cp3\(minor)-abi3",
        object: object.path, symbol: symbol)
    }
    let library = try found.spend { (budget) throws(OverBudget) -> String? in
      try stranger(with: index, &budget)
    }
    return Finding(
      .pythonABI, library == nil ? .error : .note,
      "\(symbol) is not in the stable ABI, which is all that the tag cp3\(oldest)-abi3 promises of Python"
        + (library.map { ": unless \($0) has it, a later Python may lack it" } ?? ""),
      help: "define Py_LIMITED_API, and use what the headers then declare; or build a wheel for each Python",
      object: object.path, symbol: symbol)
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

extension Interpreter {
  /// The minor version of the oldest CPython 3 that a tag of the stable ABI promises, for builds with a lock.
  fileprivate var oldestOfStableABI: Int? {
    guard case .cpython(let minor, isFreeThreaded: false, andLater: true) = self else { return nil }
    return minor
  }
}

extension WheelObject {
  /// True for what interpreters of several versions load: by its name, or because the wheel has nothing else.
  fileprivate func isForStableABI(or isStableOnly: Bool) -> Bool {
    switch ModuleSuffix(fileName: place.name)?.abi {
    case .stable: true
    case .any, nil: isStableOnly
    case .stableFreeThreaded, .cpython, .pypy: false
    }
  }
}
