import WheelAudit

/// Objects and libraries as nodes in columns: what loads stands left of what is loaded.
///
/// Positions are numbers only; `HTMLWheel+Graph` draws them.
struct LibraryPicture {
  typealias Resolution = ObjectReport.Needed.Resolution

  struct Node {
    enum Kind: String {
      case pythonExtension = "extension"
      case object
      case platform
      case external
      case excluded
    }

    let kind: Kind
    let label: String
    /// The paths of the objects, or the name of the library.
    var names: [String]
    var column = 0
    var row = 0
  }

  struct Edge: Hashable {
    let from: Int
    let to: Int
    let resolution: Resolution
  }

  /// Above this many objects, those that need the same share a node.
  static let groupingLimit = 60
  /// A picture with more than this tells nothing.
  static let nodeLimit = 500
  static let edgeLimit = 5000
  private static let columnLimit = 12

  private(set) var nodes: [Node] = []
  let edges: [Edge]
  private(set) var columns: [[Int]] = []

  var isTooLarge: Bool { nodes.count > Self.nodeLimit || edges.count > Self.edgeLimit }

  init(_ objects: [ObjectReport]) {
    var builder = Builder()
    builder.addObjects(objects)
    builder.addEdges(objects)
    nodes = builder.nodes
    edges = builder.edges.filter { $0.from != $0.to }
    guard !isTooLarge else { return }
    let objectCount = builder.objectCount
    let depths = Self.depths(objectCount, edges.filter { $0.to < objectCount })
    let last = (depths.max() ?? 0) + 1
    for node in nodes.indices { nodes[node].column = node < objectCount ? depths[node] : last }
    columns = (0...last).map { column in nodes.indices.filter { nodes[$0].column == column } }.filter { !$0.isEmpty }
    for (column, members) in columns.enumerated() {
      for node in members { nodes[node].column = column }
    }
    arrange()
  }

  /// How many steps each object is behind the first, at most; where objects need each other in a ring it is opened.
  private static func depths(_ count: Int, _ edges: [Edge]) -> [Int] {
    var depths = Array(repeating: 0, count: count)
    var waiting = Array(repeating: 0, count: count)
    var successors = Array(repeating: [Int](), count: count)
    for edge in edges {
      waiting[edge.to] += 1
      successors[edge.from].append(edge.to)
    }
    var isDone = Array(repeating: false, count: count)
    var ready = (0..<count).filter { waiting[$0] == 0 }
    var next = 0
    while true {
      while let node = ready.popLast() {
        guard !isDone[node] else { continue }
        isDone[node] = true
        for successor in successors[node] where !isDone[successor] {
          depths[successor] = max(depths[successor], min(depths[node] + 1, columnLimit))
          waiting[successor] -= 1
          if waiting[successor] == 0 { ready.append(successor) }
        }
      }
      while next < count, isDone[next] { next += 1 }
      guard next < count else { return depths }
      ready.append(next)
    }
  }

  /// Brings each node near those it is tied to, so that fewer lines cross.
  private mutating func arrange() {
    var neighbours = Array(repeating: [Int](), count: nodes.count)
    for edge in edges {
      neighbours[edge.from].append(edge.to)
      neighbours[edge.to].append(edge.from)
    }
    number()
    for sweep in 0..<6 {
      let order = sweep.isMultiple(of: 2) ? Array(columns.indices) : columns.indices.reversed()
      for column in order {
        let keys = columns[column].map { node in
          let near = neighbours[node].filter { nodes[$0].column != column }
          let sum = near.reduce(0.0) { $0 + height(of: $1) }
          return (node: node, key: near.isEmpty ? height(of: node) : sum / Double(near.count))
        }
        columns[column] = keys.sorted { ($0.key, $0.node) < ($1.key, $1.node) }.map(\.node)
        number()
      }
    }
  }

  private mutating func number() {
    for members in columns {
      for (row, node) in members.enumerated() { nodes[node].row = row }
    }
  }

  /// Where a node stands from the middle of its column, in rows.
  private func height(of node: Int) -> Double {
    Double(nodes[node].row) - Double(columns[nodes[node].column].count - 1) / 2
  }
}

/// Nodes and edges in the making.
private struct Builder {
  /// What objects that share a node have in common.
  private struct Likeness: Hashable {
    let isNeeded: Bool
    let isPythonExtension: Bool
    let needed: Set<ObjectReport.Needed>
  }

  private struct Leaf: Hashable {
    let library: String
    let kind: LibraryPicture.Node.Kind
  }

  private(set) var nodes: [LibraryPicture.Node] = []
  private(set) var edges: [LibraryPicture.Edge] = []
  /// The nodes of objects come first.
  private(set) var objectCount = 0
  private var places: [String: Int] = [:]

  mutating func addObjects(_ objects: [ObjectReport]) {
    let needed = Set(objects.flatMap { $0.needed.compactMap(\.path) })
    var groups: [[ObjectReport]] = []
    var known: [Likeness: Int] = [:]
    for object in objects {
      let likeness = Likeness(
        isNeeded: needed.contains(object.path), isPythonExtension: object.isPythonExtension, needed: Set(object.needed))
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
          kind: first.isPythonExtension ? .pythonExtension : .object, label: label, names: group.map(\.path).sorted()))
    }
    objectCount = nodes.count
  }

  mutating func addEdges(_ objects: [ObjectReport]) {
    var leaves: [Leaf: Int] = [:]
    var known: Set<LibraryPicture.Edge> = []
    for object in objects {
      guard let from = places[object.path] else { continue }
      for needed in object.needed {
        let to: Int
        if let place = needed.path.flatMap({ places[$0] }) {
          to = place
        } else {
          let leaf = Leaf(library: needed.library, kind: Self.kind(needed.resolution))
          to = leaves[leaf] ?? nodes.count
          if to == nodes.count {
            leaves[leaf] = to
            nodes.append(.init(kind: leaf.kind, label: needed.library, names: [needed.library]))
          }
        }
        let edge = LibraryPicture.Edge(from: from, to: to, resolution: needed.resolution)
        if known.insert(edge).inserted { edges.append(edge) }
      }
    }
  }

  private static func kind(_ resolution: LibraryPicture.Resolution) -> LibraryPicture.Node.Kind {
    switch resolution {
    case .platform: .platform
    case .bundled, .unreachable: .object
    case .external: .external
    case .excluded: .excluded
    }
  }

  private static func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
