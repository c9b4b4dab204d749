import ELFReading
import WheelTags

/// All that a loader may come across in a wheel, by position: the objects that are judged, then those for other
/// architectures, those that nothing loads, and files that are not ELF.
struct LoaderItems {
  let judged: [WheelObject]
  private let foreign: [WheelObject]
  private let unloadable: [WheelObject]
  private let files: [PlainFile]

  init(judged: [WheelObject], foreign: [WheelObject], unloadable: [WheelObject], files: [PlainFile]) {
    self.judged = judged
    self.foreign = foreign
    self.unloadable = unloadable
    self.files = files
  }

  var places: [InstalledPlace] { (judged + foreign + unloadable).map(\.place) + files.map(\.place) }

  /// True for a position among the foreign objects.
  func isForeign(_ position: Int) -> Bool {
    (judged.count..<judged.count + foreign.count).contains(position)
  }

  /// For each position the obstacle that it is to a search; nil for what the loader loads or passes over.
  func obstacles(for search: some LoaderSearch) -> [LibraryGraph.Obstacle?] {
    guard let own = judged.first else { return [] }
    let others = (foreign + unloadable).map { other in
      search.stops(at: other, lookingFor: own) ? LibraryGraph.Obstacle(path: other.path, kind: other.obstacleKind) : nil
    }
    return judged.map { _ in nil } + others + files.map { LibraryGraph.Obstacle(path: $0.path, kind: $0.kind.rawValue) }
  }
}

extension WheelObject {
  fileprivate var obstacleKind: String {
    switch file.identity.type {
    case .sharedObject, .executable: "for \(architecture?.rawValue ?? file.identity.machineDescription)"
    case .relocatable: "an object file, which only a linker reads"
    case .core: "a core dump"
    case .other(let type): "an ELF file of type \(type)"
    }
  }
}
