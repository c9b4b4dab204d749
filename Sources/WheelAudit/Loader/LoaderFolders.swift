import ELFReading

/// The folders in which the objects of a wheel are installed, as numbers, and what lies in each.
struct LoaderFolders {
  typealias Number = Int

  private struct Folder: Hashable {
    let root: InstalledPlace.Root
    let path: String
  }

  private struct File: Hashable {
    let folder: Number
    let name: LoaderNames.Number
  }

  /// A run path as an object of a folder has it.
  private struct RunPath: Hashable {
    let folder: Number
    let entries: String
  }

  private var numbers: [Folder: Number] = [:]
  private var files: [File: Int] = [:]
  private var runPaths: [RunPath: [Number]] = [:]
  /// The folder of each object.
  private(set) var ofObject: [Number] = []

  /// - Parameters:
  ///   - objects: all objects of the wheel.
  ///   - names: the number of each object's file name.
  init(_ objects: [WheelObject], names: [LoaderNames.Number]) {
    for (index, object) in objects.enumerated() {
      let folder = Folder(root: object.place.root, path: object.place.folder)
      let number = numbers[folder] ?? numbers.count
      numbers[folder] = number
      ofObject.append(number)
      files[File(folder: number, name: names[index])] = index
    }
  }

  /// The object that lies in a folder under a name.
  func object(in folder: Number, named name: LoaderNames.Number) -> Int? { files[File(folder: folder, name: name)] }

  /// The folder that an entry of a run path stands for, where some object lies in it.
  func folder(_ entry: some StringProtocol, seenFrom place: InstalledPlace) -> Number? {
    place.folder(ofRunPathEntry: entry).flatMap { numbers[Folder(root: place.root, path: $0)] }
  }

  /// The folders of a run path, each once and in its order; those in which no object lies are left out.
  ///
  /// Many objects of one folder have the same.
  mutating func folders(
    ofRunPath path: String, object: Int, at place: InstalledPlace, _ budget: inout WorkBudget
  ) throws(OverBudget) -> [Number] {
    let key = RunPath(folder: ofObject[object], entries: path)
    if let known = runPaths[key] { return known }
    var seen: Set<Substring> = []
    var found: [Number] = []
    for entry in path.split(separator: ":") {
      // To read an entry takes longer than to look into a folder.
      try budget.draw(steps: 1 + entry.utf8.count / 16)
      guard seen.insert(entry).inserted, let folder = folder(entry, seenFrom: place), !found.contains(folder) else {
        continue
      }
      try budget.draw(steps: 8 + found.count)
      found.append(folder)
    }
    runPaths[key] = found
    return found
  }
}
