import AuditReports
import Foundation
import Testing
import WheelAudit

/// Names from wheels must not be commands to the program that runs a job and reads its log.
@Suite struct RunnerCommandsTests {
  private static let texts: [(text: String, shown: String)] = [
    ("::error::x", "\\u{3a}:error::x"),
    ("  ::error::x", "  \\u{3a}:error::x"),
    ("a\n\t::error::x\nb", "a\n\t\\u{3a}:error::x\nb"),
    ("::", "\\u{3a}:"), (":::", "\\u{3a}::"),
    // What cannot be seen hides nothing.
    ("\u{a0}\u{3000}::error::x", "\u{a0}\u{3000}\\u{3a}:error::x"),
    ("\u{ad}:\u{200b}:error::x", "\u{ad}\\u{3a}\u{200b}:error::x"),
    ("\u{fe0f}::error::x", "\u{fe0f}\\u{3a}:error::x"),
    ("\u{1b}[1m::error::x\u{1b}[0m", "\u{1b}[1m\\u{3a}:error::x\u{1b}[0m"),
    ("\u{1b}[31m:\u{1b}[0m:error::x", "\u{1b}[31m\\u{3a}\u{1b}[0m:error::x"),
    // The older form, and that of other runners, are commands wherever they stand.
    ("##[error]x", "\\u{23}#[error]x"), ("a.so: ##[error]x", "a.so: \\u{23}#[error]x"),
    ("a###[error]x", "a#\\u{23}#[error]x"), ("##\u{ad}[error]x", "\\u{23}#\u{ad}[error]x"),
    ("x ##vso[task.complete]y", "x \\u{23}#vso[task.complete]y"),
    ("##teamcity[x]", "\\u{23}#teamcity[x]"), ("##TeamCity[x]", "\\u{23}#TeamCity[x]"),
    ("::a\n##[b]\n::c", "\\u{3a}:a\n\\u{23}#[b]\n\\u{3a}:c"),
  ]

  @Test(arguments: texts) func `the first sign of a command is shown by its number`(text: String, shown: String) {
    #expect(withoutCommands(text) == shown)
  }

  @Test(arguments: [
    "", "\n", ":", "a", ": :x", ":\u{a0}:x", "# #[x]", "std::string", "  needs std::string", "a.so::error::x", ":x:",
    "## Heading",
    "### [x](y)",
    "# a\n#[b]", "#\n#[x]", "ä::b", "\u{1f600}", "\u{1b}", "\u{1b}[", "x\u{1b}[1m::y", "a # # [b]",
  ]) func `every other text stays as it is`(text: String) {
    #expect(withoutCommands(text) == text)
  }

  /// True for a line that a runner obeys.
  private static func isCommand(_ line: some StringProtocol) -> Bool {
    let seen = line.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }
    let text = String(String.UnicodeScalarView(seen.drop { $0.properties.isWhitespace }))
    return text.hasPrefix("::") || text.contains("##[") || text.contains("##vso[")
  }

  private static let names = [
    "::stop-commands::x", " ::error::x", "##[error]x", "##vso[task.complete]x", "demo/##[group]x", "\u{ad}::error::x",
  ]

  private static let forms: [(name: String, render: @Sendable (AuditReport) throws -> String)] = [
    ("json", { try JSONReport().render($0) }), ("jsonl", { try JSONLinesReport(Sample.basis).render($0) }),
    ("sarif", { try SARIFReport().render($0) }), ("gitlab", { try GitLabReport().render($0) }),
    ("junit", { JUnitReport().render($0) }), ("html", { HTMLReport().render($0) }),
  ]

  @Test(arguments: names) func `no form for programs has a line that is a command`(name: String) throws {
    let report = Sample.report(Sample.wheels(named: name))
    for form in Self.forms {
      let lines = try form.render(report).split(separator: "\n")
      #expect(lines.count > 1 || form.name == "jsonl")
      for line in lines { #expect(!Self.isCommand(line), "\(form.name): \(line)") }
    }
  }

  @Test(arguments: names) func `what JSON shows by numbers reads as it was`(name: String) throws {
    let text = try JSONReport().render(Sample.report([Sample.wheel(named: name)]))
    let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let wheels = try #require(document?["wheels"] as? [[String: Any]])
    let objects = try #require(wheels.first?["objects"] as? [[String: Any]])
    #expect(objects.first?["path"] as? String == name)
  }
}
