import Foundation
import TestSupport
import Testing
import WheelTags

@testable import AuditReports
@testable import WheelAudit

@Suite struct HTMLReportTests {
  /// Names that end a tag, an attribute, an entity, a style or a script; others break lines or reorder text.
  static let hostileNames =
    Sample.hostileNames + [
      "<script>alert(1)</script>", "</style><img src=x onerror=alert(1)>", "</script>", "</title>", "</svg>",
      "</details>",
      "<!--", "-->", "]]>", "<![CDATA[", "<?php", "&lt;", "&#60;", "\" onload=\"alert(1)", "' autofocus='", "nul\u{0}",
      "javascript:alert(1)", "${1}", "`", "\\", "\u{2067}right to left\u{2069}", "\u{feff}", "e\u{301}", "<\u{338}",
      "\"\u{301}", "&\u{20dd}",
    ]

  private func page(_ wheels: [WheelReport]) -> String {
    HTMLReport().render(Sample.report(wheels))
  }

  /// What is wrong with a page; empty when nothing is, and all texts are in it.
  private func complaints(about page: String, without texts: [String] = []) throws -> String {
    let folder = try TemporaryFolder()
    let file = try folder.write(Array(page.utf8), to: "page.html")
    let list = try folder.write([UInt8](JSONEncoder().encode(texts)), to: "texts.json")
    let script = Fixture.project.appending(path: "Tests/AuditReportsTests/HTML/parse.py").path
    let result = try Program.run("/usr/bin/python3", [script, file, list])
    try #require(result.errors.isEmpty, "the parser failed: \(result.errors)")
    return result.output
  }

  /// Everything that a page must say of a wheel.
  private func facts(of wheel: WheelReport) -> [String] {
    var facts =
      [wheel.file]
      + wheel.findings.flatMap {
        [$0.shownMessage, $0.remedy, $0.paste, $0.alternative, $0.object, $0.rule.rawValue]
      }.compactMap(\.self)
    facts += wheel.findings.flatMap { [$0.rule.definition.what, $0.rule.definition.why, $0.rule.definition.remedy] }
    guard let audit = wheel.audit else { return facts.map(printable) }
    facts += [audit.minimalTag?.spelling].compactMap(\.self) + audit.claims.map(\.tag.spelling)
    facts += audit.requirements.flatMap { requirement in
      [requirement.library, requirement.version, requirement.reason, requirement.floor.version?.description]
        .compactMap(\.self) + requirement.demands.flatMap { [$0.object] + $0.symbols.map(shown(symbol:)) }
    }
    facts += audit.objects.flatMap { [$0.path] + $0.needed.map(\.library) }
    return facts.map(printable)
  }

  @Test func `a page is well formed and says everything`() throws {
    let fixtures = try Sample.allFixtures()
    for wheels in [fixtures, Sample.oddWheels, [], [Self.largeWheel]] + fixtures.map({ [$0] }) {
      #expect(try complaints(about: page(wheels), without: wheels.flatMap(facts)) == "")
    }
  }

  @Test func `names of any kind stay names`() throws {
    let wheels = Self.hostileNames.flatMap(Sample.wheels)
    #expect(try complaints(about: page(wheels), without: wheels.flatMap(facts)) == "")
  }

  @Test(arguments: hostileNames) func `a name makes no tag, no attribute and no line`(name: String) {
    // Only where a long name may be broken is its own.
    let pages = [name, "plain"].map { page(Sample.wheels(named: $0)).replacing("<wbr>", with: "") }
    let (hostile, plain) = (pages[0], pages[1])
    for mark in ["<", ">", "\"", "\n"] as [Unicode.Scalar] {
      let counts = [hostile, plain].map { page in page.unicodeScalars.count { $0 == mark } }
      #expect(counts[0] == counts[1], "\(mark.debugDescription)")
    }
    let scalars = hostile.unicodeScalars.filter { $0 != "\n" }
    #expect(scalars.allSatisfy { $0.properties.generalCategory != .control && !$0.properties.isBidiControl })
  }

