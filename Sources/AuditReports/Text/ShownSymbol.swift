import WheelAudit

/// The name of a symbol as people read it, harmless as `printable` makes it: `std::runtime_error::~runtime_error()`.
///
/// A C++ name that would be longer than a line stays mangled, since no name is ever cut; so does one that the C++ runtime
/// does not know or that could grow without measure. What machines compare is never made of this.
public func shown(symbol: String) -> String {
  guard let readable = demangled(symbol).map(withStandardNames), readable.unicodeScalars.count <= 160 else {
    return printable(symbol)
  }
  return printable(readable)
}

extension Finding {
  /// The message, with its symbol as people read it.
  var shownMessage: String { replacingSymbol(symbol, in: message) }

  /// The symbol as people read it, with its version, or the version alone; nil where there is neither.
  var shownVersionedSymbol: String? {
    guard let symbol else { return version.map { printable($0) } }
    return shown(symbol: symbol) + (version.map { "@\(printable($0))" } ?? "")
  }
}

extension FindingGroup.Message {
  /// The text, with its symbol as people read it.
  var shownText: String { replacingSymbol(symbol, in: text) }
}

/// A sentence with the first mention of a symbol as people read it; the sentence itself where nothing is to be replaced.
func replacingSymbol(_ symbol: String?, in sentence: String) -> String {
  guard let symbol, isMangled(symbol), let place = sentence.firstRange(of: symbol) else { return sentence }
  return sentence[..<place.lowerBound] + shown(symbol: symbol) + sentence[place.upperBound...]
}
