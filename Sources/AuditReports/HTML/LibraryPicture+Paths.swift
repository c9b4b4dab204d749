import WheelAudit

extension LibraryPicture {
  /// Which objects lead to something wrong, and over how many others.
  struct Paths {
    /// A library that the wheel does without, or does not find.
    struct Problem: Hashable {
      let library: String
      let resolution: Resolution
    }

    let objects: [ObjectReport]
    let problems: [Problem]
    /// For each object the problems that it needs itself.
    let direct: [[Int]]
    /// For each object its column; nil for one that leads to nothing wrong, or from too far.
    ///
    /// The first is for what is flawed itself and needs no missing library.
    private(set) var columns: [Int?]
    /// For each object those one column before it that it needs.
    private(set) var needed: [[Int]]
    private(set) var furtherObjects = 0
    let hasProblems: Bool

    /// What leads to something wrong over more objects than this is counted only.
    private static let columnLimit = 3

    init(_ objects: [ObjectReport], _ findings: [Finding], _ ignored: Set<Rule>) {
      self.objects = objects
      let flawed = Set(findings.lazy.filter { $0.severity < .note }.compactMap(\.object))
      var places: [Problem: Int] = [:]
      var problems: [Problem] = []
      direct = objects.map { object in
        object.needed.compactMap { needed in
          guard Self.isWrong(needed.resolution, ignored) else { return nil }
          let problem = Problem(library: needed.library, resolution: needed.resolution)
          if let place = places[problem] { return place }
          places[problem] = problems.count
          problems.append(problem)
          return problems.count - 1
        }
      }
      self.problems = problems
      hasProblems = !problems.isEmpty || !flawed.isEmpty
      columns = Array(repeating: nil, count: objects.count)
      needed = Array(repeating: [], count: objects.count)
      let positions = Dictionary(objects.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
      let targets = objects.map { object in
        object.needed.compactMap { $0.resolution == .bundled ? $0.path.flatMap { positions[$0] } : nil }
      }
      place(objects.indices.filter { direct[$0].isEmpty && flawed.contains(objects[$0].path) }, targets)
    }

    private static func isWrong(_ resolution: Resolution, _ ignored: Set<Rule>) -> Bool {
      switch resolution {
      case .platform, .bundled, .excluded: false
      case .external: !ignored.contains(.externalLibrary)
      case .unreachable: !ignored.contains(.unreachableLibrary)
      case .mismatched, .notLoadable: true
      }
    }

    /// Gives every object its column, those first that are nearest to what is wrong.
    private mutating func place(_ first: [Int], _ targets: [[Int]]) {
      var users = Array(repeating: [Int](), count: objects.count)
      for (user, targets) in targets.enumerated() {
        for target in targets where target != user { users[target].append(user) }
      }
      var distances = Array(repeating: Int?.none, count: objects.count)
      var distance = 0
      var reached = first
      // What needs a missing library stands beside it, also where it needs a flawed object.
      for object in objects.indices where !direct[object].isEmpty { distances[object] = 1 }
      while !reached.isEmpty || distance == 0 {
        for object in reached { distances[object] = distance }
        var next = distance == 0 ? objects.indices.filter { distances[$0] == 1 } : []
        for object in reached {
          for user in users[object] where distances[user] == nil {
            distances[user] = distance + 1
            next.append(user)
          }
        }
        distance += 1
        reached = next
      }
      furtherObjects = distances.count { $0 ?? 0 > Self.columnLimit }
      columns = distances.map { $0.flatMap { $0 <= Self.columnLimit ? $0 : nil } }
      for (user, targets) in targets.enumerated() {
        guard let column = columns[user], column > 0 else { continue }
        var seen: Set<Int> = []
        needed[user] = targets.filter { columns[$0] == column - 1 && seen.insert($0).inserted }
      }
      // A flawed object that nothing needs is no way to anything.
      let wanted = Set(needed.joined())
      for object in first where !wanted.contains(object) { columns[object] = nil }
    }

    /// True when there is more to draw than single boxes.
    var hasEdges: Bool { !problems.isEmpty || columns.contains { $0 != nil } }
  }
}
