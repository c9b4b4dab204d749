import FoundationEssentials
import Testing

@testable import AuditReports

/// The text against that of Foundation's encoder, which is the same.
@Suite struct JSONWriterTests {
  private static func expected(_ value: some Encodable, isPretty: Bool) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting =
      isPretty
      ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
      : [
        .sortedKeys, .withoutEscapingSlashes,
      ]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  @Test("the text is Foundation's", arguments: samples, [false, true])
  func sameText(_ sample: Sample, isPretty: Bool) throws {
    let text = String(decoding: try JSONWriter.bytes(of: sample.value, isPretty: isPretty), as: UTF8.self)
    #expect(try text == Self.expected(sample.value, isPretty: isPretty))
  }

  @Test("what is no number is refused", arguments: [Double.nan, .infinity, -.infinity])
  func noNumber(_ value: Double) {
    #expect(throws: EncodingError.self) { try JSONWriter.bytes(of: [value], isPretty: false) }
  }

  struct Sample: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let value: any Encodable & Sendable

    init(_ name: String, _ value: any Encodable & Sendable) {
      (testDescription, self.value) = (name, value)
    }
  }

  /// Every character of ASCII and some beyond, of one to four bytes.
  private static let characters =
    String(String.UnicodeScalarView((UInt8(0)...0xff).map { Unicode.Scalar($0) })) + "\u{2028}\u{ffff}\u{1f600}"

  private static let samples = [
    Sample("a string", characters),
    Sample("an empty string", ""),
    Sample("numbers", [Int64.min, 0, Int64.max]),
    Sample("large numbers", [UInt64.max]),
    Sample("small numbers", [Int8.min, Int8.max]),
    Sample("fractions", [1.5, 2, -0.0, 0.1, 1e300, .leastNonzeroMagnitude]),
    Sample("narrow fractions", [Float(0.5), 3]),
    Sample("an empty array", [String]()),
    Sample("an empty object", [String: String]()),
    Sample("empty ones within others", ["b": [[Int]](), "a": [[], [1]]]),
    Sample(
      "keys that begin alike",
      [
        "abcdefgh": 1, "abcdefghi": 2, "abcdefgh\u{0}": 3, "abcdefg": 4, "a": 5, "a\u{0}": 6, "a b": 7, "a\"b": 8,
        "": 9,
        "é": 10, "z": 11, "Z": 12, characters: 13,
      ]),
    Sample("fields that are not in order", Fields(zeta: true, beta: nil, alpha: "x", gamma: [1, 2])),
    Sample("objects in an array", [Fields(zeta: false, beta: 1, alpha: "", gamma: []), Fields(zeta: true)]),
    Sample("an object in an object", ["b": Fields(zeta: true), "a": Fields(zeta: false)]),
    Sample("containers within containers", Nested()),
    Sample("what writes nothing", [Nothing()]),
    Sample("a subclass", Derived()),
    Sample("two containers of one value", [Twice()]),
  ]

  private struct Fields: Encodable {
    var zeta: Bool
    var beta: Int?
    var alpha = "a"
    var gamma: [Int] = []
  }

  private struct Nothing: Encodable {
    func encode(to encoder: any Encoder) {}
  }

  private struct Nested: Encodable {
    enum Key: String, CodingKey { case last, first, middle, list }

    func encode(to encoder: any Encoder) throws {
      var outer = encoder.container(keyedBy: Key.self)
      var inner = outer.nestedContainer(keyedBy: Key.self, forKey: .last)
      try inner.encode(1, forKey: .middle)
      var list = inner.nestedUnkeyedContainer(forKey: .first)
      try list.encodeNil()
      var deeper = list.nestedUnkeyedContainer()
      try deeper.encode("deep")
      _ = list.nestedContainer(keyedBy: Key.self)
      try list.encode(["x": list.count])
      try inner.encodeNil(forKey: .list)
      try outer.encode(Nothing(), forKey: .middle)
      try "single".encode(to: outer.superEncoder(forKey: .first))
    }
  }

  /// Writes members of one object through two containers, with an object between them.
  private struct Twice: Encodable {
    enum Key: String, CodingKey { case own }

    func encode(to encoder: any Encoder) throws {
      try Fields(zeta: true, gamma: [1]).encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(Fields(zeta: false), forKey: .own)
      var list = encoder.container(keyedBy: Nested.Key.self)
      try list.encode([1], forKey: .list)
    }
  }

  private class Base: Encodable, @unchecked Sendable {
    let own = 1
  }

  private final class Derived: Base, @unchecked Sendable {
    enum Key: String, CodingKey { case more }

    override func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode("more", forKey: .more)
      try super.encode(to: container.superEncoder())
    }
  }
}