  @Test func `what is asked first is answered first`() throws {
    let page = page(try Sample.fixtures("overclaim"))
    let answers = [
      "breaks its claim", "Installers offer it", "manylinux_2_34_x86_64</code>", "Floor", "In the way",
      "What is wrong, and what to do", "Objects and profiles", "What it requires", ">Reach<", "Objects and libraries",
      "The rules explained",
    ]
    var place = try #require(page.range(of: "<main")).lowerBound
    for answer in answers {
      place = try #require(page.range(of: answer, range: place..<page.endIndex), "\(answer)").upperBound
    }
    #expect(page.contains("Without it the minimal tag would be <code>manylinux_2_31_x86_64</code>"))
  }

  @Test func `what a wheel that keeps its claim needs most is not in its way`() throws {
    let page = page(try Sample.fixtures("honest"))
    #expect(page.contains("<dt>Sets the floor</dt>"))
    #expect(!page.contains("In the way"))
  }

  @Test func `what is good to know is folded, and what is wrong is not`() throws {
    let page = page([Sample.oddWheels[1]])
    let warning = try #require(page.range(of: "the object is for another machine")).lowerBound
    let note = try #require(page.range(of: "libcuda.so.1 is not judged")).lowerBound
    let fold = try #require(page.range(of: "<summary>Good to know: 2 notes</summary>")).lowerBound
    #expect(warning < fold && fold < note)
  }

  @Test func `of many names one is shown`() throws {
    let page = page([Sample.oddWheels[0]])
    #expect(page.contains("<summary><code>symbol_number_1</code> and 999 more</summary>"))
    #expect(page.components(separatedBy: "symbol_number_1000\n").count == 2)
  }

  @Test func `of many kinds of findings the first are shown`() throws {
    let findings = (1...40).map {
      Finding(.externalLibrary, .error, "lib\($0).so is in no profile", help: "mend \($0)", object: "a.so")
    }
    let page = page([WheelReport(path: "a.whl", status: .violations, audit: nil, findings: findings, ignoredRules: [])])
    let fold = try #require(page.range(of: "<summary>28 more</summary>")).lowerBound
    #expect(try #require(page.range(of: "mend 12<")).lowerBound < fold)
    #expect(try #require(page.range(of: "mend 13<")).lowerBound > fold)
  }

  @Test func `what can be done instead about several things is said once`() throws {
    let page = page(try Sample.fixtures("overclaim"))
    let parts = page.components(separatedBy: "tag the wheel manylinux_2_34_x86_64")
    #expect(parts.count == 2)
    let last = try #require(page.range(of: "syscall(SYS_getrandom", options: .backwards)).lowerBound
    #expect(last < (try #require(page.range(of: "Or tag the wheel"))).lowerBound)
  }

  @Test func `what is to be pasted stands below what it is for`() throws {
    let page = page([
      WheelReport(
        path: "a.whl", status: .violations, audit: nil,
        findings: [
          Finding(
            .externalLibrary, .error, "libx.so is in no profile", help: "declare it", paste: "--exclude '<x>'",
            object: "a.so")
        ], ignoredRules: [])
    ])
    let help = try #require(page.range(of: "declare it")).lowerBound
    let block = try #require(page.range(of: "<code class=\"lines paste\">--exclude &#39;&lt;x&gt;&#39;</code>"))
    #expect(help < block.lowerBound)
  }

  @Test func `reach names what is left out, and folds the rest`() throws {
    let page = page(try Sample.fixtures("overclaim"))
    let out = try #require(page.range(of: "It does not run on:")).lowerBound
    let old = try #require(page.range(of: "<li>Debian 11 <small>glibc 2.31")).lowerBound
    let fold = try #require(page.range(of: "<summary>It runs on: ")).lowerBound
    let new = try #require(page.range(of: "<li>Debian 12 <small>glibc 2.36")).lowerBound
    #expect(out < old && old < fold && fold < new)
  }

