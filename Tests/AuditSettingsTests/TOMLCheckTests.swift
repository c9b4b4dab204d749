import AuditSettings
import Foundation
import TestSupport
import Testing

/// TOML that the parser would end the program over, or read only in part.
@Suite struct TOMLCheckTests {
  private func complaint(_ text: String, name: String = "pyproject.toml") throws -> SettingsError? {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array(text.utf8), to: name)
    do throws(SettingsError) {
      _ = try SettingsFile(path: path)
      return nil
    } catch {
      #expect(error.path == path)
      return error
    }
  }

  private static let name = "the name of a table"
  private static let ascii = "not ASCII"
  private static let deep = "lie within each other"

  private static let refused: [(text: String, line: Int, says: String)] = [
    // Table headers that begin with no key
    ("[^a]\n", 1, name), ("strict = true\n[^a]", 2, name), ("[\n", 1, name), ("[ \t#a]", 1, name), ("[[^a]]", 1, name),
    ("[ [[a]]", 1, name), ("[.a]", 1, name), ("[=", 1, name), ("[\u{e9}]", 1, name), ("[\u{a0}a]", 1, name),
    ("\u{feff}[^a]", 1, name), ("\r\n\r\n[+]\r\n", 3, name), ("[a\u{0}]", 1, "byte 0"),
    // What ends a value, where one should begin
    ("a = [}", 1, "']'"), ("a = [1, }", 1, "']'"), ("a = [\n# x\n [}]]", 3, "']'"), ("a = { b = [} }", 1, "']'"),
    ("a = [\u{2028}]", 1, ascii), ("a = [\u{85}]", 1, ascii), ("a = [1,\n\u{2029}]", 2, ascii),
    ("\u{e9} = 1", 1, ascii), ("a\u{e9} = 1", 1, ascii), ("a = \u{e9}", 1, ascii), ("a = 1\n[a]\u{a0}", 2, ascii),
    // Times of one digit, and dates that are longer than what the parser remembers
    ("a = 2020-01-01 1\n", 1, "1979"), ("a = [2020-01-01 1]", 1, "1979"), ("a = { b = 2020-01-01 1}", 1, "1979"),
    ("a = 2_020-01-01 1,", 1, "1979"), ("\n\na = 2020-01-01 1#", 3, "1979"), ("a = 2020-01-01 1\u{a0}", 1, "1979"),
    ("a = 2020-01-01T:1", 1, "1979"), ("a = [ 2020-01-01t-1:00 ]", 1, "1979"), ("a = 2020-01-01T", 1, "1979"),
    ("a = 2020-01-01" + String(repeating: "_", count: 117) + " 12:00:00", 1, "100"),
    ("a = [2020-0" + String(repeating: "_", count: 117) + "1-01 , 1]", 1, "100"),
    ("a = { b = " + String(repeating: "1", count: 101) + " }", 1, "100"),
    // More than the stack
    ("a" + String(repeating: ".a", count: 60_000) + " = 1", 1, deep),
    ("[" + String(repeating: "a.", count: 60_000) + "a]", 1, deep),
    ("a = " + String(repeating: "[", count: 60_000), 1, deep),
    ("a = " + String(repeating: "{a.b=", count: 40_000), 1, deep),
    ("[" + String(repeating: "a.", count: 300) + "a]\na" + String(repeating: ".a", count: 300) + " = 1", 2, deep),
    ("a = " + String(repeating: "[", count: 250) + "{a" + String(repeating: ".a", count: 300) + "=1}", 1, deep),
    // What would end the text for the parser
    ("strict = true\n\u{0}nonsense", 2, "byte 0"), ("# \u{0}", 1, "byte 0"), ("a = \"\u{0}\"", 1, "byte 0"),
  ]

  @Test(arguments: refused) func `what the parser asserts is an error in a line`(
    refused: (text: String, line: Int, says: String)
  ) throws {
    let error = try #require(try complaint(refused.text))
    #expect(error.place == "line \(refused.line)" && error.problem.contains(refused.says), "\(error)")
  }

  /// All that a document can be made of, in pieces that go together.
  private static let pieces: [String] = [
    "", "# [^a]", "\t # }\r", "\r", "key = 1 # [^", "\"[^a]\" = 1", "'[^a\\' = 1", "a.'b'.\"c\\\"\" . d\t=\t1",
    "[a-b_C.\"[^\".'}'.0]# [^", "[ a . b ]", "[[a]]\n[[a]]\n[a.b]", "[[\"]\"]]", "[\"\"]",
    #"a = "\"[^a]\\""#, #"a = '\'"#, #"a = """#, #"a = ''"#, "a = \"\u{2028}}\"",
    "a = \"\"\"\n[^a]\n\"\"\"", "a = \"\"\"\"\"\"", "a = '''\n[^a]\n'''", "a = '''''''", "a = ''''''''",
    "a = \"\"\"\"\"\"\"\"", "a = \"\"\"x\"\"y\"\"\"\"", "a = \"\"\"\\\"\"\"\\\\\"\"\"", "a = '''\\'''",
    "a = \"\"\"\\\n   \\\r\n [^a] \\\"\"\"\"", "a = '''x''y'\n'''''", "a = \"\u{1f600}\" # \u{2028}",
    "a = true\nb = false", "a = -1_000\nb = +0\nc = 0xdead_beef\nd = 0o7\ne = 0b1", "a = -1.5e+10\nb = inf\nc = -nan",
    "a = 1979-05-27", "a = 1979-05-27 # 1", "a = 0." + String(repeating: "1", count: 98), "a = 1979-05-27 07:32:00",
    "a = 1979-05-27 07:32:00.5-07:00 # x",
    "a = 1979-05-27T07:32:00Z\nb = 07:32:00", "a = [ 1979-05-27 ,1979-05-27 07:32:00]",
    "a = []", "a = [\n1, # [^a]\n2,\r\n]", "a = [ [ '}' ], [], [{}] , ]", "a = [\"[}\", '''\n[}\n''', 1]",
    "a = {}", "a = { }", "a = [ { } , [ ] ]", "a = { b = { c.d = [ { } ] }, 'e}' = \"}\" }",
    "a = [\n  { b = [\n] },\n]",
    "a = " + String(repeating: "[", count: 200) + String(repeating: "]", count: 200),
    "a" + String(repeating: ".a", count: 400) + " = 1",
  ]

  @Test(arguments: pieces) func `valid TOML is read to its end`(piece: String) throws {
    #expect(try complaint("\(piece)\n[tool.truewheel]\nstrict = true\n") == nil)
    #expect(
      try complaint("[tool.truewheel]\nstrict = true\n[tool.other]\n\(piece.hasPrefix("[") ? "" : piece)\n") == nil)
    // Nothing before a mistake hides it.
    let lines = piece.utf8.count { $0 == UInt8(ascii: "\n") } + 1
    let error = try #require(try complaint("\(piece)\n[^a]"))
    #expect(error.place == "line \(lines + 1)" && error.problem.contains(Self.name), "\(error)")
  }

  @Test func `a file that would take the parser long is refused for its size`() throws {
    let settings = "strict = true\n#"
    let comment = String(repeating: "x", count: 256 << 10)
    #expect(try complaint(settings + comment, name: "truewheel.toml")?.problem.contains("256 KB") == true)
    #expect(try complaint(settings + comment.dropLast(settings.utf8.count), name: "truewheel.toml") == nil)
  }
}
