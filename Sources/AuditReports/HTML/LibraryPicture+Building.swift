import WheelAudit

extension LibraryPicture {
  /// Nodes and edges in the making.
  struct Builder {
    /// What objects that share a node have in common.
    private struct Likeness: Hashable {
      let isNeeded: Bool
      let isPythonExtension: Bool
      let needed: Set<ObjectReport.Needed>
    }

    /// A library that is not in the wheel.
    private struct Leaf: Hashable {
      let library: String
      let resolution: LibraryPicture.Resolution
    }

    /// What libraries that share a node have in common.
    private struct LeafLikeness: Hashable {
      let library: String?
      let resolution: LibraryPicture.Resolution
      let users: Set<Int>
    }

    private(set) var nodes: [LibraryPicture.Node] = []
    private(set) var edges: [LibraryPicture.Edge] = []
    /// The nodes of objects come first.
    private(set) var objectCount = 0
    private var places: [String: Int] = [:]
    private var known: Set<LibraryPicture.Edge> = []

    /// Adds the objects of the wheel.
    mutating func addObjects(_ objects: [ObjectReport]) {
      let needed = Set(objects.flatMap { $0.needed.compactMap(\.path) })
      var groups: [[ObjectReport]] = []
      var known: [Likeness: Int] = [:]
      for object in objects {
        let likeness = Likeness(
          isNeeded: needed.contains(object.path), isPythonExtension: object.isPythonExtension,
          needed: Set(object.needed))
        if objects.count > LibraryPicture.groupingLimit, let group = known[likeness] {
          groups[group].append(object)
        } else {
          known[likeness] = groups.count
          groups.append([object])
        }
      }
      for group in groups {
        guard let first = group.first else { continue }
        for object in group { places[object.path] = nodes.count }
        let label = group.count == 1 ? Self.fileName(first.path) : counted(group.count, "object")
        nodes.append(
          .init(
            kind: first.isPythonExtension ? .pythonExtension : .object, label: label, names: group.map(\.path).sorted())
        )
      }
      objectCount = nodes.count
    }

    /// Adds the libraries that are not in the wheel, and what needs what.
    mutating func addEdges(_ objects: [ObjectReport]) {
      var leaves: [Leaf] = []
      var users: [Leaf: Set<Int>] = [:]
      for object in objects {
        guard let from = places[object.path] else { continue }
        for needed in object.needed {
          if let to = needed.path.flatMap({ places[$0] }) {
            connect(from, to, needed.resolution)
          } else {
            let leaf = Leaf(library: needed.library, resolution: needed.resolution)
            if users[leaf] == nil { leaves.append(leaf) }
            users[leaf, default: []].insert(from)
          }
        }
      }
      let mayShare = objects.count > LibraryPicture.groupingLimit
      // Nearly everything needs the libraries of the system, so all of them may share a node.
      var groups: [[Leaf]] = []
      var groupOf: [LeafLikeness: Int] = [:]
      for leaf in leaves {
        let likeness = LeafLikeness(
          library: mayShare ? nil : leaf.library, resolution: leaf.resolution,
          users: mayShare && leaf.resolution == .platform ? [] : users[leaf] ?? [])
        if let group = groupOf[likeness] {
          groups[group].append(leaf)
        } else {
          groupOf[likeness] = groups.count
          groups.append([leaf])
        }
      }
      for group in groups {
        guard let first = group.first else { continue }
        let to = nodes.count
        let label = group.count == 1 ? first.library : "\(group.count) libraries"
        nodes.append(.init(kind: Self.kind(first.resolution), label: label, names: group.map(\.library).sorted()))
        for from in Set(group.flatMap { users[$0] ?? [] }).sorted() { connect(from, to, first.resolution) }
      }
    }

    private mutating func connect(_ from: Int, _ to: Int, _ resolution: LibraryPicture.Resolution) {
      let edge = LibraryPicture.Edge(from: from, to: to, resolution: resolution)
      if from != to, known.insert(edge).inserted { edges.append(edge) }
    }

    private static func kind(_ resolution: LibraryPicture.Resolution) -> LibraryPicture.Node.Kind {
      switch resolution {
      case .platform: .platform
      case .bundled, .unreachable: .object
      case .external: .external
      case .mismatched: .mismatched
      case .notLoadable: .notLoadable
      case .excluded: .excluded
      }
    }

    private static func fileName(_ path: String) -> String {
      path.split(separator: "/").last.map(String.init) ?? path
    }
  }
}
