/// Names as numbers, since they are compared in every load of every process.
struct LoaderNames {
  typealias Number = Int

  private(set) var texts: [String] = []
  private var numbers: [String: Number] = [:]

  /// The number of a name that has one.
  func number(ofKnown text: String) -> Number? { numbers[text] }

  /// The number of a name, a new one where it has none.
  mutating func number(of text: String) -> Number {
    if let known = numbers[text] { return known }
    numbers[text] = texts.count
    texts.append(text)
    return texts.count - 1
  }
}
