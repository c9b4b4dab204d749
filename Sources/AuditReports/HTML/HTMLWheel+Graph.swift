import WheelAudit

extension HTMLWheel {
  /// The objects and the libraries they need, as a picture and as a list.
  func graph(_ audit: Audit) -> [Markup] {
    guard !audit.objects.isEmpty else { return [] }
    let picture = LibraryPicture(audit.objects)
    let used = LibraryPicture.Resolution.allCases.filter { resolution in
      picture.edges.contains { $0.resolution == resolution }
    }
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
    static let step = (across: 334, down: 34)
    static let margin = 10
    static let letters = 28
  }

  private func svg(_ picture: LibraryPicture) -> Markup {
    let tallest = picture.columns.map(\.count).max() ?? 0
    let width = picture.columns.count * Size.step.across - (Size.step.across - Size.box.width) + 2 * Size.margin
    let height = tallest * Size.step.down + 2 * Size.margin
    let corners = picture.nodes.map { node in
      let spare = (tallest - picture.columns[node.column].count) * Size.step.down / 2
      return (
        x: Size.margin + node.column * Size.step.across, y: Size.margin + spare + node.row * Size.step.down
      )
    }
    let edges = picture.edges.map { edge -> Markup in
      let start = (x: corners[edge.from].x + Size.box.width, y: corners[edge.from].y + Size.box.height / 2)
      let end = (x: corners[edge.to].x, y: corners[edge.to].y + Size.box.height / 2)
      let pull = max(55, (end.x - start.x) / 2)
      return """
        <path class="edge \(edge.resolution.rawValue)" data-ends="\(edge.from) \(edge.to)" \
        d="M\(start.x) \(start.y)C\(start.x + pull) \(start.y) \(end.x - pull) \(end.y) \(end.x) \(end.y)"/>

        """
    }
    let nodes = picture.nodes.enumerated().map { number, node -> Markup in
      let title = node.names.map { name -> Markup in "\(name)" }.joined(by: "\n")
      let corner = corners[number]
      return """
        <g class="node \(node.kind.rawValue)" data-node="\(number)"><title>\(title)</title>\
        <rect x="\(corner.x)" y="\(corner.y)" width="\(Size.box.width)" height="\(Size.box.height)" rx="5"/>\
        <text x="\(corner.x + 10)" y="\(corner.y + 17)">\(shortened(node.label))</text></g>

        """
    }
    return """
      <svg class="graph" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" role="img" \
      aria-labelledby="\(id)-graph-title">
      <title id="\(id)-graph-title">\(counted(picture.nodes.count, "node")) and the libraries they need; \
      the list below says the same</title>
      \(edges)\(nodes)</svg>
      """
  }

  /// The two ends of a name, which tell more than its middle.
  private func shortened(_ name: String) -> String {
    let shown = printable(name)
    guard shown.count > Size.letters else { return shown }
    return "\(shown.prefix(Size.letters / 2 - 1))…\(shown.suffix(Size.letters / 2))"
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

extension ObjectReport.Needed.Resolution {
  fileprivate var words: String {
    switch self {
    case .platform: "from the system"
    case .bundled: "from the wheel"
    case .unreachable: "in the wheel, out of reach"
    case .external: "from nowhere"
    case .excluded: "excluded"
    }
  }
}
