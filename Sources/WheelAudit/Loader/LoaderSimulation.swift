import BuildProfiles
import ELFReading
import WheelTags

/// What the dynamic loader does when it loads objects of a wheel and, breadth first, what they need.
///
/// glibc's search (ld.so(8)): a library already loaded under that name or soname; else DT_RPATH of the object and of
/// those that loaded it, unless it has DT_RUNPATH; then its DT_RUNPATH; then the system's folders. musl's search:
/// DT_RUNPATH or else DT_RPATH of the object and of those that loaded it; then the system's folders. The system's
/// folders stand for the profile: no host is ever looked at.
struct LoaderSimulation {
  private typealias Name = LoaderNames.Number
  private typealias Folder = LoaderFolders.Number

  private let objects: [WheelObject]
  private let platform: Platform
  private let names: LoaderNames
  private let folders: LoaderFolders
  /// What each object needs, each name once.
  private let needed: [[Name]]
  /// The soname of each object, and the name of its file.
  private let own: [(file: Name, soname: Name?)]
  /// What is known of each name whoever needs it.
  private var known: [Knowledge]
  /// The folders of each object's run path.
  private var runPaths: [[Folder]] = []
  /// What each needed library of each object came to, as far as the object has been loaded.
  private var resolutions: [[LibraryGraph.Resolution?]]
  private var loaded: [Bool]
  /// The object that each name stands for in the process being simulated.
  private var named: [Int?]
  /// Whether each object is in that process.
  private var isIn: [Bool]

  /// What holds for a name in every process.
  private struct Knowledge {
    /// What it comes to wherever it is needed: it is excluded, or no object of the wheel carries it.
    var everywhere: LibraryGraph.Resolution?
    /// True for what the platform has.
    var isProvided = false
    /// True for a path: the loader searches for names without a slash only.
    var isPath = false
    /// The first two objects to be judged that carry it as file name or soname: one that needs itself needs the other.
    var carriers: [Int] = []
    /// True when the file of some object has this name.
    var isFile = false
  }

  /// Prepares for the objects that are loaded, all for one architecture, and those for another one, which the loader
  /// passes over.
  init(
    _ judged: [WheelObject], foreign: [WheelObject], _ platform: Platform, _ exclusions: [Exclusion],
    _ budget: inout WorkBudget
  ) throws(OverBudget) {
    let objects = judged + foreign
    self.objects = objects
    self.platform = platform
    loaded = Array(repeating: false, count: judged.count)
    isIn = loaded
    var names = LoaderNames()
    needed = judged.map { object in
      var seen: Set<Name> = []
      return object.file.needed.map { names.number(of: $0) }.filter { seen.insert($0).inserted }
    }
    own = objects.map { (names.number(of: $0.place.name), $0.file.soname.map { names.number(of: $0) }) }
    self.names = names
    var folders = LoaderFolders(objects, names: own.map(\.file))
    resolutions = needed.map { Array(repeating: nil, count: $0.count) }
    known = Array(repeating: Knowledge(), count: names.texts.count)
    named = Array(repeating: nil, count: names.texts.count)
    var isCarried = Array(repeating: false, count: names.texts.count)
    for (index, (file, soname)) in own.enumerated() {
      known[file].isFile = true
      for name in Set([file, soname ?? file]) {
        isCarried[name] = true
        if index < judged.count, known[name].carriers.count < 2 { known[name].carriers.append(index) }
      }
    }
    for object in judged.indices {
      let file = judged[object].file
      runPaths.append(
        try folders.folders(
          ofRunPath: file.runpath ?? file.rpath ?? "", object: object, at: judged[object].place, &budget))
    }
    self.folders = folders
    for name in Set(needed.joined()) {
      let text = names.texts[name]
      try budget.draw(steps: 1 + exclusions.count)
      known[name].isPath = text.utf8.contains(UInt8(ascii: "/"))
      known[name].isProvided = platform.isLoader(text) || platform.libraryFloor(text) != nil
      if let exclusion = exclusions.first(where: { $0.matches(text) }) {
        known[name].everywhere = .excluded(exclusion)
      } else if !isCarried[name], !known[name].isPath {
        known[name].everywhere = known[name].isProvided ? .platform : .external
      }
    }
  }

  /// The needed libraries of each judged object, in the order of its file, with what they came to.
  var edges: [[LibraryGraph.Edge]] {
    needed.indices.map { object in
      let found = Dictionary(
        zip(needed[object].map { names.texts[$0] }, resolutions[object]), uniquingKeysWith: { first, _ in first })
      return objects[object].file.needed.map { library in
        LibraryGraph.Edge(library: library, resolution: (found[library] ?? nil) ?? .external)
      }
    }
  }

  func hasLoaded(_ object: Int) -> Bool { loaded[object] }

  /// One object in the process being simulated.
  private struct Load {
    let object: Int
    /// The folders of DT_RPATH that it looks into: its own, and those of the objects that loaded it.
    let inherited: [Folder]
  }

