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

extension [Markup] {
  func joined(by separator: Markup) -> Markup {
    Markup(stringLiteral: map(\.source).joined(separator: separator.source))
  }
}
