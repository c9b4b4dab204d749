import Foundation
import Testing

@testable import AuditReports
@testable import WheelAudit

/// A workflow command as the runner of GitHub Actions reads it from a line.
struct WorkflowCommand: Equatable {
  var name: String
  var properties: [String: String]
  var data: String

  init(name: String, properties: [String: String], data: String) {
    self.name = name
    self.properties = properties
    self.data = data
  }

  /// The line up to the second `::` holds the name, a space and properties; commas part them, and the first `=` parts
  /// name and value.
  init?(_ line: String) {
    guard line.hasPrefix("::"), let end = line.dropFirst(2).range(of: "::") else { return nil }
    let head = line[line.index(line.startIndex, offsetBy: 2)..<end.lowerBound]
    let parts = head.split(separator: " ", maxSplits: 1)
    name = parts.first.map(String.init) ?? ""
    properties = [:]
    for property in parts.dropFirst().first?.split(separator: ",") ?? [] {
      let pair = property.split(separator: "=", maxSplits: 1)
      if pair.count == 2 { properties[String(pair[0])] = Self.unescape(pair[1], ["%0D", "%0A", "%3A", "%2C", "%25"]) }
    }
    data = Self.unescape(line[end.upperBound...], ["%0D", "%0A", "%25"])
  }

  /// Percent comes last, so that what it escapes is not unescaped again.
  private static func unescape(_ text: some StringProtocol, _ escapes: [String]) -> String {
    escapes.reduce(String(text)) { text, escape in
      text.replacingOccurrences(of: escape, with: escape.removingPercentEncoding ?? "")
    }
  }
}

@Suite struct GitHubReportTests {
  @Test(arguments: Sample.oddNames) func `the runner reads back every finding`(name: String) throws {
    let wheels = Sample.oddWheels(name)
    let lines = GitHubReport().render(Sample.report(wheels)).split(separator: "\n", omittingEmptySubsequences: false)
    let commands = lines.dropLast().map { WorkflowCommand(String($0)) }
    let names: [Finding.Severity: String] = [.error: "error", .warning: "warning", .note: "notice"]
    // Nothing of these can be told together. The first of each kind on a wheel comes with it, the others at the end; the
    // worst comes first.
    let bySeverity = Finding.Severity.allCases.sorted().map { severity in
      wheels.map { wheel in wheel.findings.filter { $0.severity == severity }.map { (wheel, $0) } }
    }
    let findings =
      wheels.indices.flatMap { wheel in bySeverity.flatMap { $0[wheel].prefix(1) } }
      + bySeverity.flatMap { $0.flatMap { $0.dropFirst() } }
    let expected = findings.map { wheel, finding in
      let place = finding.rule == .unreadable ? "" : finding.object.map { printable($0) + ": " } ?? ""
      let help = finding.help.map { "\nWhat to do: \(printable($0))" } ?? ""
      return WorkflowCommand(
        name: names[finding.severity] ?? "",
        properties: [
          "file": printable(wheel.path), "title": "\(finding.rule.definition.title) (\(finding.rule.rawValue))",
        ], data: place + printable(finding.message) + help)
    }
    #expect(commands == expected)
    #expect(lines.last == "")
  }

