/// An element of XML 1.0 on its way out.
struct XMLElement {
  enum Content {
    case elements([XMLElement])
    /// Text, one line each.
    case lines([String])
  }

  let name: String
  let attributes: [(name: String, value: String)]
  let content: Content

  init(_ name: String, _ attributes: [(String, String)], _ content: Content = .elements([])) {
    self.name = name
    self.attributes = attributes
    self.content = content
  }

  /// The lines of the element; those of text are not indented, since their spaces would be part of it.
  func lines(indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    let start = margin + "<" + name + attributes.map { #" \#($0.name)="\#(markupText($0.value))""# }.joined()
    let end = "</\(name)>"
    switch content {
    case .elements(let elements):
      if elements.isEmpty { return [start + "/>"] }
      return [start + ">"] + elements.flatMap { $0.lines(indent: indent + 2) } + [margin + end]
    case .lines(let lines):
      if lines.isEmpty { return [start + "/>"] }
      return [start + ">" + lines.map(markupText).joined(separator: "\n") + end]
    }
  }
}
