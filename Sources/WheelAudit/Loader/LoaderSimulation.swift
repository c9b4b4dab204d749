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
  private let objects: [WheelObject]
  private let platform: Platform
  private let exclusions: [Exclusion]
  /// The objects in each folder, by file name.
  private var folders: [Folder: [String: Int]] = [:]
  private let names: Names
  /// What each object needs.
  private let needed: [[Name]]
  /// The name of each object's file, and its soname.
  private let own: [(file: Name, soname: Name?)]
  /// The objects that carry a name, as file name or soname, in order of path.
  private var byName: [[Int]]
  /// What a library comes to that no object of the wheel carries the name of, whoever needs it.
  private var outside: [LibraryGraph.Resolution?]
  /// Each object's run path as folders below its root.
  private var runPaths: [[String]] = []
  /// What each needed library of each object came to, as far as the object has been loaded.
  private var resolutions: [[LibraryGraph.Resolution?]]
  private var loaded: [Bool]
  private var loadCount = 0
  /// The object that each name stands for in the process being simulated.
  private var named: [Int?]
  /// Whether each object is in that process.
  private var isIn: [Bool]

  /// PyQt6-Qt6, with 300 objects, takes 60,000 loads.
  private static let loadLimit = 20_000_000

  private struct Folder: Hashable {
    let root: InstalledPlace.Root
    let path: String
  }

  init(_ objects: [WheelObject], _ platform: Platform, _ exclusions: [Exclusion]) {
    self.objects = objects
    self.platform = platform
    self.exclusions = exclusions
    self.loaded = Array(repeating: false, count: objects.count)
    self.isIn = loaded
    self.resolutions = objects.map { Array(repeating: nil, count: $0.file.needed.count) }
    var names = Names()
    needed = objects.map { $0.file.needed.map { names.number(of: $0) } }
    own = objects.map { (names.number(of: $0.place.name), $0.file.soname.map { names.number(of: $0) }) }
    self.names = names
    byName = Array(repeating: [], count: names.texts.count)
    outside = Array(repeating: nil, count: names.texts.count)
    named = Array(repeating: nil, count: names.texts.count)
    for (index, object) in objects.enumerated() {
      folders[Folder(root: object.place.root, path: object.place.folder), default: [:]][object.place.name] = index
      let (file, soname) = own[index]
      byName[file].append(index)
      if let soname, soname != file { byName[soname].append(index) }
      let path = object.file.runpath ?? object.file.rpath ?? ""
      runPaths.append(
        path.split(separator: ":").compactMap { object.place.folder(ofRunPathEntry: $0) })
    }
    for library in Set(needed.joined()) where byName[library].isEmpty && !names.texts[library].contains("/") {
      outside[library] = excluded(library) ?? (isProvided(library) ? .platform : .external)
    }
  }

  /// The number of a name that something is needed or loaded under.
  private typealias Name = Int

  /// Names as numbers, since they are compared in every load of every process.
  private struct Names {
    private(set) var texts: [String] = []
    private var numbers: [String: Name] = [:]

    mutating func number(of text: String) -> Name {
      if let known = numbers[text] { return known }
      numbers[text] = texts.count
      texts.append(text)
      return texts.count - 1
    }
  }

  /// The needed libraries of each object with what they came to.
  var edges: [[LibraryGraph.Edge]] {
    zip(objects, resolutions).map { object, resolutions in
      zip(object.file.needed, resolutions).map { LibraryGraph.Edge(library: $0, resolution: $1 ?? .external) }
    }
  }

  func hasLoaded(_ object: Int) -> Bool { loaded[object] }

  /// One object in the process being simulated, and which load brought it in.
  private struct Load {
    let object: Int
    let loader: Int?
  }

  /// Loads an object into a process of its own.
  mutating func run(from root: Int) throws(LibraryGraph.TooLarge) {
    var loads: [Load] = []
    var entered: [Name] = []
    enter(Load(object: root, loader: nil), under: own[root].file, &loads, &entered)
    var next = 0
    while next < loads.count {
      let object = loads[next].object
      for (position, library) in needed[object].enumerated() {
        loadCount += 1
        guard loadCount <= Self.loadLimit else { throw LibraryGraph.TooLarge(limit: Self.loadLimit) }
        let resolution = resolve(library, neededBy: next, in: loads)
        record(resolution, object, position)
        guard let target = resolution.object else { continue }
        enter(Load(object: target, loader: next), under: library, &loads, &entered)
      }
      next += 1
    }
    for load in loads { isIn[load.object] = false }
    for name in entered { named[name] = nil }
  }

  private mutating func enter(_ load: Load, under name: Name, _ loads: inout [Load], _ entered: inout [Name]) {
    let object = load.object
    if !isIn[object] {
      isIn[object] = true
      loaded[object] = true
      loads.append(load)
    }
    if named[name] == nil { entered.append(name) }
    named[name] = object
    // Only glibc compares the sonames of what is already loaded.
    if platform.libc == .glibc, let soname = own[object].soname, named[soname] == nil {
      named[soname] = object
      entered.append(soname)
    }
  }

  /// Keeps the worst of what the starts of a process came to: a library that one of them misses is missing.
  private mutating func record(_ resolution: LibraryGraph.Resolution, _ object: Int, _ position: Int) {
    if let known = resolutions[object][position], known.rank >= resolution.rank { return }
    resolutions[object][position] = resolution
  }

  private func resolve(
    _ library: Name, neededBy load: Int, in loads: [Load]
  ) -> LibraryGraph.Resolution {
    if let resolution = outside[library] ?? excluded(library) { return resolution }
    let user = loads[load].object
    if let found = named[library], isCompatible(found, user) { return .bundled(found) }
    if let found = find(library, neededBy: load, in: loads, where: { isCompatible($0, user) }) {
      return .bundled(found)
    }
    if isProvided(library) { return .platform }
    if let candidate = byName[library].first(where: { isCompatible($0, user) && $0 != user }) {
      return .unreachable(candidate)
    }
    return find(library, neededBy: load, in: loads, where: { _ in true }).map { .mismatched($0) } ?? .external
  }

  private func excluded(_ library: Name) -> LibraryGraph.Resolution? {
    exclusions.first { $0.matches(names.texts[library]) }.map { .excluded($0) }
  }

  private func isProvided(_ library: Name) -> Bool {
    let name = names.texts[library]
    return platform.isLoader(name) || platform.libraryFloor(name) != nil
  }

  /// The first object that the loader comes to under a name, among those wanted.
  private func find(
    _ name: Name, neededBy load: Int, in loads: [Load], where isWanted: (Int) -> Bool
  ) -> Int? {
    let user = loads[load].object
    let library = names.texts[name]
    if library.contains("/") { return find(path: library, user, where: isWanted) }
    let inheritsRunPath = platform.libc == .musl
    if inheritsRunPath || objects[user].file.runpath == nil {
      var loader: Int? = load
      while let position = loader {
        let object = loads[position].object
        if inheritsRunPath || objects[object].file.runpath == nil,
          let found = find(library, onPathOf: object, where: isWanted)
        {
          return found
        }
        loader = loads[position].loader
      }
    }
    guard !inheritsRunPath, objects[user].file.runpath != nil else { return nil }
    return find(library, onPathOf: user, where: isWanted)
  }

  private func find(_ library: String, onPathOf object: Int, where isWanted: (Int) -> Bool) -> Int? {
    for path in runPaths[object] {
      let folder = Folder(root: objects[object].place.root, path: path)
      if let found = folders[folder]?[library], isWanted(found) { return found }
    }
    return nil
  }

  /// A needed name with a slash is a path; the loader expands `$ORIGIN` in it too.
  private func find(path: String, _ user: Int, where isWanted: (Int) -> Bool) -> Int? {
    guard let slash = path.lastIndex(of: "/"),
      let folder = objects[user].place.folder(ofRunPathEntry: path[..<slash])
    else { return nil }
    let found = folders[Folder(root: objects[user].place.root, path: folder)]?[
      String(path[path.index(after: slash)...])]
    return found.flatMap { isWanted($0) ? $0 : nil }
  }

  /// The loader passes over files of another class, machine or ABI.
  private func isCompatible(_ candidate: Int, _ user: Int) -> Bool {
    objects[candidate].architecture == objects[user].architecture
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
