/// A line of a table that is not understood: nothing is judged by a table that is read in part.
public struct TableError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name of the table's text: `remedies.txt`.
  public let table: String
  /// The line in the text, counted from 1 without comments and empty lines; nil where the whole table lacks something.
  public let line: Int?
  /// What is wrong, and what would be right.
  public let problem: String

  public var description: String {
    "the table \(table) is damaged\(line.map { " in line \($0)" } ?? ""): \(problem)"
  }
}
