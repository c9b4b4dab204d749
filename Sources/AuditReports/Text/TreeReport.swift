public import WheelAudit

/// Objects and the libraries they need, as a tree, with where each library was found.
public struct TreeReport: Sendable {
  private let style: TextStyle

  public init(_ style: TextStyle) {
    self.style = style
  }

  /// How deep the branches go; what lies deeper is shown by itself, so that no line begins far to the right.
  private static let depthLimit = 40

  /// - Parameters:
  ///   - name: what the objects are of.
  ///   - objects: the objects of one wheel, or one object.
  /// - Returns: the tree, a line for each library of each object.
  public func render(_ name: String, _ objects: [ObjectReport]) -> String {
    let byPath = Dictionary(objects.map { ($0.path, $0) }) { first, _ in first }
    let needed = Set(objects.flatMap(\.needed).compactMap(\.path))
    var lines = [style.strong(printable(name))]
    var expanded: Set<String> = []
    func start(_ object: ObjectReport) {
      lines.append("")
      lines.append("  \(printable(object.path))\(object.isPythonExtension ? style.faint("  Python extension") : "")")
      append(object, byPath, &expanded, &lines)
    }
    // What nothing needs is where loading starts. Objects that no start leads to need each other in a ring, or lie too
    // deep below it.
    for object in objects where !needed.contains(object.path) || object.isPythonExtension { start(object) }
    for object in objects where !expanded.contains(object.path) { start(object) }
    return lines.map { $0 + "\n" }.joined()
  }

  private func append(
    _ object: ObjectReport, _ byPath: [String: ObjectReport], _ expanded: inout Set<String>,
    _ lines: inout [String]
  ) {
    // An explicit stack: a forged wheel may chain libraries deeper than the call stack reaches.
    var stack: [(object: ObjectReport, next: Int, depth: Int)] = [(object, 0, 0)]
    expanded.insert(object.path)
    while let (current, next, depth) = stack.popLast() {
      guard next < current.needed.count else { continue }
      stack.append((current, next + 1, depth))
      let edge = current.needed[next]
      let isElsewhere = depth >= Self.depthLimit || edge.path.map { expanded.contains($0) } ?? false
      lines.append(String(repeating: " ", count: 4 + 2 * depth) + line(edge, isElsewhere: isElsewhere))
      guard let path = edge.path, !isElsewhere, let target = byPath[path] else { continue }
      expanded.insert(path)
      stack.append((target, 0, depth + 1))
    }
  }

  private func line(_ edge: ObjectReport.Needed, isElsewhere: Bool) -> String {
    let library = printable(edge.library)
    let place = edge.path.map(printable) ?? ""
    switch edge.resolution {
    case .platform: return "\(library)  \(style.faint("from the system"))"
    case .bundled:
      let better = edge.alternates.map { "; on \(printable($0.level)) \(style.good("→ \(printable($0.path))"))" }
        .joined()
      let again = isElsewhere && !place.isEmpty ? style.faint("  (shown elsewhere)") : ""
      return "\(library)  \(style.good("→ \(place)"))\(better)\(again)"
    case .unreachable: return "\(library)  \(style.doubtful("out of reach at \(place)"))"
    case .mismatched: return "\(library)  \(style.bad("for another architecture at \(place)"))"
    case .notLoadable: return "\(library)  \(style.bad("not loadable at \(place)"))"
    case .external: return "\(library)  \(style.bad("found nowhere"))"
    case .excluded: return "\(library)  \(style.faint("excluded"))"
    }
  }
}
