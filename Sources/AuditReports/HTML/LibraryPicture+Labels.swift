extension LibraryPicture {
  /// The folder of a path, with the slash behind it; of its name so many parts.
  static func folder(of path: String, depth: Int = .max) -> String {
    guard depth < .max else {
      return path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast().prefix(depth).map { "\($0)/" }.joined()
  }

  /// The lines of a box: every name where they are few, otherwise how many there are.
  ///
  /// - Parameters:
  ///   - names: what is in the box.
  ///   - many: what several of these are called.
  ///   - limit: how many names are few.
  /// - Returns: at least one line.
  static func lines(_ names: [String], _ many: String, limit: Int) -> [String] {
    if names.count == 1 { return names.flatMap(wrapped) }
    return ["\(names.count) \(many)"] + (names.count <= limit ? names : []).flatMap(wrapped)
  }

  /// A name in lines that a box has room for, broken behind what parts its words; one beyond measure is cut.
  static func wrapped(_ name: String) -> [String] {
    var lines: [String] = []
    var line: [Unicode.Scalar] = []
    var end: Int?
    func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars)
      return String(text)
    }
    for scalar in printable(name).unicodeScalars {
      if line.count == Size.label {
        let cut = end ?? line.count
        if lines.count == 5 { return lines + [text(line[..<cut]) + "…"] }
        lines.append(text(line[..<cut]))
        line.removeFirst(cut)
        end = nil
      }
      line.append(scalar)
      if Markup.separators.contains(scalar) { end = line.count }
    }
    return lines + [text(line)]
  }
}