  @Test(arguments: [
    ("short-name.so", "short-name.so"),
    ("numpy/linalg/_umath_linalg.so", "numpy/<wbr>linalg/<wbr>_umath_<wbr>linalg.so"),
    (
      "demo-1.0-cp39-abi3-manylinux_2_17_x86_64.whl",
      "demo-<wbr>1.0-<wbr>cp39-<wbr>abi3-<wbr>manylinux_2_17_<wbr>x86_64.whl"
    ),
    ("a/<b>/&_that_is_longer_than_that", "a/&lt;b&gt;/<wbr>&amp;_that_<wbr>is_longer_<wbr>than_<wbr>that"),
    ("-------------------------", "----<wbr>----<wbr>----<wbr>----<wbr>----<wbr>----<wbr>-"),
  ]) func `a long name may be broken between its words`(name: String, markup: String) {
    #expect(Markup.name(name).source == markup)
  }

  @Test func `what failed comes first, and is open where it is not much`() throws {
    let few = page(try Sample.fixtures("honest", "pure", "overclaim"))
    let rows = few.split(separator: "\n").filter { $0.hasPrefix("<tr data-status=") }
    #expect(rows.map { String($0.dropFirst(17).prefix { $0 != "\"" }) } == ["violations", "clean", "skipped"])
    #expect(few.contains("<details class=\"wheel\" open>"))
    let many = page(Array(repeating: try Sample.fixtures("overclaim"), count: 6).flatMap(\.self))
    #expect(!many.contains("<details class=\"wheel\" open>"))
    #expect(many.contains("<option value=\"violations\">6 with violations</option>"))
  }

