import Foundation
import TestSupport
import Testing
import WheelAudit

@testable import AuditReports

/// Lines that keep to a width lose nothing but their length.
@Suite struct WrappingTests {
  private static let widths = [20, 40, 80, 200]
  private static let details = [TextStyle.Detail.silence, .problems, .full, .everything]

  private static func text(
    _ wheels: [WheelReport], _ detail: TextStyle.Detail, width: Int?, isColored: Bool = false
  ) -> String {
    TextReport(TextStyle(isColored: isColored, detail: detail, width: width)).render(Sample.report(wheels))
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  private static func words(_ text: some StringProtocol) -> [Substring] {
    Substring(text).split { $0 == " " || $0 == "\n" }
  }

  private static func withoutColor(_ text: String) -> String { text.replacing(/\u{1b}\[[0-9]+m/, with: "") }

  /// Fixtures, wheels with one fault each, and what fixtures do not show.
  private static func wheels() throws -> [WheelReport] {
    try Sample.allFixtures() + Sample.oddWheels + Sample.hostileNames.flatMap(Sample.wheels(named:))
      + Sample.wheels(of: [
        "several_versions.abi3.so", "external.abi3.so", "future_version.abi3.so", "withheld.abi3.so",
      ])
  }

  @Test(arguments: widths, details) func `no line is longer than the width, unless it is one word or to be pasted`(
    width: Int, detail: TextStyle.Detail
  ) throws {
    let wheels = try Self.wheels()
    let pasted = Set(wheels.flatMap(\.findingGroups).flatMap(\.block).map { "        \($0)"[...] })
    #expect(pasted.contains { $0.count > width } || width > 40)
    for isColored in [false, true] {
      let wrapped = Self.withoutColor(Self.text(wheels, detail, width: width, isColored: isColored))
      for line in Self.lines(wrapped) where line.count > width && !pasted.contains(line) {
        #expect(Self.words(line).count == 1, "\(line)")
      }
    }
  }

  @Test(arguments: widths, details) func `no word is lost, cut or moved`(width: Int, detail: TextStyle.Detail) throws {
    let wheels = try Self.wheels()
    let (whole, wrapped) = (Self.text(wheels, detail, width: nil), Self.text(wheels, detail, width: width))
    #expect(Self.words(wrapped) == Self.words(whole))
    #expect(Self.lines(wrapped).count >= Self.lines(whole).count)
    func ragged(_ text: String) -> Int { Self.lines(text).count { $0.last == " " } }
    #expect(ragged(wrapped) <= ragged(whole))
  }

  @Test(arguments: widths, details) func `colour changes no line and is cut nowhere`(
    width: Int, detail: TextStyle.Detail
  ) throws {
    let wheels = try Self.wheels()
    let colored = Self.text(wheels, detail, width: width, isColored: true)
    #expect(Self.withoutColor(colored) == Self.text(wheels, detail, width: width))
    let sequences = /\u{1b}\[[0-9]+m/
    let whole = Self.text(wheels, detail, width: nil, isColored: true)
    #expect(colored.matches(of: sequences).map(\.output) == whole.matches(of: sequences).map(\.output))
  }

  @Test(arguments: details) func `without a width, and with one that suffices, nothing changes`(
    detail: TextStyle.Detail
  ) throws {
    let wheels = try Self.wheels()
    let whole = Self.text(wheels, detail, width: nil)
    let longest = Self.lines(whole).map(\.count).max() ?? 0
    #expect(TextReport(TextStyle(isColored: false, detail: detail)).render(Sample.report(wheels)) == whole)
    #expect(Self.text(wheels, detail, width: longest) == whole)
    #expect(
      Self.text(wheels, detail, width: longest, isColored: true)
        == Self.text(wheels, detail, width: nil, isColored: true))
    if longest > 1 { #expect(Self.text(wheels, detail, width: longest - 1) != whole) }
  }

  // MARK: One line

  private static let broken: [(line: String, width: Int, lines: [String])] = [
    ("", 20, [""]),
    ("one two three", 13, ["one two three"]),
    ("one two three", 12, ["one two", "  three"]),
    ("  one two three", 8, ["  one", "    two", "    three"]),
    ("averylongword", 5, ["averylongword"]),
    ("a averylongword b", 5, ["a", "  averylongword", "  b"]),
    // The last column goes on below itself, if that leaves half the width.
    ("key  one two three", 13, ["key  one two", "     three"]),
    ("a much wider key  one two three", 24, ["a much wider key  one", "  two three"]),
    ("  key  value one  two three", 20, ["  key  value one", "    two three"]),
    // A word that is too long for below the column stands where there is more room.
    ("column  one elevenwords", 16, ["column  one", "  elevenwords"]),
    // Colour takes no room, and ends no word.
    ("\u{1b}[31mone two\u{1b}[0m three", 13, ["\u{1b}[31mone two\u{1b}[0m three"]),
    ("\u{1b}[31mone two\u{1b}[0m three", 7, ["\u{1b}[31mone two\u{1b}[0m", "  three"]),
    ("\u{1b}[1m\u{301}one\u{1b}[0m two three", 6, ["\u{1b}[1m\u{301}one\u{1b}[0m", "  two", "  three"]),
    ("\u{1b}[1m\u{301}one\u{1b}[0m two three", 7, ["\u{1b}[1m\u{301}one\u{1b}[0m two", "  three"]),
    // An empty last column leaves nothing behind.
    ("  key  a wide value  ", 16, ["  key  a wide", "    value"]),
    ("      ", 4, [""]),
  ]

  @Test(arguments: broken) func `a line is broken at spaces`(line: String, width: Int, lines: [String]) {
    #expect(wrapped(line, to: width) == lines)
    #expect(wrapped(line, to: nil) == [line])
  }
}
