import BuildProfiles
import ELFReading

/// What a dynamic loader does when it loads objects of a wheel and, breadth first, what they need.
///
/// Where it looks for a name is the search's to say. No host is ever looked at: what the system's folders have is the
/// platform's to say.
struct LoaderSimulation<Search: LoaderSearch> {
  private typealias Name = LoaderNames.Number
  private typealias Stop = LoaderFolders.Stop

  private let items: LoaderItems
  private let search: Search
  private let names: LoaderNames
  private let folders: LoaderFolders
  /// What each object asks for, each name once; behind the required ones those that may be missing.
  private let requests: [[Name]]
  private let requiredCounts: [Int]
  private let sonames: [Name?]
  /// What is known of each name whoever needs it.
  private let known: [LoaderKnowledge]
  /// For each position what ends a search there.
  private let obstacles: [LibraryGraph.Obstacle?]
  /// The folders of each object's run path.
  private let runPaths: [[Stop]]

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

  init(
    _ items: LoaderItems, _ search: Search, _ platform: Platform, _ exclusions: [Exclusion], _ budget: inout WorkBudget
  ) throws(OverBudget) {
    self.items = items
    self.search = search
    let objects = items.judged
    var names = LoaderNames()
    var (requests, requiredCounts): ([[Name]], [Int]) = ([], [])
    for object in objects {
      var seen: Set<Name> = []
      let required = search.required(by: object.file).map { names.number(of: $0) }.filter { seen.insert($0).inserted }
      let optional = search.optional(for: object.file).map { names.number(of: $0) }.filter { seen.insert($0).inserted }
      requests.append(required + optional)
      requiredCounts.append(required.count)
    }
    let places = items.places
    let fileNames = places.map { names.number(of: $0.name) }
    sonames = objects.map { $0.file.soname.map { names.number(of: $0) } }
    var known = Array(repeating: LoaderKnowledge(), count: names.texts.count)
    for name in fileNames { known[name].isFile = true }
    for object in objects.indices {
      known[fileNames[object]].addCarrier(object)
      if let soname = sonames[object] { known[soname].addCarrier(object) }
    }
    for name in Set(requests.joined()) {
      try budget.draw(steps: 1 + exclusions.count)
      known[name].conclude(names.texts[name], search, platform, exclusions)
    }
    var folders = LoaderFolders(places, names: fileNames, levels: search.levels)
    var runPaths: [[Stop]] = []
    for (index, object) in objects.enumerated() {
      runPaths.append(
        try folders.stops(
          ofRunPath: object.file.runpath ?? object.file.rpath ?? "", position: index, at: object.place, search, &budget))
    }
    self.names = names
    self.folders = folders
    self.requests = requests
    self.requiredCounts = requiredCounts
    self.known = known
    self.runPaths = runPaths
    obstacles = items.obstacles(for: search)
    outcomes = requests.map { Array(repeating: nil, count: $0.count) }
    uses = Array(repeating: [], count: objects.count)
    lowestLevels = Array(repeating: nil, count: objects.count)
    isIn = Array(repeating: false, count: objects.count)
    named = Array(repeating: nil, count: names.texts.count)
  }

  /// The levels of processors on which something in the wheel may differ, in ascending order; the first is none.
  var levels: [Int] { folders.levels }

  func hasLoaded(_ object: Int) -> Bool { lowestLevels[object] != nil }

  /// True for what lies where some processors only look for it.
  func isCopy(_ object: Int) -> Bool { folders.isCopy(object) }

  /// For each object the level of the least processors that load it; nil where all do.
  var leastLevels: [String?] { lowestLevels.map { $0.flatMap(name(ofLevel:)) } }

  private func name(ofLevel level: Int) -> String? { level > 0 ? search.levels[level - 1] : nil }

