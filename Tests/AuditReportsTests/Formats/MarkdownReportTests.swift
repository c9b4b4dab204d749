import Foundation
import TestSupport
import Testing
import WheelTags

@testable import AuditReports
@testable import WheelAudit

@Suite struct MarkdownReportTests {
  /// What a reader of Markdown finds in a document.
  private struct Reading: Decodable {
    let kinds: Set<String>
    let tables: [[[String]]]
    let lists: [String]
    let headings: [String]

    init(_ document: String) throws {
      let folder = try TemporaryFolder()
      let file = try folder.write(Array(document.utf8), to: "report.md")
      let result = try Program.run("/usr/bin/python3", [Schema.file("markdown.py").path, file])
      try #require(result.status != 3, "no reader: install the Debian package python3-markdown-it, or run 'make test'")
      try #require(result.status == 0, "the reader failed: \(result.errors)")
      self = try JSONDecoder().decode(Reading.self, from: Data(result.output.utf8))
    }
  }

  /// What reports are made of; no HTML, no link, no image, no emphasis but the strong one of verdicts.
  private static let kinds: Set<String> = Set(
    ["heading", "paragraph", "table", "thead", "tbody", "tr", "th", "td", "bullet_list", "list_item", "strong"]
      .flatMap { ["\($0)_open", "\($0)_close"] } + ["inline", "text", "code_inline"])

  /// As a reader gets a text: in one line, without spaces at its ends.
  private func shown(_ text: String) -> String {
    printable(text).trimmingCharacters(in: .whitespaces)
  }

