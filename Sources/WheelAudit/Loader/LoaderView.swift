import BuildProfiles
import ELFReading

/// A wheel as one loader sees it: what its objects ask for, and what lies where the loader looks for that.
///
/// It is the same for every process. No host is ever looked at: what the system's folders have is the platform's to say.
struct LoaderView<Search: LoaderSearch> {
  typealias Name = LoaderNames.Number
  typealias Stop = LoaderFolders.Stop

  let items: LoaderItems
  let search: Search
  let names: LoaderNames
  let folders: LoaderFolders
  /// What each object asks for, each name once; behind the required ones those that may be missing.
  let requests: [[Name]]
  let requiredCounts: [Int]
  let sonames: [Name?]
  /// What is known of each name whoever needs it.
  let known: [LoaderKnowledge]
  /// For each position what ends a search there.
  private let obstacles: [LibraryGraph.Obstacle?]
  /// For each object whether the loader gives itself in its place.
  private let areTakenForItself: [Bool]
  /// The folders of each object's run path.
  private let runPaths: [[Stop]]

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
    for (position, object) in objects.enumerated() {
      let path = object.file.runpath ?? object.file.rpath ?? ""
      runPaths.append(try folders.stops(ofRunPath: path, position: position, at: object.place, search, &budget))
    }
    self.names = names
    self.folders = folders
    self.requests = requests
    self.requiredCounts = requiredCounts
    self.known = known
    self.runPaths = runPaths
    obstacles = items.obstacles(for: search)
    areTakenForItself = objects.map { search.isTakenForItself($0.file) }
  }

  /// The folders of run paths that hold for what an object loads and for what that loads in turn.
  ///
  /// - Parameters:
  ///   - object: the object.
  ///   - before: the folders that hold for what the object's own loader loads.
  ///   - budget: what putting them together may cost.
  /// - Returns: the object's own, if they are passed on, and those before.
  /// - Throws: `OverBudget`.
  func inherited(by object: Int, from before: [Stop], _ budget: inout WorkBudget) throws(OverBudget) -> [Stop] {
    let own = search.passesOn(items.judged[object].file) ? runPaths[object] : []
    if own.isEmpty || before.starts(with: own) { return before }
    if before.isEmpty { return own }
    try budget.draw(steps: own.count + before.count)
    let isOwn = Set(own)
    return own + before.filter { !isOwn.contains($0) }
  }

  /// What the loader comes to under a name.
  enum Found {
    case object(Int)
    /// The loader itself.
    case itself
    case obstacle(LibraryGraph.Obstacle)
    /// Nothing but, perhaps, an object for another architecture that it passed over.
    case nothing(passedOver: Int?)
  }

  /// Looks for a library.
  ///
  /// - Parameters:
  ///   - name: a name that nothing in the process answers to.
  ///   - object: who needs it.
  ///   - inherited: the folders that hold for what the object loads.
  ///   - level: the level of the processor.
  ///   - budget: what looking into folders may cost.
  /// - Returns: what the search ends at.
  /// - Throws: `OverBudget`.
  func find(
    _ name: Name, neededBy object: Int, in inherited: [Stop], on level: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) -> Found {
    if known[name].isPath {
      guard let place = try place(ofPath: name, neededBy: object, &budget) else { return .nothing(passedOver: nil) }
      return try find(place.name, in: [Stop(folder: place.folder, level: 0)], on: level, &budget)
    }
    guard known[name].isFile else { return .nothing(passedOver: nil) }
    let isAlone = search.inheritsNothing(items.judged[object].file)
    return try find(name, in: isAlone ? runPaths[object] : inherited, on: level, &budget)
  }

  private func find(
    _ name: Name, in stops: [Stop], on level: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) -> Found {
    var passedOver: Int?
    for stop in stops {
      try budget.draw(steps: 1)
      guard stop.level <= level, let position = folders.position(in: stop.folder, named: name) else { continue }
      if position < items.judged.count { return areTakenForItself[position] ? .itself : .object(position) }
      if let obstacle = obstacles[position] { return .obstacle(obstacle) }
      if items.isForeign(position) { passedOver = passedOver ?? position }
    }
    return .nothing(passedOver: passedOver)
  }

  private func place(
    ofPath name: Name, neededBy object: Int, _ budget: inout WorkBudget
  ) throws(OverBudget) -> (folder: LoaderFolders.Number, name: Name)? {
    let path = names.texts[name]
    let place = items.judged[object].place
    try budget.draw(steps: 8 + path.utf8.count / 16)
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")),
      let folder = search.folder(path[..<slash], seenFrom: place),
      let number = folders.number(folder, below: place.root),
      let file = names.number(ofKnown: String(path[path.utf8.index(after: slash)...]))
    else { return nil }
    return (number, file)
  }
}
