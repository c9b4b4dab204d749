extension Sequence<Interpreter> {
  /// `CPython 3.9 to 3.12, 3.13t and PyPy 3.9`: all but those of which nothing is known.
  var inWords: String {
    var words: [String] = []
    for isFreeThreaded in [false, true] {
      let minors = compactMap { interpreter -> Int? in
        guard case .cpython(let minor, let flags) = interpreter, flags.isFreeThreaded == isFreeThreaded else {
          return nil
        }
        return minor
      }
      words += Set(minors).sorted().spans.map { span in
        let letter = isFreeThreaded ? "t" : ""
        return span.count == 1
          ? "3.\(span.lowerBound)\(letter)" : "3.\(span.lowerBound)\(letter) to 3.\(span.upperBound)\(letter)"
      }
    }
    if let first = words.first { words[0] = "CPython \(first)" }
    words += compactMap { interpreter -> String? in
      switch interpreter {
      case .pypy(let version, let abi): "the PyPy of pypy\(version)_\(abi)"
      case .graalpy(let abi): "the GraalPy of \(abi)"
      case .cpython, .other: nil
      }
    }.sorted()
    return words.listed
  }
}

extension [Int] {
  /// Numbers that stand in order, as ranges without gaps.
  fileprivate var spans: [ClosedRange<Int>] {
    reduce(into: []) { spans, number in
      if let last = spans.last, last.upperBound + 1 == number {
        spans[spans.count - 1] = last.lowerBound...number
      } else {
        spans.append(number...number)
      }
    }
  }

  /// `Python 3.9, 3.11 and 3.13`: minor versions of Python 3.
  var asPythons: String { "Python " + map { "3.\($0)" }.listed }
}

extension [String] {
  /// `a, b and c`.
  fileprivate var listed: String {
    guard count > 1, let last else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " and " + last
  }
}
