import Testing

@testable import AuditReports
@testable import WheelAudit

@Suite struct LibraryPictureTests {
  private typealias Needed = ObjectReport.Needed

  private func object(_ path: String, _ needed: [Needed], isPythonExtension: Bool = false) -> ObjectReport {
    ObjectReport(path: path, soname: nil, isPythonExtension: isPythonExtension, needed: needed)
  }

  private func bundled(_ path: String) -> Needed { Needed(library: path, resolution: .bundled, path: path) }

  private func platform(_ library: String) -> Needed { Needed(library: library, resolution: .platform, path: nil) }

  private func columns(_ picture: LibraryPicture) -> [[String]] {
    picture.columns.map { $0.map { picture.nodes[$0] }.filter { $0.kind != .waypoint }.map(\.label).sorted() }
  }

  @Test func `what loads stands left of what is loaded, and the system at the right`() {
    let picture = LibraryPicture([
      object("a/z.so", [platform("libc.so.6")]),
      object("a/b.so", [bundled("a/z.so"), platform("libc.so.6")]),
      object("a/c.so", [bundled("a/b.so"), bundled("a/z.so")], isPythonExtension: true),
    ])
    #expect(columns(picture) == [["c.so"], ["b.so"], ["z.so"], ["libc.so.6"]])
    for edge in picture.edges { #expect(picture.nodes[edge.from].column < picture.nodes[edge.to].column) }
    #expect(picture.edges.map(\.route.count).sorted() == [2, 2, 2, 3, 3])
  }

  @Test func `no two nodes of a column overlap`() {
    let objects = (0..<40).map { object("\($0).so", [bundled("\($0 / 2).so"), platform("lib\($0 % 5).so")]) }
    let picture = LibraryPicture(objects)
    for column in picture.columns {
      let nodes = column.map { picture.nodes[$0] }
      for (upper, lower) in zip(nodes, nodes.dropFirst()) { #expect(upper.top + upper.height <= lower.top) }
    }
  }

  @Test func `objects that need each other in a ring have their places`() {
    let picture = LibraryPicture([
      object("1.so", [bundled("2.so")]), object("2.so", [bundled("1.so")]), object("3.so", [bundled("3.so")]),
    ])
    #expect(columns(picture).flatMap(\.self).sorted() == ["1.so", "2.so", "3.so"])
    #expect(picture.edges.count == 2)
  }

  @Test func `many objects that need the same are one node, and name them all`() {
    let needed = [platform("libc.so.6"), Needed(library: "libx.so", resolution: .external, path: nil)]
    let few = (1...60).map { object("\($0).so", needed) }
    #expect(LibraryPicture(few).nodes.count == 62)
    let many = LibraryPicture(few + [object("61.so", needed)])
    #expect(many.nodes.map(\.label).sorted() == ["61 objects", "libc.so.6", "libx.so"])
    #expect(many.nodes.first?.names.count == 61)
  }

  @Test func `a chain of any length ends, and what is too large is not drawn`() {
    let chain = (0..<400).map { object("\($0).so", [bundled("\($0 + 1).so")]) } + [object("400.so", [])]
    #expect(LibraryPicture(chain).columns.count <= 14)
    let long = (0..<100_000).map { object("\($0).so", [bundled("\($0 + 1).so")]) }
    #expect(LibraryPicture(long).isTooLarge)
    #expect(LibraryPicture([]).nodes.isEmpty)
  }
}