  @Test func `a name ends neither a property nor a line`() throws {
    let finding = Finding(.mixedLibc, .error, "100% a,b:c", help: "do it")
    let wheel = WheelReport(
      path: "a,b:c=100%.whl", status: .violations, audit: nil, findings: [finding], ignoredRules: [])
    let title = "object for the other libc (mixed-libc)"
    #expect(
      GitHubReport().render(Sample.report([wheel]))
        == "::error file=a%2Cb%3Ac=100%25.whl,title=\(title)::100%25 a,b:c%0AWhat to do: do it\n")
  }

  // MARK: Told together

  private func report(_ wheels: [String: [Finding]]) -> AuditReport {
    Sample.report(
      wheels.sorted { $0.key < $1.key }.map { path, findings in
        WheelReport(path: path, status: .violations, audit: nil, findings: findings, ignoredRules: [])
      })
  }

  private func commands(_ report: AuditReport) -> [WorkflowCommand] {
    GitHubReport().render(report).split(separator: "\n").compactMap { WorkflowCommand(String($0)) }
  }

  private func needing(_ library: String, _ objects: ClosedRange<Int>, _ severity: Finding.Severity = .error)
    -> [Finding]
  {
    objects.map {
      Finding(
        .externalLibrary, severity, "\(library) is nowhere", help: "bring \(library)", object: "\($0).so",
        library: library)
    }
  }

  @Test func `what is one thing to mend is one annotation`() {
    let symbols = [("b", "GLIBC_2.9"), ("c", "GLIBC_2.34"), ("d", "GLIBC_2.4")].map {
      (symbol: String, version: String) in
      Finding(
        .symbolVersion, .error, "\(symbol) is too new", help: symbol == "d" ? "avoid d" : "avoid both",
        orElse: "claim less", object: "1.so", library: "libc.so.6", symbol: symbol, version: version)
    }
    let found = commands(report(["a.whl": needing("libx.so", 1...7) + needing("liby.so", 3...3) + symbols]))
    #expect(
      found.map(\.data) == [
        "1.so and 6 more: libx.so is nowhere\nWhat to do: bring libx.so",
        "3.so: liby.so is nowhere\nWhat to do: bring liby.so",
        """
        1.so: c is too new
        Also: b@GLIBC_2.9, d@GLIBC_2.4.
        What to do:
        - b, c: avoid both
        - d: avoid d
        - or claim less
        """,
      ])
  }

  @Test func `what is to be pasted stands at the end of a line`() {
    func message(_ alternative: String?) -> String? {
      commands(
        report([
          "a.whl": [
            Finding(
              .mixedLibc, .error, "it is new", help: "paste it", paste: "f();", orElse: alternative, object: "1.so")
          ]
        ])
      ).first?.data
    }
    #expect(message(nil) == "1.so: it is new\nWhat to do: paste it: f();")
    #expect(message("claim less") == "1.so: it is new\nWhat to do:\n- paste it: f();\n- or claim less")
  }

  @Test(arguments: [(Finding.Severity.error, "error"), (.warning, "warning"), (.note, "notice")])
  func `there are as many as GitHub shows, and the last says how many more there are`(
    severity: Finding.Severity, name: String
  ) throws {
    // Notes of one rule are one, so each has a rule of its own.
    func findings(_ count: Int) -> [Finding] {
      Rule.allCases.prefix(count).map { Finding($0, severity, "about \($0.rawValue)", library: $0.rawValue) }
    }
    let limit = GitHubReport.limit
    #expect(commands(report(["a.whl": findings(limit)])).count == limit)
    #expect(commands(report(["a.whl": findings(limit)])).allSatisfy { $0.properties["file"] == "a.whl" })
    let found = commands(report(["a.whl": findings(15), "b.whl": findings(2), "c.whl": findings(12)]))
    #expect(found.count == limit && found.allSatisfy { $0.name == name })
    // Each wheel has its part: of those that come first on theirs the first are shown, and at once.
    let files = found.dropLast().compactMap { $0.properties["file"] }
    #expect(files.prefix(3) == ["a.whl", "b.whl", "c.whl"])
    #expect(["a.whl", "b.whl", "c.whl"].map { file in files.count { $0 == file } } == [4, 2, 3])
    let last = try #require(found.last)
    #expect(last.properties == ["title": "20 more \(name)s"])
    #expect(last.data.hasPrefix("They are on 2 wheels. ") && last.data.contains("--output text=FILE"))
  }

  @Test func `each kind has room of its own`() {
    let many = Finding.Severity.allCases.flatMap { severity in
      Rule.allCases.prefix(11).map { Finding($0, severity, "about \($0.rawValue)", library: $0.rawValue) }
    }
    #expect(
      commands(report(["a.whl": many])).map(\.name)
        == ["error", "warning", "notice"]
        + ["error", "warning", "notice"].flatMap { kind in
          Array(repeating: kind, count: GitHubReport.limit - 1)
        })
  }

  @Test func `a message is no longer than the runner takes`() throws {
    let long = Finding(.mixedLibc, .error, String(repeating: "é", count: 10_000))
    let data = try #require(commands(report(["a.whl": [long]])).first?.data)
    #expect(data.unicodeScalars.count == GitHubReport.messageLimit && data.hasSuffix("é…"))
  }
}
