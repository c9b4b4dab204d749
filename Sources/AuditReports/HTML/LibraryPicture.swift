import WheelAudit

/// The ways to what is wrong in a wheel, as boxes in columns: at the left what is missing or flawed, beside it what needs
/// that, and beside those what needs them.
///
/// Only shortest ways are in it. Positions are numbers only; `HTMLWheel+Graph` draws them.
struct LibraryPicture {
  typealias Resolution = ObjectReport.Needed.Resolution

  /// Objects of one folder, or libraries that the same objects need.
  struct Node {
    enum Kind: Hashable {
      case object
      case pythonExtension
      /// An object with an error or a warning of its own.
      case flawed
      case library(Resolution)
    }

    let kind: Kind
    /// The folder that objects share, with the slash behind it; empty for libraries and for the root of the wheel.
    let folder: String
    /// The paths of the objects, or the names of the libraries, sorted.
    let names: [String]
    /// The positions of the objects in the audit; none for libraries.
    let objects: [Int]
    let column: Int
    /// What stands in the box, line by line.
    let lines: [String]
    /// Where it begins below the upper edge.
    var top = 0

    var height: Int { Size.line * (lines.count + (note.isEmpty ? 0 : 1)) + 2 * Size.padding }
    var middle: Int { top + height / 2 }

    /// The fainter line above the others: the folder, or where the libraries come from.
    var note: String {
      if case .library(let resolution) = kind { return resolution.words }
      return folder
    }
  }

  /// That something in one box needs something in another, which stands one column before it.
  struct Edge: Hashable {
    let from: Int
    let to: Int
  }

  /// In pixels; letters are those of the font of the picture, which all have one width.
  enum Size {
    static let line = 16
    static let padding = 5
    static let gap = 10
    static let letter = 7.3
    /// What has room above a column, in letters.
    static let head = 14
    /// The longest line of a label, in letters.
    static let label = 56
  }

  private(set) var nodes: [Node] = []
  private(set) var edges: [Edge] = []
  /// The nodes of each column, from top to bottom.
  private(set) var columns: [[Int]] = []
  /// How many objects lead here that stand too far off to be drawn.
  private(set) var furtherObjects = 0
  /// True when something is wrong with some object or library, drawn or not.
  let hasProblems: Bool

  init(_ objects: [ObjectReport], _ findings: [Finding], ignoring ignored: [Rule] = []) {
    let paths = Paths(objects, findings, Set(ignored))
    hasProblems = paths.hasProblems
    furtherObjects = paths.furtherObjects
    guard paths.hasEdges else { return }
    (nodes, edges) = paths.boxes(upTo: Self.boxLimit, lines: Self.lineLimit)
    columns = (0...(nodes.map(\.column).max() ?? 0)).map { column in nodes.indices.filter { nodes[$0].column == column }
    }
    arrange()
  }

  /// A column of more boxes of objects, or a picture of more lines, tells nothing.
  private static let boxLimit = 36
  private static let lineLimit = 120

  /// How far down the lowest box reaches.
  var height: Int { nodes.map { $0.top + $0.height }.max() ?? 0 }

  /// How wide the boxes of a column have to be.
  func width(of column: Int) -> Int {
    let letters = columns[column].flatMap { [nodes[$0].note] + nodes[$0].lines }.map(Self.letters).max() ?? 0
    return Int(Double(max(letters, Size.head)) * Size.letter) + 20
  }

  private static func letters(_ line: String) -> Int {
    // Letters of East Asia take two places.
    line.unicodeScalars.reduce(0) { $0 + ($1.value < 0x1100 ? 1 : 2) }
  }

  /// Brings each box near those it is tied to, so that few lines cross.
  private mutating func arrange() {
    var neighbours = Array(repeating: [Int](), count: nodes.count)
    for edge in edges {
      neighbours[edge.from].append(edge.to)
      neighbours[edge.to].append(edge.from)
    }
    for column in columns.indices {
      columns[column].sort { (-neighbours[$0].count, $0) < (-neighbours[$1].count, $1) }
      stack(column)
    }
    for sweep in 0..<6 {
      let order = sweep.isMultiple(of: 2) ? Array(columns.indices) : columns.indices.reversed()
      for column in order {
        let keys = columns[column].map { node in
          let near = neighbours[node].map { nodes[$0].middle }
          return (node: node, key: near.isEmpty ? nodes[node].middle : near.reduce(0, +) / near.count)
        }
        columns[column] = keys.sorted { ($0.key, $0.node) < ($1.key, $1.node) }.map(\.node)
        stack(column)
      }
    }
    // At last each box moves down to those it needs, as far as those below leave it room.
    for column in columns.indices.dropFirst() {
      var free = 0
      for node in columns[column] {
        let needed = neighbours[node].filter { nodes[$0].column < column }.map { nodes[$0].middle }
        let wanted = needed.isEmpty ? free : needed.reduce(0, +) / needed.count - nodes[node].height / 2
        nodes[node].top = max(free, wanted)
        free = nodes[node].top + nodes[node].height + Size.gap
      }
    }
  }

  /// Puts the boxes of a column below each other.
  private mutating func stack(_ column: Int) {
    var top = 0
    for node in columns[column] {
      nodes[node].top = top
      top += nodes[node].height + Size.gap
    }
  }
}
