/// Which symbols CPython's stable ABI has, and since which Python 3 (PEP 384, PEP 652).
///
/// The stable ABI for builds without a lock has the same symbols (PEP 803). The text behind it says what its lines mean
/// and where the facts come from: `Data/stable-abi.txt`.
public struct StableABITable: Sendable {
  private let names: NameIndex

  init(_ text: TableText) {
    names = NameIndex(text)
  }

  /// The minor version of the Python 3 that took a symbol in; nil for what the stable ABI has not.
  ///
  /// A Python that is older may export the symbol all the same, and promises nothing of it.
  public func minor(of symbol: String) -> Int? {
    names.lines(of: symbol).first
  }
}
