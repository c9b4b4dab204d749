import BuildProfiles
import ELFReading

/// What a dynamic loader does when it loads objects of a wheel and, breadth first, what they need: one process after
/// another, and the books of what came of it.
struct LoaderSimulation<Search: LoaderSearch> {
  private typealias Name = LoaderNames.Number

  private let view: LoaderView<Search>
  /// What each request of each object came to, as far as the object has been loaded.
  private var outcomes: [[Outcome?]]
  /// What processors of higher levels load in the place of a library.
  private var alternates: [Request: [(level: Int, object: Int)]] = [:]
  private(set) var uses: [LibraryGraph.Uses]
  /// The lowest level at which each object was loaded.
  private var lowestLevels: [Int?]
  /// The object that each name stands for in the process being simulated.
  private var named: [Int?]
  /// Whether each object is in that process.
  private var isIn: [Bool]

  private struct Request: Hashable {
    let object: Int
    let position: Int
  }

  private struct Outcome {
    var resolution: LibraryGraph.Resolution
    var uses: LibraryGraph.Uses
  }

  init(_ view: LoaderView<Search>) {
    self.view = view
    outcomes = view.requests.map { Array(repeating: nil, count: $0.count) }
    uses = view.requests.map { _ in [] }
    lowestLevels = view.requests.map { _ in nil }
    isIn = view.requests.map { _ in false }
    named = view.names.texts.map { _ in nil }
  }

  /// The levels of processors on which something in the wheel may differ, in ascending order; the first is none.
  var levels: [Int] { view.folders.levels }

  func hasLoaded(_ object: Int) -> Bool { lowestLevels[object] != nil }

  /// True for what lies where some processors only look for it.
  func isCopy(_ object: Int) -> Bool { view.folders.isCopy(object) }

  /// For each object the level of the least processors that load it; nil where all do.
  var leastLevels: [String?] { lowestLevels.map { $0.flatMap(name(ofLevel:)) } }

  private func name(ofLevel level: Int) -> String? { level > 0 ? view.search.levels[level - 1] : nil }

  /// What each object asks for, in the order of its file, with what that came to.
  var edges: [[LibraryGraph.Edge]] {
    view.requests.indices.map { object in
      view.requests[object].indices.compactMap { position in
        guard let outcome = outcomes[object][position] else { return nil }
        let alternates = alternates.isEmpty ? nil : alternates[Request(object: object, position: position)]
        return LibraryGraph.Edge(
          library: view.names.texts[view.requests[object][position]], resolution: outcome.resolution,
          uses: outcome.uses,
          alternates: (alternates ?? []).compactMap { level, copy in
            name(ofLevel: level).map { LibraryGraph.Alternate(level: $0, object: copy) }
          })
      }
    }
  }

  /// One process: how it was started, and on what.
  private struct Process {
    let use: LibraryGraph.Uses
    let level: Int
    var loads: [Load] = []
    /// The names that objects answer to in it.
    var entered: [Name] = []
  }

  /// One object in a process.
  private struct Load {
    let object: Int
    /// The folders that hold for what it loads: of its own run path, and of those of the objects that loaded it.
    let inherited: [LoaderFolders.Stop]
  }

  /// Loads an object into a process of its own.
  mutating func run(
    from root: Int, as use: LibraryGraph.Uses, on level: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) {
    var process = Process(use: use, level: level)
    // It is opened by its path: its file's name is not known.
    try enter(root, under: nil, loadedBy: nil, &process, &budget)
    var next = 0
    while next < process.loads.count {
      let load = process.loads[next]
      for (position, library) in view.requests[load.object].enumerated() {
        let resolution = try resolve(library, neededBy: load, process, &budget)
        let target: Int? = if case .bundled(let found) = resolution { found } else { nil }
        // What may be missing is no matter until it is found.
        if position >= view.requiredCounts[load.object], target == nil { continue }
        record(resolution, Request(object: load.object, position: position), process)
        // What is out of reach is not loaded, so it answers to nobody else in this process.
        // A path is another one for each object that it is seen from.
        let name = view.known[library].isPath ? nil : library
        if let target { try enter(target, under: name, loadedBy: load, &process, &budget) }
      }
      next += 1
    }
    for load in process.loads { isIn[load.object] = false }
    for name in process.entered { named[name] = nil }
  }

  private mutating func enter(
    _ object: Int, under name: Name?, loadedBy loader: Load?, _ process: inout Process, _ budget: inout WorkBudget
  ) throws(OverBudget) {
    if !isIn[object] {
      isIn[object] = true
      uses[object].insert(process.use)
      lowestLevels[object] = min(lowestLevels[object] ?? process.level, process.level)
      let inherited = try view.inherited(by: object, from: loader?.inherited ?? [], &budget)
      process.loads.append(Load(object: object, inherited: inherited))
    }
    for name in [name, view.search.comparesSonames ? view.sonames[object] : nil] {
      guard let name, named[name] == nil else { continue }
      named[name] = object
      process.entered.append(name)
    }
  }

  private func resolve(
    _ library: Name, neededBy load: Load, _ process: Process, _ budget: inout WorkBudget
  ) throws(OverBudget) -> LibraryGraph.Resolution {
    try budget.draw(steps: 1)
    let known = view.known[library]
    if let resolution = known.everywhere { return resolution }
    if known.own.contains(process.use) { return .platform }
    if let found = named[library] { return .bundled(found) }
    switch try view.find(library, neededBy: load.object, in: load.inherited, on: process.level, &budget) {
    case .object(let found): return .bundled(found)
    case .itself: return .platform
    case .obstacle(let obstacle): return .notLoadable(obstacle)
    case .nothing(let passedOver):
      if known.isProvided { return .platform }
      if let candidate = known.carriers.first(where: { $0 != load.object }) { return .unreachable(candidate) }
      return passedOver.map { .mismatched($0) } ?? .external
    }
  }

  /// Keeps the worst of what the starts of a process came to: a library that one of them misses is missing.
  private mutating func record(_ resolution: LibraryGraph.Resolution, _ request: Request, _ process: Process) {
    guard let known = outcomes[request.object][request.position], known.resolution.rank >= resolution.rank else {
      outcomes[request.object][request.position] = Outcome(resolution: resolution, uses: process.use)
      return
    }
    guard known.resolution.rank == resolution.rank else { return }
    outcomes[request.object][request.position]?.uses.insert(process.use)
    // Only what no lesser processor loads is a copy for better ones.
    guard process.level > 0, known.resolution != resolution, case .bundled(let copy) = resolution,
      (lowestLevels[copy] ?? process.level) > 0,
      !(alternates[request] ?? []).contains(where: { $0.object == copy })
    else { return }
    alternates[request, default: []].append((process.level, copy))
  }
}

extension LibraryGraph.Resolution {
  /// How bad it is, from found to missing.
  fileprivate var rank: Int {
    switch self {
    case .excluded, .bundled: 0
    case .platform: 1
    case .unreachable: 2
    case .external: 3
    case .mismatched: 4
    case .notLoadable: 5
    }
  }
}
