/// Which versions of CPython export the names of its C API that the stable ABI does not have, or did not have yet.
///
/// Not every version was looked at. The text behind it says which, and what its lines mean: `Data/python-symbols.txt`.
public struct PythonExports: Sendable {
  private let names: NameIndex

  init(_ text: TableText) {
    names = NameIndex(text)
  }

  /// The minor versions of Python 3 that were looked at, in order.
  public var known: [Int] { names.lines(of: "Py") }

  /// The minor versions, of those that were looked at from one on, that do not export a symbol.
  public func lacking(_ symbol: String, from oldest: Int) -> [Int] {
    let own = names.lines(of: symbol)
    return known.filter { $0 >= oldest && !own.contains($0) }
  }

  /// Whether every version from one on and before another is known to export a symbol.
  ///
  /// A version between two that were looked at exports what both export; of what is older than all of them nothing is
  /// known.
  public func isExported(_ symbol: String, from oldest: Int, before next: Int) -> Bool {
    let known = known
    guard let first = known.last(where: { $0 <= oldest }), let last = known.last, next <= last + 1 else { return false }
    let own = names.lines(of: symbol)
    return known.allSatisfy { !(first..<next).contains($0) || own.contains($0) }
  }
}
