import WheelAudit

extension HTMLWheel {
  /// The objects and the libraries they need, as a picture and as a list.
  func graph(_ audit: Audit) -> [Markup] {
    guard !audit.objects.isEmpty else { return [] }
    let picture = LibraryPicture(audit.objects)
    let resolutions = Set(picture.edges.map(\.resolution))
    let used = LibraryPicture.Resolution.allCases.filter(resolutions.contains)
    let legend = used.map { resolution -> Markup in
      """
      <li><svg class="sample" width="36" height="10" aria-hidden="true" focusable="false">\
      <path class="edge \(resolution.rawValue)" d="M1 5H35"/></svg> \(resolution.words)</li>
      """
    }
    let drawing: Markup =
      picture.isTooLarge
      ? "<p>There are too many objects and libraries for a picture; the list has them.</p>"
      : """
      <ul class="legend">\(legend)</ul>
      <div class="scroll picture" tabindex="0" role="region" aria-labelledby="\(id)-libraries-title">
      \(svg(picture))
      </div>
      """
    return part("libraries", "Objects and libraries", [drawing, list(audit)])
  }

  // MARK: The picture

  private enum Size {
    static let box = (width: 224, height: 26)
    static let across = 310
    static let unit = 11.5
    static let margin = 12
    static let letters = 28
  }

  private func svg(_ picture: LibraryPicture) -> Markup {
    let width = (picture.columns.count - 1) * Size.across + Size.box.width + 2 * Size.margin
    let height = Int(picture.height * Size.unit) + 2 * Size.margin
    let places = picture.nodes.map { node in
      (x: Size.margin + node.column * Size.across, y: height / 2 + Int(node.middle * Size.unit))
    }
    let lines = picture.lines.map { line -> Markup in
      let users = line.users.map(String.init).joined(separator: " ")
      let path = path(from: places[line.from], to: places[line.to], picture.nodes[line.from].kind)
      return """
        <path class="edge \(line.resolution.rawValue)" data-from="\(users)" data-to="\(line.target)" d="\(path)"/>

        """
    }
    let nodes = picture.nodes.enumerated().filter { $1.kind != .waypoint }.map { number, node -> Markup in
      let title = node.names.map { name -> Markup in "\(name)" }.joined(by: "\n")
      let place = places[number]
      return """
        <g class="node \(node.kind.rawValue)" data-node="\(number)"><title>\(title)</title>\
        <rect x="\(place.x)" y="\(place.y - Size.box.height / 2)" width="\(Size.box.width)" \
        height="\(Size.box.height)" rx="5"/>\
        <text x="\(place.x + 10)" y="\(place.y + 4)">\(shortened(node.label))</text></g>

        """
    }
    return """
      <svg class="graph" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" role="img" \
      aria-labelledby="\(id)-graph-title">
      <title id="\(id)-graph-title">What needs what; the list below says the same</title>
      \(lines)\(nodes)</svg>
      """
  }

  /// A line from the right of one box to the left of another, and before that past the column where it only passes.
  private func path(from start: (x: Int, y: Int), to end: (x: Int, y: Int), _ kind: LibraryPicture.Node.Kind) -> String
  {
    let right = start.x + Size.box.width
    let pull = max(45, (end.x - right) / 2)
    let begin = kind == .waypoint ? "M\(start.x) \(start.y)H\(right)" : "M\(right) \(start.y)"
    return "\(begin)C\(right + pull) \(start.y) \(end.x - pull) \(end.y) \(end.x) \(end.y)"
  }

  /// The two ends of a name, which tell more than what is between.
  private func shortened(_ name: String) -> String {
    let shown = printable(name)
    guard shown.count > Size.letters else { return shown }
    return "\(shown.prefix(Size.letters - 9))…\(shown.suffix(8))"
  }

  // MARK: The list

  private func list(_ audit: Audit) -> Markup {
    let rows = audit.objects.map { object -> Markup in
      let needed = object.needed.map { needed -> Markup in
        let place: Markup? = needed.path.map { " <span class=\"folder\">\($0)</span>" }
        return "<li><code>\(needed.library)</code> \(needed.resolution.words)\(place ?? "")</li>"
      }
      let libraries: Markup = needed.isEmpty ? "–" : "<ul class=\"names\">\(needed)</ul>"
      let soname: Markup? = object.soname.map { " <small>is <code>\($0)</code></small>" }
      return "<tr><th scope=\"row\">\(object.path)\(soname ?? "")</th><td>\(libraries)</td></tr>\n"
    }
    return """
      <details>
      <summary>The same as a list: \(counted(audit.objects.count, "object"))</summary>
      <div class="scroll tall" tabindex="0" role="region" aria-labelledby="\(id)-libraries-title">
      <table>
      <thead><tr><th scope="col">Object</th><th scope="col">Needs</th></tr></thead>
      <tbody>
      \(rows)</tbody>
      </table>
      </div>
      </details>
      """
  }
}
