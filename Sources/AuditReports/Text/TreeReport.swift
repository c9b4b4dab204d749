public import WheelAudit

/// Objects and the libraries they need, as a tree, with where each library was found.
///
/// What the systems behind the tags have stands in its lines only where everything is to be shown; else a line at the end
/// says how many libraries that are.
public struct TreeReport: Sendable {
  private let style: TextStyle
  private let depth: Int?

  /// - Parameters:
  ///   - style: how it looks; with the detail `everything` it shows the libraries of the systems too.
  ///   - depth: how many levels of libraries to show below each object; nil for all.
  public init(_ style: TextStyle, depth: Int? = nil) {
    self.style = style
    self.depth = depth
  }

  /// - Parameters:
  ///   - name: what the objects are of.
  ///   - objects: the objects of one wheel, or one object.
  /// - Returns: the tree, a line for each library of each object.
  public func render(_ name: String, _ objects: [ObjectReport]) -> String {
    let showsAll = style.detail == .everything
    var branches = Branches(objects, depth: depth) { showsAll || $0.resolution != .platform }
    var lines = [style.strong(printable(name))]
    var wasAlone = false
    func start(_ object: ObjectReport) {
      var below: [String] = []
      branches.append(object, to: &below) { line($0, $1) }
      // Objects with nothing below them stand together.
      if !wasAlone || !below.isEmpty { lines.append("") }
      wasAlone = below.isEmpty
      lines.append("  \(printable(object.path))\(object.isPythonExtension ? style.faint("  Python extension") : "")")
      lines += below
    }
    // What nothing needs is where loading starts. Objects that no start leads to need each other in a ring, or lie too
    // deep below it.
    for object in objects where !branches.isNeeded(object) || object.isPythonExtension { start(object) }
    for object in objects where !branches.hasComeUp(object) { start(object) }
    if !showsAll { lines += folded(objects) }
    return lines.map { $0 + "\n" }.joined()
  }

  /// How many libraries are not shown since systems have them.
  private func folded(_ objects: [ObjectReport]) -> [String] {
    let count = Set(objects.lazy.flatMap(\.needed).filter { $0.resolution == .platform }.map(\.library)).count
    guard count > 0 else { return [] }
    let words = count == 1 ? "1 library of the system is" : "\(count) libraries of the system are"
    return ["", "  \(style.faint("\(words) not shown; --verbose shows \(count == 1 ? "it" : "them")"))"]
  }

  private func line(_ edge: ObjectReport.Needed, _ further: Branches.Further) -> String {
    let library = printable(edge.library)
    let place = edge.path.map(printable) ?? ""
    switch edge.resolution {
    case .platform: return "\(library)  \(style.faint("from the system"))"
    case .bundled:
      let better = edge.alternates.map { "; on \(printable($0.level)) \(style.good("→ \(printable($0.path))"))" }
        .joined()
      return "\(library)  \(style.good("→ \(place)"))\(better)\(further.words.map { style.faint("  (\($0))") } ?? "")"
    case .unreachable: return "\(library)  \(style.doubtful("out of reach at \(place)"))"
    case .mismatched: return "\(library)  \(style.bad("for another architecture at \(place)"))"
    case .notLoadable: return "\(library)  \(style.bad("not loadable at \(place)"))"
    case .external: return "\(library)  \(style.bad("found nowhere"))"
    case .excluded: return "\(library)  \(style.faint("excluded"))"
    }
  }
}

extension Branches.Further {
  /// Why nothing follows below it although it needs something; nil where all follows.
  fileprivate var words: String? {
    switch self {
    case .follows, .nothing: nil
    case .elsewhere: "shown elsewhere"
    case .cut: "needs more"
    }
  }
}