  @Test func `several wheels are summed up, and only those in order are folded`() throws {
    let page = page(try Sample.fixtures("overclaim", "honest", "pure"))
    #expect(page.contains("<p>1 with violations, 1 clean, 1 skipped.</p>"))
    for (number, open) in [(1, " open"), (2, ""), (3, "")] {
      #expect(page.contains("<a href=\"#wheel-\(number)\">"))
      #expect(
        page.contains(
          "<section id=\"wheel-\(number)\" aria-labelledby=\"wheel-\(number)-title\">\n<details class=\"wheel\"\(open)>"
        ))
    }
  }

  @Test func `the same audit makes the same page`() throws {
    let wheels = try Sample.allFixtures() + [Self.largeWheel]
    let isSame = page(wheels) == page(wheels)
    #expect(isSame)
  }

  // MARK: The matrix

  @Test func `an object has a row with its floor, what is claimed and what lies above`() throws {
    let page = page(try Sample.fixtures("overclaim"))
    let row = try #require(
      page.split(separator: "\n").first { $0.contains("<th scope=\"row\"><span class=\"folder\">overclaim/") })
    let marks = row.split(separator: "</td>").dropFirst().compactMap { $0.last { "●✓·✗■".contains($0) } }
    // From 2.5 on: 2.12, the claimed 2.17, 2.24, 2.26, 2.27, 2.28 and 2.31 lack what 2.34 has.
    #expect(String(marks).hasPrefix("··✗✗✗✗✗✗●✓✓"))
    #expect(
      page.contains(
        "<th scope=\"col\" class=\"p claim\"><span class=\"version\" title=\"manylinux_2_17_x86_64\">2.17</span>"))
  }

  @Test func `an object whose stack newer systems refuse runs up to these`() throws {
    let page = page(try Sample.wheels(of: ["executable_stack.abi3.so"]))
    let row = try #require(
      page.split(separator: "\n").first { $0.contains("<th scope=\"row\"><span class=\"folder\">demo/") })
    #expect(row.contains("<td class=\"number\">2.5, below 2.41</td>"))
    let marks = row.split(separator: "</td>").dropFirst().compactMap { $0.last { "●✓·✗■".contains($0) } }
    // 2.5, 2.12, 2.17 and so on to 2.40; then 2.41, 2.42, 2.43 and 2.44.
    #expect(String(marks) == "●✓✓✓✓✓✓✓✓✓✓✓✓✓✓✗✗✗✗")
    #expect(page.contains("It needs glibc 2.5, below 2.41, and runs on"))
    #expect(page.contains("Without it the minimal tag would be <code>manylinux_2_5_x86_64</code>"))
  }

  @Test func `what no profile has gets a column of its own`() {
    #expect(page([Sample.wheel(named: "plain")]).contains("<span class=\"version\">no profile</span>"))
    #expect(page([Sample.wheel(named: "plain")]).contains(">■</td>"))
    #expect(!page([Sample.oddWheels[0]]).contains(">■</td>"))
  }

  // MARK: In a browser

  /// A wheel of 300 objects in a few folders, and one of every way to find a library.
  static let largeWheel: WheelReport = {
    let sample = Sample.wheel(named: "sample.so")
    let objects = (1...300).map { number in
      ObjectReport(
        path: "package/folder_\(number % 7)/module_\(number).so", soname: nil, isPythonExtension: true,
        needed: [
          .init(library: "libc.so.6", resolution: .platform, path: nil),
          .init(library: "sample.so", resolution: .bundled, path: "sample.so"),
          .init(library: "libexternal_\(number % 43).so.1", resolution: .external, path: nil),
        ])
    }
    guard let audit = sample.audit else { return sample }
    return WheelReport(
      path: "large.whl", status: .violations,
      audit: Audit(
        architecture: audit.architecture, architectures: [], libc: audit.libc, verdict: audit.verdict,
        claims: audit.claims,
        requirements: audit.requirements, objects: audit.objects + objects, graph: audit.graph,
        profiles: audit.profiles, reach: audit.reach),
      findings: sample.findings, ignoredRules: [])
  }()

  @Test func `a browser shows, filters, sorts and prints pages of all kinds, and has nothing to complain of`() throws {
    let pages = [
      "fixtures": try Sample.allFixtures(), "one": try Sample.fixtures("overclaim"), "odd": Sample.oddWheels,
      "hostile": Self.hostileNames.map(Sample.wheel), "large": [Self.largeWheel],
    ]
    let folder = try TemporaryFolder()
    let files = try pages.sorted { $0.key < $1.key }.map { try folder.write(Array(page($1).utf8), to: "\($0).html") }
    let script = Fixture.project.appending(path: "Tests/AuditReportsTests/HTML/browser.py").path
    let result = try Program.run("/usr/bin/python3", [script] + files)
    try #require(result.status != 3, "no browser: install the Debian package chromium, or run 'make test'")
    #expect(result.output == "")
    #expect(result.errors == "")
    #expect(result.status == 0)
  }

  @Test func `what no profile has breaks a claim of the other libc too`() throws {
    let folder = try TemporaryFolder()
    var builder = WheelBuilder(platform: "musllinux_1_2_x86_64")
    try builder.add("demo/external.abi3.so", object: "external.abi3.so")
    let wheel = try #require(Sample.audit([try builder.write(to: folder)]).first)
    #expect(wheel.audit?.libc == .glibc)
    #expect(page([wheel]).contains("in no profile <span class=\"badge bad\">✗ breaks the claim</span>"))
  }

  @Test func `what only a target lacks does not break the claim`() throws {
    var options = Auditor.Options()
    options.targets = [.tag(PlatformTag("manylinux_2_12_x86_64"))]
    let kept = page(Sample.audit([try Fixture.wheel("honest")], options))
    #expect(kept.contains("✗ breaks the target") && !kept.contains("✗ breaks the claim"))
    #expect(page(Sample.audit([try Fixture.wheel("overclaim")], options)).contains("✗ breaks the claim"))
  }
}
