/// How text reports look.
///
/// Comes in as an argument: nothing here asks the terminal.
public struct TextStyle: Sendable {
  /// How much a report says.
  public enum Detail: Sendable, Comparable {
    /// Nothing of a wheel that keeps its claims and has no warnings.
    case silence
    /// One line for a wheel that keeps its claims.
    case problems
    /// The whole report for every wheel.
    case full
    /// Every requirement and every library too.
    case everything
  }

  public var isColored: Bool
  public var detail: Detail
  /// Columns that lines are to keep to, as far as names allow; nil for any length.
  public var width: Int?

  public init(isColored: Bool, detail: Detail, width: Int? = nil) {
    self.isColored = isColored
    self.detail = detail
    self.width = width
  }

  func good(_ text: String) -> String { colored(text, 32) }
  func bad(_ text: String) -> String { colored(text, 31) }
  func doubtful(_ text: String) -> String { colored(text, 33) }
  func strong(_ text: String) -> String { colored(text, 1) }
  func faint(_ text: String) -> String { colored(text, 2) }

  /// One name, or a few, and how many more there are; none is ever cut.
  func some(_ names: [String], limit: Int, _ word: (String) -> String = { printable($0) }) -> String {
    let listed = detail == .everything || names.count <= limit ? names[...] : names.prefix(limit)
    let rest = names.count > listed.count ? " and \(names.count - listed.count) more" : ""
    return listed.map(word).joined(separator: ", ") + rest
  }

  /// ECMA-48, "Select graphic rendition".
  private func colored(_ text: String, _ code: Int) -> String {
    isColored ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }
}

/// Rows in columns, each as wide as its widest cell; nothing is cut and nothing wraps.
///
/// A cell that no screen is wide enough for stands out, so that the others do not grow with it.
func columns(_ rows: [[String]], indent: Int) -> [String] {
  let widest = 120
  var widths: [Int] = []
  for row in rows {
    for (column, cell) in row.enumerated() where column < row.count - 1 {
      if column == widths.count { widths.append(0) }
      if cell.count <= widest { widths[column] = max(widths[column], cell.count) }
    }
  }
  return rows.map { row in
    let cells = row.enumerated().map { column, cell in
      column < row.count - 1 ? cell + String(repeating: " ", count: max(widths[column] - cell.count, 0)) : cell
    }
    return String(repeating: " ", count: indent) + cells.joined(separator: "  ")
  }
}

/// `1 wheel`, `2 wheels`.
public func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}