  /// Loads an object into a process of its own.
  mutating func run(from root: Int, _ budget: inout WorkBudget) throws(OverBudget) {
    var loads: [Load] = []
    var entered: [Name] = []
    try enter(root, under: own[root].file, loadedBy: nil, &loads, &entered, &budget)
    var next = 0
    while next < loads.count {
      let load = loads[next]
      for (position, library) in needed[load.object].enumerated() {
        let resolution = try resolve(library, neededBy: load, &budget)
        record(resolution, load.object, position)
        // What is out of reach is not loaded, so it answers to nobody else in this process.
        guard case .bundled(let target) = resolution else { continue }
        try enter(target, under: library, loadedBy: load, &loads, &entered, &budget)
      }
      next += 1
    }
    for load in loads { isIn[load.object] = false }
    for name in entered { named[name] = nil }
  }

  private mutating func enter(
    _ object: Int, under name: Name, loadedBy loader: Load?, _ loads: inout [Load], _ entered: inout [Name],
    _ budget: inout WorkBudget
  ) throws(OverBudget) {
    if !isIn[object] {
      isIn[object] = true
      loaded[object] = true
      loads.append(Load(object: object, inherited: try inherited(by: object, from: loader, &budget)))
    }
    if named[name] == nil { entered.append(name) }
    named[name] = object
    // Only glibc compares the sonames of what is already loaded.
    if platform.libc == .glibc, let soname = own[object].soname, named[soname] == nil {
      named[soname] = object
      entered.append(soname)
    }
  }

  /// The folders of run paths that hold for what an object loads and for what that loads in turn.
  private func inherited(
    by object: Int, from loader: Load?, _ budget: inout WorkBudget
  ) throws(OverBudget) -> [Folder] {
    let before = loader?.inherited ?? []
    // In glibc DT_RUNPATH holds for the object alone, and makes its DT_RPATH void.
    let isInherited = platform.libc == .musl || objects[object].file.runpath == nil
    let own = isInherited ? runPaths[object] : []
    if own.isEmpty || before.starts(with: own) { return before }
    if before.isEmpty { return own }
    try budget.draw(steps: own.count + before.count)
    let isOwn = Set(own)
    return own + before.filter { !isOwn.contains($0) }
  }

  /// Keeps the worst of what the starts of a process came to: a library that one of them misses is missing.
  private mutating func record(_ resolution: LibraryGraph.Resolution, _ object: Int, _ position: Int) {
    if let known = resolutions[object][position], known.rank >= resolution.rank { return }
    resolutions[object][position] = resolution
  }

  private func resolve(
    _ library: Name, neededBy load: Load, _ budget: inout WorkBudget
  ) throws(OverBudget) -> LibraryGraph.Resolution {
    try budget.draw(steps: 1)
    let known = known[library]
    if let resolution = known.everywhere { return resolution }
    if let found = named[library] { return .bundled(found) }
    let (found, passedOver) = try find(library, known, neededBy: load, &budget)
    if let found { return .bundled(found) }
    if known.isProvided { return .platform }
    if let candidate = known.carriers.first(where: { $0 != load.object }) { return .unreachable(candidate) }
    return passedOver.map { .mismatched($0) } ?? .external
  }

  /// The first object that the loader comes to under a name, and the first that it passes over for its architecture.
  private func find(
    _ name: Name, _ known: Knowledge, neededBy load: Load, _ budget: inout WorkBudget
  ) throws(OverBudget) -> (found: Int?, passedOver: Int?) {
    if known.isPath {
      guard let place = try place(ofPath: name, neededBy: load, &budget) else { return (nil, nil) }
      return try find(place.name, in: [place.folder], &budget)
    }
    guard known.isFile else { return (nil, nil) }
    let hasOwn = platform.libc == .glibc && objects[load.object].file.runpath != nil
    return try find(name, in: hasOwn ? runPaths[load.object] : load.inherited, &budget)
  }

  private func find(
    _ name: Name, in folders: [Folder], _ budget: inout WorkBudget
  ) throws(OverBudget) -> (found: Int?, passedOver: Int?) {
    var passedOver: Int?
    for folder in folders {
      try budget.draw(steps: 1)
      guard let object = self.folders.object(in: folder, named: name) else { continue }
      // The loader passes over files of another class, machine or ABI.
      if object < loaded.count { return (object, passedOver) }
      passedOver = passedOver ?? object
    }
    return (nil, passedOver)
  }

  /// A needed name with a slash is a path; the loader expands `$ORIGIN` in it too.
  private func place(
    ofPath name: Name, neededBy load: Load, _ budget: inout WorkBudget
  ) throws(OverBudget) -> (folder: Folder, name: Name)? {
    let path = names.texts[name]
    try budget.draw(steps: 8 + path.utf8.count / 16)
    guard let slash = path.lastIndex(of: "/"),
      let folder = folders.folder(path[..<slash], seenFrom: objects[load.object].place),
      let file = names.number(ofKnown: String(path[path.index(after: slash)...]))
    else { return nil }
    return (folder, file)
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
    }
  }
}
