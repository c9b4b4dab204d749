import Testing

@testable import WheelArchive

/// JSON that readers could take for different things is refused.
@Suite struct JSONTextTests {
  private static let good: [(text: String, value: JSONText)] = [
    ("{}", .object([:])), (" [ ] ", .array([])), ("\"\"", .string("")), ("0", .other), ("-1.5e+3", .other),
    ("[true, false,null]", .array([.other, .other, .other])),
    (
      "{\"a\": {\"b\": [\"c\", \"d\"]}, \"\": 1}",
      .object(["a": .object(["b": .array([.string("c"), .string("d")])]), "": .other])
    ),
    (#""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00é""#, .string("\"\\/\u{8}\u{c}\n\r\tAé😀é")),
    ("\t\r\n {\"a\" :\n1 }", .object(["a": .other])),
  ]

  @Test(arguments: good) func `what is JSON is read`(text: String, value: JSONText) throws {
    #expect(try JSONText(Array(text.utf8)) == value)
  }

  private static let bad: [(text: String, offset: Int)] = [
    ("", 0), ("{", 1), ("[", 1), ("[1", 2), ("[1,]", 3), ("{\"a\"}", 4), ("{\"a\":}", 5),
    ("{\"a\":1,}", 7), ("{a:1}", 1),
    ("\"", 1), ("\"\n\"", 1), ("01", 0), ("1.", 0), (".5", 0), ("+1", 0), ("1e", 0), ("NaN", 0), ("Infinity", 0),
    ("tru", 0), ("[] []", 3), ("\u{feff}{}", 0), (#""\x""#, 2), (#""\u12""#, 3), (#""\ud800""#, 7), (#""\ude00""#, 7),
    ("{\"a\":1,\"a\":1}", 7), (#"{"a":1,"\u0061":2}"#, 7), ("[{\"b\":[],\"b\":[]}]", 9), ("// a\n{}", 0),
    (String(repeating: "[", count: 100_000), 32), (String(repeating: "{\"a\":", count: 1000), 160),
  ]

  @Test(arguments: bad) func `what is none, or could be two things, is refused where it is`(
    text: String, offset: Int
  ) throws {
    let problem = try #require(throws: JSONText.Problem.self) { try JSONText(Array(text.utf8)) }
    #expect(problem.offset == offset, "\(text.prefix(50)): \(problem)")
  }

  @Test func `bytes that are no text are refused`() {
    #expect(throws: JSONText.Problem.self) { try JSONText([0x22, 0xff, 0x22]) }
  }

  /// Depths up to the limit are read, one more is not.
  @Test func `depth has a limit`() throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    _ = try JSONText(nested(32))
    #expect(throws: JSONText.Problem.self) { try JSONText(nested(33)) }
  }
}
