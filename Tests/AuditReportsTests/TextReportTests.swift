import Foundation
import Testing

@testable import AuditReports
@testable import WheelAudit

@Suite struct TextReportTests {
  private func text(_ wheels: [WheelReport], _ detail: TextStyle.Detail = .full, isColored: Bool = false) -> String {
    TextReport(TextStyle(isColored: isColored, detail: detail)).render(Sample.report(wheels))
  }

  private func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test(arguments: Sample.hostileNames) func `a name takes one line, whatever is in it`(name: String) {
    for detail in [TextStyle.Detail.problems, .full, .everything] {
      let report = text(Sample.wheels(named: name), detail)
      #expect(lines(report).count == lines(text(Sample.wheels(named: "plain"), detail)).count)
      let scalars = report.unicodeScalars.filter { $0 != "\n" }
      #expect(scalars.allSatisfy { $0.properties.generalCategory != .control && !$0.properties.isBidiControl })
      #expect(!scalars.contains("\u{2028}") && !scalars.contains("\u{2029}"))
    }
  }

  @Test(arguments: Sample.hostileNames) func `a tree shows a name in one line, whatever is in it`(name: String) throws {
    func tree(_ name: String) throws -> String {
      let objects = try #require(Sample.wheel(named: name).audit?.objects)
      return TreeReport(TextStyle(isColored: false, detail: .full)).render(name, objects)
    }
    #expect(lines(try tree(name)).count == lines(try tree("plain")).count)
  }

  @Test(arguments: Sample.hostileNames) func `JSON brings every name back, and none to the terminal`(name: String)
    throws
  {
    struct Document: Decodable {
      struct Wheel: Decodable {
        struct Object: Decodable { let path: String }
        let objects: [Object]
      }
      let wheels: [Wheel]
    }
    let text = try JSONReport().render(Sample.report([Sample.wheel(named: name)]))
    let document = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
    #expect(document.wheels.flatMap(\.objects).map(\.path) == [name])
    let scalars = text.unicodeScalars.filter { $0 != "\n" }
    #expect(scalars.allSatisfy { $0.properties.generalCategory != .control && !$0.properties.isBidiControl })
  }

  @Test func `what is asked first is answered first`() throws {
    let report = text(try Sample.fixtures("overclaim"), .everything)
    let answers = [
      "breaks its claim", "broken", "minimal tag", "What breaks manylinux_2_17_x86_64",
      "What to do", "All that it requires", "Libraries its objects need",
      "Not judged",
    ]
    let places = try answers.map { try #require(report.range(of: $0)?.lowerBound) }
    #expect(places == places.sorted())
  }

  @Test func `a wheel that keeps its claims takes one line of check and its whole report in show`() throws {
    let wheels = try Sample.fixtures("honest")
    #expect(lines(text(wheels, .problems)).count == 2)
    #expect(lines(text(wheels, .full)).count > 2)
  }

  @Test func `many symbols are cut to three, none of them within its name, unless everything is asked for`() {
    let names = (1...1000).map { "symbol_number_\($0)" }
    func shown(_ detail: TextStyle.Detail) -> Set<String> {
      let words = text([Sample.oddWheels[0]], detail).split { !($0.isLetter || $0.isNumber || $0 == "_") }
      return Set(words.filter { $0.hasPrefix("symbol_") }.map(String.init))
    }
    #expect(shown(.full) == Set(names.sorted().prefix(3)))
    #expect(shown(.everything) == Set(names))
  }

  @Test func `colour changes nothing but colour`() throws {
    let wheels = try Sample.allFixtures()
    let colored = text(wheels, isColored: true)
    #expect(colored.replacing(/\u{1b}\[[0-9]+m/, with: "") == text(wheels))
  }

  @Test func `a name that no screen is wide enough for moves no other line`() {
    let long = String(repeating: "x", count: 1000)
    #expect(columns([["a", "b"], [long, "c"], ["de", "f"]], indent: 1) == [" a   b", " \(long)  c", " de  f"])
  }

  @Test func `a chain of any depth is in the tree, and no line begins far to the right`() throws {
    let chain = (0..<500).map { number in
      let needed = ObjectReport.Needed(library: "\(number + 1).so", resolution: .bundled, path: "\(number + 1).so")
      return ObjectReport(path: "\(number).so", soname: nil, isPythonExtension: false, needed: [needed])
    }
    for objects in [chain, chain.reversed()] {
      let tree = lines(TreeReport(TextStyle(isColored: false, detail: .full)).render("demo", objects))
      #expect(tree.allSatisfy { $0.prefix { $0 == " " }.count <= 100 })
      let libraries = tree.compactMap { $0.wholeMatch(of: /\s+(\d+)\.so  → .*/).map { Int($0.1) } }
      #expect(libraries.compactMap { $0 }.sorted() == Array(1...500))
    }
  }

  @Test func `objects that need each other in a ring are in the tree`() {
    func object(_ path: String, needs library: String) -> ObjectReport {
      let needed = ObjectReport.Needed(library: library, resolution: .bundled, path: library)
      return ObjectReport(path: path, soname: path, isPythonExtension: false, needed: [needed])
    }
    let objects = [
      object("ring-1.so", needs: "ring-2.so"), object("ring-2.so", needs: "ring-1.so"),
      object("start.so", needs: "other.so"),
    ]
    let tree = TreeReport(TextStyle(isColored: false, detail: .full)).render("demo", objects)
    for object in objects { #expect(tree.contains(object.path)) }
  }
}
