import ELFReading

/// The folders of a wheel as they are installed, as numbers, and what lies in each.
struct LoaderFolders {
  typealias Number = Int

  /// A folder that the loader looks into.
  struct Stop: Hashable {
    let folder: Number
    /// The least level of processors on which it does: a position among those of the search, from 1; 0 for all.
    let level: Int
  }

  private struct Folder: Hashable {
    let root: InstalledPlace.Root
    let path: LoaderText
  }

  private struct File: Hashable {
    let folder: Number
    let name: LoaderNames.Number
  }

  /// A run path as an object of a folder has it.
  private struct RunPath: Hashable {
    let folder: Number
    let entries: LoaderText
  }

  private var numbers: [Folder: Number] = [:]
  private var files: [File: Int] = [:]
  /// What is looked into before a folder, the best first, by the folder.
  private var copies: [Folder: [Stop]] = [:]
  /// The folders that are looked into for some processors only.
  private var areForLevels: Set<Number> = []
  private var runPaths: [RunPath: [Stop]] = [:]
  /// The folder of each position.
  private var ofPosition: [Number] = []
  /// The levels that have a folder somewhere in the wheel, in ascending order; 0 for no level is the first.
  private(set) var levels = [0]

  /// - Parameters:
  ///   - places: where everything lies that a loader may come across.
  ///   - names: the numbers of the file names.
  ///   - levels: the levels of processors that have folders of their own, the lowest first.
  init(_ places: [InstalledPlace], names: [LoaderNames.Number], levels: [String]) {
    for (position, (place, name)) in zip(places, names).enumerated() {
      let folder = Folder(root: place.root, path: LoaderText(place.folder))
      if let known = numbers[folder] {
        ofPosition.append(known)
      } else {
        ofPosition.append(numbers.count)
        addCopies(in: place, number: numbers.count, levels)
        numbers[folder] = numbers.count
      }
      files[File(folder: ofPosition[position], name: name)] = position
    }
    self.levels += Set(copies.values.joined().map(\.level)).sorted()
  }

  private mutating func addCopies(in place: InstalledPlace, number: Number, _ levels: [String]) {
    guard let level = levels.firstIndex(where: { place.folder.hasSuffix("glibc-hwcaps/\($0)") }) else { return }
    let parent = place.folder.dropLast("glibc-hwcaps/\(levels[level])".count)
    guard parent.isEmpty || parent.hasSuffix("/") else { return }
    let folder = Folder(root: place.root, path: LoaderText(parent.dropLast()))
    copies[folder, default: []].append(Stop(folder: number, level: level + 1))
    areForLevels.insert(number)
    copies[folder]?.sort { $0.level > $1.level }
  }

  /// What lies in a folder under a name.
  func position(in folder: Number, named name: LoaderNames.Number) -> Int? { files[File(folder: folder, name: name)] }

  /// The number of a folder in which something lies.
  func number(_ path: String, below root: InstalledPlace.Root) -> Number? {
    numbers[Folder(root: root, path: LoaderText(path))]
  }

  /// True for what lies in a folder for some processors only.
  func isCopy(_ position: Int) -> Bool { areForLevels.contains(ofPosition[position]) }

  /// The folders of a run path, each once and in its order, each behind those below it that better processors look
  /// into first; those in which nothing lies are left out.
  ///
  /// Many objects of one folder have the same.
  mutating func stops(
    ofRunPath path: String, position: Int, at place: InstalledPlace, _ search: some LoaderSearch,
    _ budget: inout WorkBudget
  ) throws(OverBudget) -> [Stop] {
    let key = RunPath(folder: ofPosition[position], entries: LoaderText(path))
    if let known = runPaths[key] { return known }
    try budget.draw(steps: 1 + path.utf8.count / 16)
    var seen: Set<LoaderText> = []
    var found: [Stop] = []
    let entries = search.isUsable(runPath: path[...].utf8) ? path.utf8.split(whereSeparator: search.isSeparator) : []
    for entry in entries {
      // To read an entry takes longer than to look into a folder.
      try budget.draw(steps: 1 + entry.count / 16)
      guard seen.insert(LoaderText(Substring(entry))).inserted,
        let path = search.folder(Substring(entry), seenFrom: place)
      else { continue }
      let folder = Folder(root: place.root, path: LoaderText(path))
      let stops = (copies[folder] ?? []) + (numbers[folder].map { [Stop(folder: $0, level: 0)] } ?? [])
      for stop in stops where !found.contains(stop) {
        try budget.draw(steps: 8 + found.count)
        found.append(stop)
      }
    }
    runPaths[key] = found
    return found
  }
}
