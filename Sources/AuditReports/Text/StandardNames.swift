/// A demangled name in which the templates of the standard library that have a name of their own go by it:
/// `std::ostream`, and `std::__cxx11::string` where it is that of the newer ABI.
///
/// The C++ runtime writes the template out with all its arguments, which takes half a line. Such a name is `basic_` and
/// what it is called ([basic.string], [iostream.forward]), for `wchar_t` with a `w` before.
func withStandardNames(_ name: String) -> String {
  var rest = name.utf8[...]
  var result = ""
  while let place = rest.firstRange(of: "::basic_".utf8) {
    let before = Substring(rest[..<place.lowerBound])
    let word = rest[place.upperBound...].prefix { $0 == UInt8(ascii: "_") || (0x61...0x7a).contains($0) }
    let arguments = rest[word.endIndex...]
    result += before
    if isNamespaceOfStandard(result), let usual = usualArguments.first(where: { arguments.starts(with: $0.text.utf8) })
    {
      result += "::\(usual.prefix)\(Substring(word))"
      rest = arguments.dropFirst(usual.text.utf8.count)
    } else {
      result += Substring(rest[place.lowerBound..<word.endIndex])
      rest = arguments
    }
  }
  return result + Substring(rest)
}

/// True where what was written so far ends with the namespace of the standard library, or with that of its newer ABI.
private func isNamespaceOfStandard(_ text: String) -> Bool {
  guard let namespace = ["std", "std::__cxx11"].first(where: text.hasSuffix) else { return false }
  guard let before = text.unicodeScalars.dropLast(namespace.count).last else { return true }
  return !(before.properties.isAlphabetic || before.properties.numericType != nil || before == "_" || before == ":")
}

/// The arguments that go without saying, as the C++ runtime writes them, and what the name begins with instead.
private let usualArguments: [(text: String, prefix: String)] = [("char", ""), ("wchar_t", "w")].flatMap {
  letter, prefix in
  [", std::allocator<\(letter)> >", " >"].map { end in ("<\(letter), std::char_traits<\(letter)>\(end)", prefix) }
}