  /// The same in a table: a pipe behind a backslash is shown by its number.
  private func cell(_ text: String) -> String {
    shown(text).replacing(#"\|"#, with: #"\\u{7c}"#)
  }

  private func symbol(_ finding: Finding) -> String {
    let version = finding.version.map { finding.symbol == nil ? $0 : "@\($0)" } ?? ""
    return cell((finding.symbol ?? "") + version)
  }

  private func statuses(_ wheels: [WheelReport]) -> [WheelReport] {
    WheelReport.Status.worstFirst.flatMap { status in wheels.filter { $0.status == status } }
  }

  /// One name at a time, since all of them together are more than a comment may have.
  @Test(arguments: Sample.oddNames) func `every name comes out as it is, and none as Markdown or HTML`(name: String)
    throws
  {
    let wheels = statuses(Sample.oddWheels(name))
    let reading = try Reading(MarkdownReport().render(Sample.report(wheels)))
    #expect(reading.kinds.isSubset(of: Self.kinds) && reading.kinds.contains("table_open"))
    #expect(reading.tables.first?.dropFirst().map(\.first) == wheels.map { cell($0.file) })
    let listed = wheels.filter { $0.findings.contains { $0.severity != .note } }
    #expect(reading.headings.dropFirst() == listed.map { shown($0.file) }[...])
    #expect(reading.tables.count == listed.count + 1)
    for (table, wheel) in zip(reading.tables.dropFirst(), listed) {
      // Each of these is about something of its own.
      let expected = wheel.findings.map { finding in
        [
          finding.severity.rawValue, finding.rule.rawValue, cell(finding.library ?? ""), symbol(finding),
          cell(finding.object ?? ""), cell(finding.message),
        ]
      }
      #expect(Array(table.dropFirst()) == expected)
    }
    let help = listed.flatMap { wheel in
      wheel.findings.filter { $0.help != nil }.map { finding in
        let subject = (finding.symbol ?? finding.library ?? finding.object).map { printable($0) + ": " } ?? ""
        return shown(subject + shown(finding.help ?? ""))
      }
    }
    #expect(reading.lists.filter { !$0.isEmpty } == help)
  }

  @Test func `a report of real wheels is read as it is meant`() throws {
    let wheels = try Sample.allFixtures()
    let reading = try Reading(MarkdownReport().render(Sample.report(wheels)))
    #expect(reading.kinds == Self.kinds)
    #expect(reading.tables.first?.dropFirst().map(\.first) == statuses(wheels).map(\.file))
    let minimal = statuses(wheels).map { $0.audit?.verdict.minimalTag.spelling ?? "" }
    #expect(reading.tables.first?.dropFirst().map { $0[2] } == minimal)
  }

  private static let sentences: [(text: String, names: [String], markdown: String)] = [
    (
      "exp@GLIBC_2.29 of libm.so.6 (or 'a.so') needs glibc 2.29: see https://example.org, or ask.", ["libm.so.6"],
      "`exp@GLIBC_2.29` of `libm.so.6` (or 'a.so') needs glibc 2.29: see `https://example.org`, or ask."
    ),
    // Names are told apart from what is around them, whatever they hold.
    ("a name, with `ticks`, is bad", ["name, with `ticks`"], "a `` name, with `ticks` ``, is bad"),
    ("libx.so and libx.so.1, both", ["libx.so", "libx.so.1"], "`libx.so` and `libx.so.1`, both"),
    ("(a b) 'a b' a b; xa b a b_c", ["a b"], "(`a b`) '`a b`' `a b`; xa b a `b_c`"),
    ("a b=a b", ["a b"], "`a b=a b`"),
    // A call is one thing, and so is an option with its value.
    ("call syscall(SYS_getrandom, …) instead", [], "call `syscall(SYS_getrandom, …)` instead"),
    ("use __asm__(\".symver A,A@B\"); or not", [], "use `__asm__(\".symver A,A@B\")`; or not"),
    ("f_(never ends, a word", [], "`f_(never` ends, a word"),
    ("with --exclude 'a.so.*' or -lrt before it", [], "with `--exclude 'a.so.*'` or `-lrt` before it"),
    ("needs (GLIBC_2.34), not (a_b", [], "needs (`GLIBC_2.34`), not (`a_b`"),
    // So is a command at the end.
    ("tag it a_b: wheel tags --platform-tag a_b c d.whl", [], "tag it `a_b`: `wheel tags --platform-tag a_b c d.whl`"),
    // What GitHub would make a link of.
    (
      "see GH-12 and 0a1b2c3d, @me, #1, a@b.c or decade", [],
      "see `GH-12` and `0a1b2c3d`, `@me`, `#1`, `a@b.c` or decade"
    ),
    ("1. is no list", [], "`1`. is no list"), ("     five spaces", [], "five spaces"), ("", [], ""),
  ]

  @Test(arguments: sentences) func `words stay words, and all else becomes code`(
    text: String, names: [String], markdown: String
  ) {
    #expect(markdownSentence(text, naming: names) == markdown)
  }

  @Test func `a wheel with many findings lists the first`() throws {
    let findings = (1...1000).map {
      Finding(.externalLibrary, .error, "number \($0)", object: "a.so", library: "\($0).so")
    }
    let wheel = WheelReport(path: "a.whl", status: .violations, audit: nil, findings: findings, ignoredRules: [])
    let report = MarkdownReport().render(Sample.report([wheel]))
    #expect(try Reading(report).tables.last?.count == MarkdownReport.limit + 1)
    #expect(report.contains("950 more findings"))
  }

  @Test func `a library has one row, and what to do says for what it is`() throws {
    let objects = (1...7).map {
      Finding(.externalLibrary, .error, "libx.so is nowhere", help: "bring it", object: "\($0).so", library: "libx.so")
    }
    let symbols = [("b", "GLIBC_2.9"), ("c", "GLIBC_2.34")].map { (symbol: String, version: String) in
      Finding(
        .symbolVersion, .error, "\(symbol) is too new", help: "avoid it", orElse: "claim less", object: "1.so",
        library: "libc.so.6", symbol: symbol, version: version)
    }
    let notes = ["p", "q"].map { (name: String) in
      Finding(.commonSoname, .note, "\(name) is common", object: "\(name).so", library: name)
    }
    let wheel = WheelReport(
      path: "a.whl", status: .violations, audit: nil, findings: objects + symbols + notes, ignoredRules: [])
    let reading = try Reading(MarkdownReport().render(Sample.report([wheel])))
    #expect(
      reading.tables.last?.dropFirst() == [
        ["error", "external-library", "libx.so", "", "1.so and 6 more", "libx.so is nowhere"],
        [
          "error", "symbol-version", "libc.so.6", "b@GLIBC_2.9, c@GLIBC_2.34", "1.so",
          "c is too new (and 1 more like it)",
        ],
        ["note", "common-soname", "p and 1 more", "", "p.so and 1 more", "p is common (and 1 more like it)"],
      ])
    #expect(reading.lists == ["libx.so: bring it", "b, c: avoid it", "or claim less"])
  }

