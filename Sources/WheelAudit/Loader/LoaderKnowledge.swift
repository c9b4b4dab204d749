import BuildProfiles

/// What holds for a name in every process, whoever needs it.
struct LoaderKnowledge {
  /// What it comes to wherever it is needed: it is excluded, or nothing in the wheel carries it.
  var everywhere: LibraryGraph.Resolution?
  /// The processes in which it is the system's, whatever the wheel has.
  var own: LibraryGraph.Uses = []
  /// True for what the platform has.
  var isProvided = false
  /// True for a path, which is not searched for.
  var isPath = false
  /// The first two objects to be judged that carry it as file name or soname: one that needs itself needs the other.
  private(set) var carriers: [Int] = []
  /// True when something in the wheel lies under this name.
  var isFile = false

  mutating func addCarrier(_ object: Int) {
    if carriers.count < 2, carriers.last != object { carriers.append(object) }
  }

  /// Makes what is known of a needed name complete.
  mutating func conclude(
    _ name: String, _ search: some LoaderSearch, _ platform: Platform, _ exclusions: [Exclusion]
  ) {
    let kind = search.kind(of: name)
    own = search.usesWithOwn(name)
    isProvided = platform.isLoader(name) || platform.libraryFloor(name) != nil
    isPath = kind == .path
    if let exclusion = exclusions.first(where: { $0.matches(name) }) {
      everywhere = .excluded(exclusion)
    } else if own == [.imported, .started, .opened] {
      everywhere = .platform
    } else if kind == .nowhere {
      everywhere = .external
    } else if !isPath, !isFile, carriers.isEmpty {
      everywhere = isProvided ? .platform : .external
    }
  }
}
