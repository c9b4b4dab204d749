import WheelAudit

extension LibraryPicture.Paths {
  /// Which objects share a box.
  private enum Grouping {
    case none
    /// Those of one folder that need the same.
    case alike
    /// Those of one folder, of whose name so many parts count.
    case folder(Int)
  }

  /// From the finest to the coarsest.
  private static let groupings: [Grouping] = [
    .none, .alike, .folder(.max), .folder(4), .folder(3), .folder(2), .folder(1), .folder(0),
  ]

  /// What objects that share a box have in common.
  private struct Likeness: Hashable {
    let column: Int
    let kind: LibraryPicture.Node.Kind
    let folder: String
    /// What they need; nil where that does not matter.
    let needs: [Int]?
    /// The object itself, where it shares with none.
    let object: Int?
  }

  /// What libraries that share a box have in common.
  private struct LibraryLikeness: Hashable {
    let resolution: LibraryPicture.Resolution
    let users: [Int]
  }

  /// The boxes, those of libraries first, and what ties them.
  ///
  /// Each column is grouped as finely as leaves it no more than `limit` boxes, and all of them more coarsely until there
  /// are no more than `lineLimit` lines; the coarsest way makes a box or two of each column.
  func boxes(
    upTo limit: Int, lines lineLimit: Int
  ) -> (nodes: [LibraryPicture.Node], edges: [LibraryPicture.Edge]) {
    var steps = (0...(columns.compactMap(\.self).max() ?? 0)).map { column in
      Self.groupings.firstIndex { grouping in
        Set(columns.indices.lazy.filter { columns[$0] == column }.map { likeness($0, column, grouping) }).count <= limit
      } ?? Self.groupings.count - 1
    }
    while true {
      let (nodes, edges) = boxes(steps.map { Self.groupings[$0] })
      if edges.count <= lineLimit || steps.allSatisfy({ $0 == Self.groupings.count - 1 }) { return (nodes, edges) }
      steps = steps.map { min($0 + 1, Self.groupings.count - 1) }
    }
  }

  /// The boxes where each column is grouped in this way.
  private func boxes(_ groupings: [Grouping]) -> (nodes: [LibraryPicture.Node], edges: [LibraryPicture.Edge]) {
    let (groups, groupOf) = objectGroups(groupings)
    let libraries = libraryGroups(groupOf)
    var nodes = libraries.map { library -> LibraryPicture.Node in
      let names = library.problems.map { problems[$0].library }.sorted()
      return .init(
        kind: .library(library.likeness.resolution), folder: "", names: names, objects: [], column: 0,
        lines: LibraryPicture.lines(names, "libraries", limit: 40))
    }
    var edges: [LibraryPicture.Edge] = []
    for (node, library) in libraries.enumerated() {
      edges += library.likeness.users.map { .init(from: libraries.count + $0, to: node) }
    }
    var known: Set<LibraryPicture.Edge> = []
    for (index, group) in groups.enumerated() {
      let names = group.members.map { objects[$0].path }.sorted()
      let folder = group.likeness.folder
      nodes.append(
        .init(
          kind: group.likeness.kind, folder: folder, names: names, objects: group.members,
          column: group.likeness.column,
          lines: LibraryPicture.lines(names.map { String($0.dropFirst(folder.count)) }, "objects", limit: 6)))
      for member in group.members {
        for target in needed[member] {
          guard let to = groupOf[target] else { continue }
          let edge = LibraryPicture.Edge(from: libraries.count + index, to: libraries.count + to)
          if known.insert(edge).inserted { edges.append(edge) }
        }
      }
    }
    return (nodes, edges)
  }

  private func objectGroups(_ groupings: [Grouping]) -> (groups: [(likeness: Likeness, members: [Int])], of: [Int?]) {
    var groups: [(likeness: Likeness, members: [Int])] = []
    var places: [Likeness: Int] = [:]
    var groupOf = Array(repeating: Int?.none, count: objects.count)
    for (index, column) in columns.enumerated() {
      guard let column else { continue }
      let likeness = likeness(index, column, groupings[column])
      let place = places[likeness] ?? groups.count
      if place == groups.count {
        places[likeness] = place
        groups.append((likeness, []))
      }
      groups[place].members.append(index)
      groupOf[index] = place
    }
    return (groups, groupOf)
  }

  private func likeness(_ index: Int, _ column: Int, _ grouping: Grouping) -> Likeness {
    let object = objects[index]
    let kind: LibraryPicture.Node.Kind =
      column == 0 ? .flawed : object.isPythonExtension ? .pythonExtension : .object
    switch grouping {
    case .none:
      return Likeness(
        column: column, kind: kind, folder: LibraryPicture.folder(of: object.path), needs: nil, object: index)
    case .alike:
      // Problems and objects count apart.
      let needs = direct[index].sorted() + [-1] + needed[index].sorted()
      return Likeness(
        column: column, kind: kind, folder: LibraryPicture.folder(of: object.path), needs: needs, object: nil)
    case .folder(let depth):
      return Likeness(
        column: column, kind: kind, folder: LibraryPicture.folder(of: object.path, depth: depth), needs: nil,
        object: nil)
    }
  }

  private func libraryGroups(_ groupOf: [Int?]) -> [(likeness: LibraryLikeness, problems: [Int])] {
    var users = Array(repeating: [Int](), count: problems.count)
    for (object, needed) in direct.enumerated() {
      guard let group = groupOf[object] else { continue }
      for problem in Set(needed) { users[problem].append(group) }
    }
    var groups: [(likeness: LibraryLikeness, problems: [Int])] = []
    var places: [LibraryLikeness: Int] = [:]
    for (index, problem) in problems.enumerated() {
      let likeness = LibraryLikeness(resolution: problem.resolution, users: Set(users[index]).sorted())
      let place = places[likeness] ?? groups.count
      if place == groups.count {
        places[likeness] = place
        groups.append((likeness, []))
      }
      groups[place].problems.append(index)
    }
    return groups
  }
}
