/// Names as numbers, since they are compared in every load of every process.
struct LoaderNames {
  typealias Number = Int

  private(set) var texts: [String] = []
  private var numbers: [LoaderText: Number] = [:]

  /// The number of a name that has one.
  func number(ofKnown text: String) -> Number? { numbers[LoaderText(text)] }

  /// The number of a name, a new one where it has none.
  mutating func number(of text: String) -> Number {
    let key = LoaderText(text)
    if let known = numbers[key] { return known }
    numbers[key] = texts.count
    texts.append(text)
    return texts.count - 1
  }
}

/// A text that is equal to another byte for byte, as a loader compares; two spellings of one letter are two names.
struct LoaderText: Hashable {
  private let text: String

  init(_ text: some StringProtocol) {
    self.text = String(text)
  }

  static func == (left: Self, right: Self) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  func hash(into hasher: inout Hasher) {
    // What is not contiguous came from outside of Swift; nothing here does.
    text.utf8.withContiguousStorageIfAvailable { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
