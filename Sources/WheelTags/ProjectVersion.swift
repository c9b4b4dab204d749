/// A version of a project in the form that all its spellings share (PEP 440): `1.0.0-RC1` and `1.0rc1` are equal.
public struct ProjectVersion: Hashable, Sendable, CustomStringConvertible {
  /// The version with its parts spelled in one way, without the zeros that end the release: `1rc1`.
  public let description: String
  /// True for one with a local label, `1.0+cu124`.
  public let isLocal: Bool

  /// Reads a version; nil for what is none.
  ///
  /// The grammar is that of PEP 440, appendix B.
  public init?(_ text: some StringProtocol) {
    var scanner = Scanner(text)
    _ = scanner.word("v")
    guard var release = scanner.number().map({ [$0] }) else { return nil }
    var epoch = ""
    if scanner.take("!") {
      guard let first = scanner.number() else { return nil }
      epoch = release[0] == "0" ? "" : "\(release[0])!"
      release = [first]
    }
    while let next = scanner.dottedNumber() { release.append(next) }
    while release.count > 1, release.last == "0" { release.removeLast() }
    var parts = epoch + release.joined(separator: ".")
    if let (label, number) = scanner.labelled(Self.preLabels) { parts += "\(label)\(number)" }
    if let number = scanner.implicitPost() {
      parts += ".post\(number)"
    } else if let (label, number) = scanner.labelled(Self.postLabels) {
      parts += ".\(label)\(number)"
    }
    if let (label, number) = scanner.labelled([("dev", "dev")]) { parts += ".\(label)\(number)" }
    isLocal = scanner.take("+")
    if isLocal {
      guard let local = scanner.local() else { return nil }
      parts += "+\(local)"
    }
    guard scanner.isAtEnd else { return nil }
    description = parts
  }

  /// The spellings of each label, longer ones first, and the one that stands for them.
  private static let preLabels = [
    ("alpha", "a"), ("beta", "b"), ("preview", "rc"), ("pre", "rc"), ("rc", "rc"), ("a", "a"), ("b", "b"), ("c", "rc"),
  ]
  private static let postLabels = [("post", "post"), ("rev", "post"), ("r", "post")]

  /// Goes through a version once, in lower case and without blanks at its ends.
  private struct Scanner {
    private var rest: Substring.UTF8View

    init(_ text: some StringProtocol) {
      let blanks: (Character) -> Bool = { $0.isWhitespace }
      let lower = Substring(text.lowercased())
      let end = lower.lastIndex { !blanks($0) }.map(lower.index(after:)) ?? lower.startIndex
      rest = lower[..<end].drop(while: blanks).utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ mark: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: mark) else { return false }
      rest.removeFirst()
      return true
    }

    mutating func word(_ word: String) -> Bool {
      guard rest.starts(with: word.utf8) else { return false }
      rest = rest.dropFirst(word.utf8.count)
      return true
    }

    /// Digits, without the zeros before them.
    mutating func number() -> String? {
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard !digits.isEmpty else { return nil }
      rest = rest[digits.endIndex...]
      let significant = digits.drop { $0 == UInt8(ascii: "0") }
      return significant.isEmpty ? "0" : String(Substring(significant))
    }

    mutating func dottedNumber() -> String? {
      var ahead = self
      guard ahead.take("."), let number = ahead.number() else { return nil }
      self = ahead
      return number
    }

    /// A label, and its number: 0 where it has none.
    mutating func labelled(_ labels: [(spelling: String, label: String)]) -> (label: String, number: String)? {
      var ahead = self
      ahead.separator()
      guard let label = labels.first(where: { ahead.word($0.spelling) })?.label else { return nil }
      self = ahead
      ahead.separator()
      guard let number = ahead.number() else { return (label, "0") }
      self = ahead
      return (label, number)
    }

    /// `-1` for `.post1`.
    mutating func implicitPost() -> String? {
      var ahead = self
      guard ahead.take("-"), let number = ahead.number() else { return nil }
      self = ahead
      return number
    }

    /// Letters and digits in parts; a part of digits is a number.
    mutating func local() -> String? {
      var parts: [String] = []
      repeat {
        let part = rest.prefix { byte in
          (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        }
        guard !part.isEmpty else { return nil }
        var alone = self
        let number = alone.number()
        rest = rest[part.endIndex...]
        parts.append(number != nil && alone.rest.startIndex == part.endIndex ? number ?? "" : String(Substring(part)))
      } while separator()
      return parts.joined(separator: ".")
    }

    @discardableResult mutating func separator() -> Bool { take(".") || take("-") || take("_") }
  }
}