  @Test func `what is to be pasted is code: a line behind the advice, or a block`() throws {
    func report(_ pastes: [String]) -> String {
      let findings = pastes.enumerated().map { number, paste in
        Finding(
          .symbolVersion, .error, "\(number) is too new", help: "paste it", paste: paste, object: "1.so",
          library: "libc.so.6", symbol: "s\(number)", version: "GLIBC_2.34")
      }
      let wheel = WheelReport(path: "a.whl", status: .violations, audit: nil, findings: findings, ignoredRules: [])
      return MarkdownReport().render(Sample.report([wheel]))
    }
    #expect(report(["a `tick`"]).hasSuffix("\n- `s0`: paste it: `` a `tick` ``\n"))
    let several = report(["line one", "```", "# line <b>"])
    #expect(
      several.hasSuffix(
        """

        - `s0`, `s1`, `s2`: paste it:

          ````
          line one
          ```
          # line <b>
          ````

        """))
    #expect(try Reading(several).kinds.subtracting(Self.kinds) == ["fence"])
  }

  @Test func `what is the same for two claims is said once`() {
    let findings = ["manylinux_2_17_x86_64", "manylinux_2_28_x86_64"].map { tag in
      Finding(.externalLibrary, .error, "libx.so is nowhere", object: "1.so", library: "libx.so", tag: PlatformTag(tag))
    }
    let wheel = WheelReport(path: "a.whl", status: .violations, audit: nil, findings: findings, ignoredRules: [])
    #expect(wheel.joinedFindings.map(\.findings.count) == [1])
  }

  /// GitHub refuses comments beyond 65,536 characters.
  @Test(arguments: [1, 400, 3000]) func `a report is never too long for a comment`(count: Int) throws {
    let findings = (1...60).map {
      Finding(.externalLibrary, .error, "number \($0)", help: "mend \($0)", object: "a.so", library: "\($0).so")
    }
    let wheels = (1...count).map { number in
      WheelReport(
        path: "package_\(number)-1.0-cp39-abi3-manylinux_2_17_x86_64.whl",
        status: number % 2 == 0 ? .clean : .violations,
        audit: nil, findings: number % 2 == 0 ? [] : findings, ignoredRules: [])
    }
    let report = MarkdownReport().render(Sample.report(wheels))
    #expect(report.utf16.count <= 65_536 && report.utf8.count <= 65_536)
    let reading = try Reading(report)
    // The overview keeps half of it, so some wheel is always told of in full.
    #expect(reading.tables.count > 1 && reading.headings.count == reading.tables.count)
    let said = (reading.tables.first?.count ?? 0) - 1
    #expect(report.contains("And \(count - said) more wheels.") == (said < count))
    #expect(report.contains("There is no room here for what was found in") == (count > 1))
  }

  @Test func `names that are too long for a comment are left out`() throws {
    let long = String(repeating: "x", count: 70_000)
    let finding = Finding(.externalLibrary, .error, "\(long) is nowhere", object: "a.so", library: long)
    let wheel = WheelReport(path: "a.whl", status: .violations, audit: nil, findings: [finding], ignoredRules: [])
    let report = MarkdownReport().render(Sample.report([wheel]))
    #expect(report.utf8.count < 1000 && report.contains("There is no room here for what was found in 1 more wheel."))
  }

  @Test func `a clean run is a table and nothing else`() throws {
    let reading = try Reading(MarkdownReport().render(Sample.report(try Sample.fixtures("honest"))))
    #expect(reading.tables.count == 1 && reading.headings == ["Truewheel: 1 wheel, 1 clean"])
  }
}
