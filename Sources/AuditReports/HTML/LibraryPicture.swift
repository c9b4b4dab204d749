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
      case mismatched
      case notLoadable
      case excluded
      /// Where lines to one node pass through a column.
      case waypoint
    }

    let kind: Kind
    let label: String
    /// The paths of the objects, or the names of the libraries.
    let names: [String]
    var column = 0
    /// Where it begins below the middle of its column, in the unit of `height`.
    var top = 0.0

    var height: Double { kind == .waypoint ? 1 : 3 }
    var middle: Double { top + height / 2 }
  }

  struct Edge: Hashable {
    let from: Int
    let to: Int
    let resolution: Resolution
    /// All nodes that it passes, both ends among them.
    var route: [Int] = []
  }

  /// A piece of the way to a node, which all who take it share.
  struct Line {
    let from: Int
    let to: Int
    let resolution: Resolution
    let target: Int
    var users: [Int]
  }

  /// Above this many objects, those that need the same of the wheel and of others share a node.
  static let groupingLimit = 60
  /// A picture with more than this tells nothing.
  static let nodeLimit = 500
  static let edgeLimit = 5000
  private static let columnLimit = 12
  private static let windowHeight = 90.0

  private(set) var nodes: [Node] = []
  private(set) var edges: [Edge]
  private(set) var columns: [[Int]] = []

  /// How far the highest column reaches, in the unit of `Node.height`.
  private(set) var height = 0.0

  /// True when there is nothing to draw: only nodes and edges are known.
  let isTooLarge: Bool

  init(_ objects: [ObjectReport]) {
    var builder = Builder()
    builder.addObjects(objects)
    builder.addEdges(objects)
    nodes = builder.nodes
    edges = builder.edges
    isTooLarge = nodes.count > Self.nodeLimit || edges.count > Self.edgeLimit
    guard !isTooLarge else { return }
    let objectCount = builder.objectCount
    let depths = Self.depths(objectCount, edges.filter { $0.to < objectCount })
    let last = (depths.max() ?? 0) + 1
    for node in nodes.indices { nodes[node].column = node < objectCount ? depths[node] : last }
    columns = (0...last).map { column in nodes.indices.filter { nodes[$0].column == column } }.filter { !$0.isEmpty }
    for (column, members) in columns.enumerated() {
      for node in members { nodes[node].column = column }
    }
    route()
    height = columns.map { height(of: $0) }.max() ?? 0
    arrange()
  }

  /// Leads each edge through the columns between its ends; those to one node share the way.
  private mutating func route() {
    var waypoints: [Int: [Int: Int]] = [:]
    for index in edges.indices {
      let (from, to) = (edges[index].from, edges[index].to)
      var route = [from]
      for column in stride(from: nodes[from].column + 1, to: nodes[to].column, by: 1) {
        let waypoint = waypoints[to]?[column] ?? nodes.count
        if waypoint == nodes.count {
          waypoints[to, default: [:]][column] = waypoint
          nodes.append(Node(kind: .waypoint, label: "", names: [], column: column))
          columns[column].append(waypoint)
        }
        route.append(waypoint)
      }
      edges[index].route = route + [to]
    }
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

  /// What is to be drawn, each piece once; what matters most comes last, above the rest.
  var lines: [Line] {
    struct Piece: Hashable {
      let from: Int
      let to: Int
    }
    let order: [Resolution] = [.platform, .excluded, .bundled, .unreachable, .mismatched, .notLoadable, .external]
    return order.flatMap { resolution in
      var places: [Piece: Int] = [:]
      var lines: [Line] = []
      for edge in edges where edge.resolution == resolution {
        for (from, to) in zip(edge.route, edge.route.dropFirst()) {
          let piece = Piece(from: from, to: to)
          if let place = places[piece] {
            lines[place].users.append(edge.from)
          } else {
            places[piece] = lines.count
            lines.append(Line(from: from, to: to, resolution: resolution, target: edge.to, users: [edge.from]))
          }
        }
      }
      return lines
    }
  }

  /// Brings each node near those it is tied to, so that fewer lines cross.
  private mutating func arrange() {
    var neighbours = Array(repeating: Set<Int>(), count: nodes.count)
    for edge in edges {
      for (left, right) in zip(edge.route, edge.route.dropFirst()) where nodes[left].column != nodes[right].column {
        neighbours[left].insert(right)
        neighbours[right].insert(left)
      }
    }
    for column in columns.indices { stack(column) }
    for sweep in 0..<8 {
      let order = sweep.isMultiple(of: 2) ? Array(columns.indices) : columns.indices.reversed()
      for column in order {
        let keys = columns[column].map { node in
          // Sums of floating point depend on the order, and that of a set changes from run to run.
          let near = neighbours[node].sorted().map { nodes[$0].middle }
          return (node: node, key: near.isEmpty ? nodes[node].middle : near.reduce(0, +) / Double(near.count))
        }
        columns[column] = keys.sorted { ($0.key, $0.node) < ($1.key, $1.node) }.map(\.node)
        stack(column)
      }
    }
  }

  /// Puts the nodes of a column below each other.
  ///
  /// Columns have one middle; where they do not fit into a window they have one top, so that its first sight shows all.
  private mutating func stack(_ column: Int) {
    var top = -(height > Self.windowHeight ? height : height(of: columns[column])) / 2
    for node in columns[column] {
      nodes[node].top = top
      top += nodes[node].height
    }
  }

  private func height(of members: [Int]) -> Double {
    members.reduce(0) { $0 + nodes[$1].height }
  }
}