  /// What each object asks for, in the order of its file, with what that came to.
  var edges: [[LibraryGraph.Edge]] {
    requests.indices.map { object in
      requests[object].indices.compactMap { position in
        guard let outcome = outcomes[object][position] else { return nil }
        let alternates = alternates.isEmpty ? nil : alternates[Request(object: object, position: position)]
        return LibraryGraph.Edge(
          library: names.texts[requests[object][position]], resolution: outcome.resolution, uses: outcome.uses,
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
    let inherited: [Stop]
  }

  /// Loads an object into a process of its own.
  mutating func run(
    from root: Int, as use: LibraryGraph.Uses, on level: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) {
    var process = Process(use: use, level: level)
    // It is opened by its path, so that its file name is not known.
    try enter(root, under: nil, loadedBy: nil, &process, &budget)
    var next = 0
    while next < process.loads.count {
      let load = process.loads[next]
      for (position, library) in requests[load.object].enumerated() {
        let resolution = try resolve(library, neededBy: load, process, &budget)
        // What may be missing is no matter until it is found.
        if position >= requiredCounts[load.object], !resolution.isBundled { continue }
        record(resolution, Request(object: load.object, position: position), process)
        // What is out of reach is not loaded, so it answers to nobody else in this process.
        guard case .bundled(let target) = resolution else { continue }
        try enter(target, under: library, loadedBy: load, &process, &budget)
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
      process.loads.append(Load(object: object, inherited: try inherited(by: object, from: loader, &budget)))
    }
    for name in [name, search.comparesSonames ? sonames[object] : nil] {
      guard let name, named[name] == nil else { continue }
      named[name] = object
      process.entered.append(name)
    }
  }

  /// The folders of run paths that hold for what an object loads and for what that loads in turn.
  private func inherited(
    by object: Int, from loader: Load?, _ budget: inout WorkBudget
  ) throws(OverBudget) -> [Stop] {
    let before = loader?.inherited ?? []
    let own = search.passesOn(items.judged[object].file) ? runPaths[object] : []
    if own.isEmpty || before.starts(with: own) { return before }
    if before.isEmpty { return own }
    try budget.draw(steps: own.count + before.count)
    let isOwn = Set(own)
    return own + before.filter { !isOwn.contains($0) }
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

  private func resolve(
    _ library: Name, neededBy load: Load, _ process: Process, _ budget: inout WorkBudget
  ) throws(OverBudget) -> LibraryGraph.Resolution {
    try budget.draw(steps: 1)
    let known = known[library]
    if let resolution = known.everywhere { return resolution }
    if known.own.contains(process.use) { return .platform }
    if let found = named[library] { return .bundled(found) }
    switch try find(library, known, neededBy: load, process, &budget) {
    case .object(let found): return .bundled(found)
    case .obstacle(let obstacle): return .notLoadable(obstacle)
    case .nothing(let passedOver):
      if known.isProvided { return .platform }
      if let candidate = known.carriers.first(where: { $0 != load.object }) { return .unreachable(candidate) }
      return passedOver.map { .mismatched($0) } ?? .external
    }
  }

  /// What the loader comes to under a name.
  private enum Found {
    case object(Int)
    case obstacle(LibraryGraph.Obstacle)
    /// Nothing but, perhaps, an object for another architecture that it passed over.
    case nothing(passedOver: Int?)
  }

  private func find(
    _ name: Name, _ known: LoaderKnowledge, neededBy load: Load, _ process: Process, _ budget: inout WorkBudget
  ) throws(OverBudget) -> Found {
    if known.isPath {
      guard let place = try place(ofPath: name, neededBy: load, &budget) else { return .nothing(passedOver: nil) }
      return try find(place.name, in: [Stop(folder: place.folder, level: 0)], process, &budget)
    }
    guard known.isFile else { return .nothing(passedOver: nil) }
    let isAlone = search.inheritsNothing(items.judged[load.object].file)
    return try find(name, in: isAlone ? runPaths[load.object] : load.inherited, process, &budget)
  }

  private func find(
    _ name: Name, in stops: [Stop], _ process: Process, _ budget: inout WorkBudget
  ) throws(OverBudget) -> Found {
    var passedOver: Int?
    for stop in stops {
      try budget.draw(steps: 1)
      guard stop.level <= process.level, let position = folders.position(in: stop.folder, named: name) else { continue }
      if position < items.judged.count { return .object(position) }
      if let obstacle = obstacles[position] { return .obstacle(obstacle) }
      if items.isForeign(position) { passedOver = passedOver ?? position }
    }
    return .nothing(passedOver: passedOver)
  }

  private func place(
    ofPath name: Name, neededBy load: Load, _ budget: inout WorkBudget
  ) throws(OverBudget) -> (folder: LoaderFolders.Number, name: Name)? {
    let path = names.texts[name]
    let place = items.judged[load.object].place
    try budget.draw(steps: 8 + path.utf8.count / 16)
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")),
      let folder = search.folder(path[..<slash], seenFrom: place),
      let number = folders.number(folder, below: place.root),
      let file = names.number(ofKnown: String(path[path.utf8.index(after: slash)...]))
    else { return nil }
    return (number, file)
  }
}

extension LibraryGraph.Resolution {
  fileprivate var isBundled: Bool { if case .bundled = self { true } else { false } }

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
