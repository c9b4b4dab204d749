/// Text that is HTML already.
///
/// It is written as a literal. Strings that are put into the literal are escaped, other markup is not: what comes from
/// a wheel stays text unless someone goes out of their way.
struct Markup: ExpressibleByStringInterpolation, Sendable {
  let source: String

  init(stringLiteral source: String) {
    self.source = source
  }

  init(stringInterpolation parts: Parts) {
    self.source = parts.source
  }

  private init(source: String) {
    self.source = source
  }

  struct Parts: StringInterpolationProtocol {
    fileprivate var source = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      source.reserveCapacity(literalCapacity)
    }

    mutating func appendLiteral(_ literal: String) { source += literal }
    mutating func appendInterpolation(_ text: String) { source += markupText(text) }
    mutating func appendInterpolation(_ number: Int) { source += String(number) }
    mutating func appendInterpolation(_ markup: Markup) { source += markup.source }
    mutating func appendInterpolation(_ markup: [Markup]) { for part in markup { source += part.source } }
  }

  /// Text of the program's own that HTML does not escape: the contents of `style` and `script`.
  static func raw(_ source: StaticString) -> Markup {
    Markup(source: "\(source)")
  }
}

extension Markup {
  /// What parts the words of a name: it may be broken behind these.
  static let separators: Set<Unicode.Scalar> = ["-", "_", "/"]

  /// A name from a file; a long one may be broken behind its hyphens, underscores and slashes.
  static func name(_ text: String) -> Markup {
    guard text.utf8.count > 24 else { return "\(text)" }
    var parts: [Markup] = []
    var part = String.UnicodeScalarView()
    var (length, last) = (0, Unicode.Scalar(0x20 as UInt8))
    for scalar in printable(text).unicodeScalars {
      // Two letters on a line of their own are no gain, and 2_28 and x86_64 are one word.
      let isWord = last == "_" && ("0"..."9").contains(scalar)
      if length >= 4, separators.contains(last), !isWord {
        parts.append("\(String(part))")
        part = String.UnicodeScalarView()
        length = 0
      }
      part.append(scalar)
      length += 1
      last = scalar
    }
    return (parts + ["\(String(part))"]).joined(by: "<wbr>")
  }
}

extension [Markup] {
  func joined(by separator: Markup) -> Markup {
    Markup(stringLiteral: map(\.source).joined(separator: separator.source))
  }
}
