import AuditReports
import Foundation
import Testing

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
    let expected = wheels.flatMap { wheel in
      wheel.findings.map { finding in
        let place = finding.rule == .unreadable ? "" : finding.object.map { printable($0) + ": " } ?? ""
        let help = finding.help.map { "\nWhat to do: \(printable($0))" } ?? ""
        return WorkflowCommand(
          name: names[finding.severity] ?? "",
          properties: [
            "file": printable(wheel.path), "title": "\(finding.rule.definition.title) (\(finding.rule.rawValue))",
          ], data: place + printable(finding.message) + help)
      }
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
}
