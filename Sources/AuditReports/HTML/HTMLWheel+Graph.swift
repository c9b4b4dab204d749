import WheelAudit

extension HTMLWheel {
  /// The ways to what is wrong as a picture, and all objects with what they need as a list.
  ///
  /// From the list the script of the page draws what leads to any object or library.
  func graph(_ audit: Audit) -> [Markup] {
    guard !audit.objects.isEmpty else { return [] }
    let picture = LibraryPicture(audit.objects, report.findings, ignoring: report.ignoredRules)
    let words: Markup =
      if !picture.hasProblems {
        "<p>No object or library is missing or wrong.</p>"
      } else if picture.nodes.isEmpty {
        "<p>What is wrong lies in objects that no other object of the wheel needs.</p>"
      } else {
        """
        <p>What is missing or wrong stands at the left, and beside it what needs it, over the shortest way. \
        \(further(picture))</p>
        <p class="hint">Scroll sideways to see all of it.</p>
        """
      }
    let drawing: Markup? =
      picture.nodes.isEmpty
      ? nil
      : """
      <div class="scroll picture" tabindex="0" role="region" aria-labelledby="\(id)-libraries-title">
      \(svg(picture))
      </div>

      """
    return part(
      "libraries", "Objects and libraries", ["\(words)\n<div class=\"drawing\">\n\(drawing ?? "")</div>", list(audit)])
  }

  private func further(_ picture: LibraryPicture) -> Markup {
    guard picture.furtherObjects > 0 else { return "" }
    return
      "\(counted(picture.furtherObjects, "object")) further away \(picture.furtherObjects == 1 ? "is" : "are") left out."
  }

  // MARK: The picture

  private enum Size {
    static let between = 90
    static let margin = 12
    static let head = 26
  }

  /// What stands above the columns.
  private func head(_ column: Int) -> String {
    switch column {
    case 0: "Missing or wrong"
    case 1: "What needs it"
    default: "What needs that"
    }
  }

  private func svg(_ picture: LibraryPicture) -> Markup {
    let widths = picture.columns.indices.map(picture.width)
    let lefts = widths.reduce(into: [Size.margin]) { $0.append(($0.last ?? 0) + $1 + Size.between) }
    let width = (lefts.last ?? 0) - Size.between + Size.margin
    let height = picture.height + Size.head + 2 * Size.margin
    let shift = Size.head + Size.margin
    let heads = picture.columns.indices.map { column -> Markup in
      "<text class=\"head\" x=\"\(lefts[column])\" y=\"\(Size.margin + 14)\">\(head(column))</text>\n"
    }
    let lines = picture.edges.map { edge -> Markup in
      let (from, to) = (picture.nodes[edge.from], picture.nodes[edge.to])
      let start = (x: lefts[to.column] + widths[to.column], y: to.middle + shift)
      let end = (x: lefts[from.column], y: from.middle + shift)
      let middle = (start.x + end.x) / 2
      return """
        <path class="edge \(to.objects.isEmpty ? to.kind.style : "bundled")" data-ends="\(edge.from) \(edge.to)" \
        d="M\(start.x) \(start.y)C\(middle) \(start.y) \(middle) \(end.y) \(end.x) \(end.y)"/>

        """
    }
    let nodes = picture.nodes.enumerated().map { number, node in
      box(node, number, x: lefts[node.column], y: node.top + shift, width: widths[node.column])
    }
    return """
      <svg class="graph" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" role="img" \
      aria-labelledby="\(id)-graph-title">
      <title id="\(id)-graph-title">What leads to what is missing or wrong; the list below says the same</title>
      \(heads)\(lines)\(nodes)</svg>
      """
  }

  private func box(_ node: LibraryPicture.Node, _ number: Int, x: Int, y: Int, width: Int) -> Markup {
    let first = y + LibraryPicture.Size.padding + 12
    let note: Markup = "<text class=\"note\" x=\"\(x + 10)\" y=\"\(first)\">\(node.note)</text>"
    let texts = node.lines.enumerated().map { index, line -> Markup in
      let place = first + LibraryPicture.Size.line * (index + (node.note.isEmpty ? 0 : 1))
      return "<text x=\"\(x + 10)\" y=\"\(place)\">\(line)</text>"
    }
    let title: Markup? =
      node.objects.isEmpty || node.names.count == 1
      ? "<title>\(node.names.map { name -> Markup in "\(name)" }.joined(by: "\n"))</title>" : nil
    let rows = node.objects.map(String.init).joined(separator: " ")
    let objects: Markup? = node.objects.isEmpty ? nil : " data-rows=\"\(rows)\""
    return """
      <g class="node \(node.kind.style)" data-node="\(number)"\(objects ?? "")>\(title ?? "")\
      <rect x="\(x)" y="\(y)" width="\(width)" height="\(node.height)" rx="5"/>\(note)\(texts)</g>

      """
  }

  // MARK: The list

  private func list(_ audit: Audit) -> Markup {
    let wanted = Set(audit.objects.lazy.flatMap(\.needed).compactMap(\.path))
    let places = Dictionary(
      audit.objects.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
    let rows = audit.objects.enumerated().map { index, object -> Markup in
      let mark: Markup? = wanted.contains(object.path) && places[object.path] == index ? " id=\"\(row(index))\"" : nil
      let kind: Markup? = object.isPythonExtension ? " data-extension" : nil
      let soname: Markup? = object.soname.map { " <small>is <code>\(Markup.name($0))</code></small>" }
      return """
        <tr\(mark ?? "")\(kind ?? "")><th scope="row"><code>\(Markup.name(object.path))</code>\(soname ?? "")</th>\
        <td>\(needs(object, places))</td></tr>

        """
    }
    return """
      <details>
      <summary>All objects and what they need, as a list: \(counted(audit.objects.count, "object"))</summary>
      <div class="scroll tall" tabindex="0" role="region" aria-labelledby="\(id)-libraries-title">
      <table class="objects">
      <thead><tr><th scope="col">Object</th><th scope="col">Needs</th></tr></thead>
      <tbody>
      \(rows)</tbody>
      </table>
      </div>
      </details>
      """
  }

  /// The id of an object's row.
  private func row(_ index: Int) -> String { "\(id)o\(index)" }

  /// What an object needs, by where it comes from.
  private func needs(_ object: ObjectReport, _ places: [String: Int]) -> Markup {
    let needed = Dictionary(grouping: object.needed, by: \.resolution)
    let items = LibraryPicture.Resolution.allCases.compactMap { resolution -> Markup? in
      guard let libraries = needed[resolution] else { return nil }
      let names = libraries.map { library -> Markup in
        if let path = library.path, let place = places[path] {
          return "<a href=\"#\(row(place))\">\(Markup.name(library.library))</a>"
        }
        let path: Markup? = library.path.map { " <span class=\"folder\">\(Markup.name($0))</span>" }
        return "<code>\(Markup.name(library.library))</code>\(path ?? "")"
      }
      return "<li data-kind=\"\(resolution.rawValue)\">\(resolution.words): \(names.joined(by: ", "))</li>"
    }
    return items.isEmpty ? "" : "<ul class=\"names\">\(items)</ul>"
  }
}

extension LibraryPicture.Node.Kind {
  /// The class of its box, and of the lines to a library.
  fileprivate var style: String {
    switch self {
    case .object: "object"
    case .pythonExtension: "extension"
    case .flawed: "flawed"
    case .library(let resolution): resolution.rawValue
    }
  }
}
