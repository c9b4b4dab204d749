import Testing
import WheelTags

@testable import AuditReports
@testable import WheelAudit

@Suite struct LibraryPictureTests {
  private typealias Needed = ObjectReport.Needed

  private func object(_ path: String, _ needed: [Needed], isPythonExtension: Bool = false) -> ObjectReport {
    ObjectReport(path: path, soname: nil, isPythonExtension: isPythonExtension, needed: needed)
  }

  private func bundled(_ path: String) -> Needed { Needed(library: path, resolution: .bundled, path: path) }

  private func platform(_ library: String) -> Needed { Needed(library: library, resolution: .platform, path: nil) }

  private func external(_ library: String) -> Needed { Needed(library: library, resolution: .external, path: nil) }

  private func error(_ object: String) -> Finding { Finding(.symbolVersion, .error, "too new", object: object) }

  /// What is in the boxes of each column.
  private func columns(_ picture: LibraryPicture) -> [[String]] {
    picture.columns.map { $0.map { picture.nodes[$0].names.joined(separator: " ") }.sorted() }
  }

  @Test func `what is missing stands left, and beside it what leads to it over the shortest way`() {
    let picture = LibraryPicture(
      [
        object("a/c.so", [bundled("a/b.so"), platform("libc.so.6")], isPythonExtension: true),
        object("a/b.so", [external("libx.so"), platform("libc.so.6")]),
        object("a/d.so", [bundled("a/c.so"), bundled("a/b.so")]),
        object("a/e.so", [bundled("a/c.so")]),
        object("a/sound.so", [platform("libc.so.6")]),
      ], [])
    #expect(columns(picture) == [["libx.so"], ["a/b.so"], ["a/c.so", "a/d.so"], ["a/e.so"]])
    for edge in picture.edges { #expect(picture.nodes[edge.from].column == picture.nodes[edge.to].column + 1) }
    #expect(picture.edges.count == 4)
  }

  @Test func `a flawed object stands left where others need it`() {
    let objects = [object("a.so", [bundled("b.so")]), object("b.so", []), object("c.so", [])]
    #expect(columns(LibraryPicture(objects, [error("b.so"), error("c.so")])) == [["b.so"], ["a.so"]])
    #expect(LibraryPicture(objects, [error("c.so")]).nodes.isEmpty)
    #expect(LibraryPicture(objects, [error("c.so")]).hasProblems)
    let note = Finding(.commonSoname, .note, "a common name", object: "b.so")
    #expect(!LibraryPicture(objects, [note]).hasProblems)
  }

  @Test func `what the user does not want to hear of is no problem`() {
    let objects = [object("a.so", [external("libx.so")])]
    #expect(LibraryPicture(objects, []).hasProblems)
    #expect(!LibraryPicture(objects, [], ignoring: [.externalLibrary]).hasProblems)
  }

  @Test func `no two boxes of a column overlap`() {
    let objects = (0..<40).map { object("\($0).so", [bundled("\($0 / 2).so"), external("lib\($0 % 5).so")]) }
    let picture = LibraryPicture(objects, [])
    #expect(picture.nodes.count > 5)
    for column in picture.columns {
      let nodes = column.map { picture.nodes[$0] }
      for (upper, lower) in zip(nodes, nodes.dropFirst()) { #expect(upper.top + upper.height <= lower.top) }
    }
  }

  @Test func `objects that need each other in a ring have their places`() {
    let picture = LibraryPicture(
      [
        object("1.so", [bundled("2.so")]), object("2.so", [bundled("1.so"), external("libx.so")]),
        object("3.so", [bundled("3.so"), external("libx.so")]),
      ], [])
    #expect(columns(picture) == [["libx.so"], ["2.so", "3.so"], ["1.so"]])
  }

  @Test func `libraries that the same objects need share a box and are all named`() throws {
    let picture = LibraryPicture([object("a.so", ["libx.so", "liby.so"].map(external))], [])
    let box = try #require(picture.nodes.first)
    #expect(box.lines == ["2 libraries", "libx.so", "liby.so"])
    #expect(box.note == "from nowhere")
  }

  @Test func `many objects of a folder that need the same share a box`() throws {
    let few = (1...36).map { object("a/b/\($0).so", [external("libx.so")]) }
    #expect(LibraryPicture(few, []).nodes.count == 37)
    let many = LibraryPicture(few + [object("a/c/37.so", [external("libx.so")])], [])
    #expect(many.nodes.map(\.lines) == [["libx.so"], ["36 objects"], ["37.so"]])
    #expect(many.nodes.map(\.note) == ["from nowhere", "a/b/", "a/c/"])
    #expect(many.nodes.map(\.objects.count) == [0, 36, 1])
  }

  @Test func `many folders share the boxes of those above them`() {
    let objects = (1...100).map { object("a/b\($0 % 2)/c\($0)/d.so", [external("libx.so")]) }
    #expect(LibraryPicture(objects, []).nodes.map(\.note) == ["from nowhere", "a/b1/", "a/b0/"])
  }

  @Test func `a picture of any wheel is one that can be taken in`() {
    let chain = (0..<400).map { object("\($0).so", [bundled("\($0 + 1).so")]) }
    let picture = LibraryPicture(chain + [object("400.so", [external("libx.so")])], [])
    #expect(columns(picture) == [["libx.so"], ["400.so"], ["399.so"], ["398.so"]])
    #expect(picture.furtherObjects == 398)
    let tangle = (0..<5000).map { object("\($0)/\($0).so", (0..<20).map { external("lib\($0 * $0 % 977).so") }) }
    let drawn = LibraryPicture(tangle, [])
    #expect(drawn.nodes.count { !$0.objects.isEmpty } <= 36 && drawn.edges.count <= 120)
    #expect(LibraryPicture([], []).nodes.isEmpty)
  }

  @Test(arguments: [
    ("short.so", ["short.so"]),
    (String(repeating: "x", count: 57), [String(repeating: "x", count: 56), "x"]),
    (String(repeating: "word_", count: 12), [String(repeating: "word_", count: 11), "word_"]),
  ]) func `a name is broken between its words and not cut`(name: String, lines: [String]) {
    #expect(LibraryPicture.wrapped(name) == lines)
  }

  @Test func `a name beyond measure is cut`() {
    let lines = LibraryPicture.wrapped(String(repeating: "x", count: 100_000))
    #expect(lines.count == 6 && lines.last?.hasSuffix("…") == true)
  }
}
