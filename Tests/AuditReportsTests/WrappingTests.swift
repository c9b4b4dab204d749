import AuditReports
import Testing
import WheelAudit

/// Reports for terminals of all widths.
@Suite struct WrappingTests {
  private func text(_ width: Int?, isColored: Bool = false) throws -> String {
    let wheels = try Sample.allFixtures() + [Sample.wheel(named: "näme/with-длинный-path.so")]
    return TextReport(TextStyle(isColored: isColored, detail: .everything, width: width)).render(Sample.report(wheels))
  }

  private func words(_ text: String) -> [Substring] { text.split { $0 == " " || $0 == "\n" } }

  private func withoutColor(_ text: String) -> String { text.replacing(/\u{1b}\[[0-9]+m/, with: "") }

  @Test(arguments: [20, 40, 80, 120, 200]) func `no line is longer than the terminal unless one word is`(width: Int)
    throws
  {
    for line in try text(width).split(separator: "\n") where line.count > width {
      #expect(words(String(line)).count == 1, "\(line)")
    }
  }

  @Test(arguments: [20, 40, 80, 120, 200]) func `no word is lost or cut`(width: Int) throws {
    #expect(try words(text(width)) == words(text(nil)))
  }

  @Test(arguments: [20, 80]) func `colour takes no room`(width: Int) throws {
    #expect(try withoutColor(text(width, isColored: true)) == text(width))
  }

  @Test func `what fits is left alone`() throws {
    #expect(try text(100_000) == text(nil))
  }
}
