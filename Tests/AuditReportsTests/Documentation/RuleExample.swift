import Foundation
import TestSupport
import Testing
import WheelTags

@testable import AuditReports
@testable import WheelAudit

/// The smallest wheels in which a rule finds something, what mends them, and what they are then: for the page of the rule.
struct RuleExample {
  /// A wheel made of fixtures.
  struct Wheel {
    /// A shared library: an extension module would have to be called like the fixture.
    static let library = "demo/libdemo.so.1"

    var platform = "manylinux_2_17_x86_64"
    /// Fixture objects by their paths, with their architecture before a slash where it is not that of the wheel.
    var objects = [library: "baseline.abi3.so"]
    var architecture = "x86_64"
    var python = "cp39"
    var variant: String?
    var exclude: [String] = []
    /// What is to be said of it besides, in Markdown.
    var remark = ""
    var configure: @Sendable (inout WheelBuilder) throws -> Void = { _ in }

    fileprivate func audited(_ rule: Rule) throws -> WheelReport {
      var builder = WheelBuilder(
        platform: platform, python: python, abi: python == "cp39" ? "abi3" : python, variant: variant)
      for (path, object) in objects.sorted(by: { $0.key < $1.key }) {
        let (architecture, name) = place(of: object)
        try builder.add(path, object: name, architecture)
      }
      try configure(&builder)
      var options = Auditor.Options()
      options.date = Sample.date
      if rule.definition.group != nil { options.extraRules = [rule] }
      options.exclusions = exclude.map { Exclusion(pattern: $0, reason: "the driver brings it along") }
      let folder = try TemporaryFolder()
      return try #require(Sample.audit([try builder.write(to: folder)], options).first)
    }

    /// The wheel and its objects, in a sentence.
    fileprivate func sentence(_ report: WheelReport) -> String {
      let objects = objects.sorted { $0.key < $1.key }.map { path, object in
        let (architecture, name) = place(of: object)
        return "`\(path)`, which is `\(architecture)/\(name)`"
      }
      let parts = objects + (remark.isEmpty ? [] : [remark])
      return "`\(report.file)` with \(parts.joined(separator: ", and "))"
    }

    private func place(of object: String) -> (architecture: String, name: String) {
      let parts = object.split(separator: "/", maxSplits: 1).map(String.init)
      guard let first = parts.first, Fixture.architectures.contains(first) else { return (architecture, object) }
      return (first, parts.dropFirst().joined())
    }
  }

  let before: [Wheel]
  /// What was done, in Markdown.
  let change: String
  /// The same wheels then; empty where nothing is to be done.
  var after: [Wheel] = []

  /// Options of the command that the example is about.
  private func options(_ rule: Rule) -> String {
    let patterns = Set(before.flatMap(\.exclude)).sorted()
    let selected = rule.definition.group == nil ? "" : " --extend-select \(rule.rawValue)"
    return selected + patterns.map { " --exclude '\($0)=the driver brings it along'" }.joined()
  }

  /// The example of a rule: what the program prints, what it advises, and what it prints after that.
  static func text(of rule: Rule) throws -> String {
    let example = try #require(all[rule], "\(rule) has no example")
    let broken = try example.before.map { (wheel: $0, report: try $0.audited(rule)) }
    let report = Sample.report(broken.map(\.report))
    #expect(report.found.contains(rule), "\(rule) finds nothing in its example")
    let wheels = broken.map { $0.wheel.sentence($0.report) }.joined(separator: "; ")
    let advice = report.wheels.flatMap(\.findings).first { $0.rule == rule }.map { finding in
      [finding.remedy.map { "→ \($0)\n" }, finding.alternative.map { "→ or \($0)\n" }].compactMap { $0 }.joined()
    }
    let mended = try example.after.map { try $0.audited(rule) }
    let then = Sample.report(mended.isEmpty ? broken.map(\.report) : mended)
    #expect(mended.isEmpty || !then.found.contains(rule), "\(rule) still finds something")
    #expect(then.exitStatus == 0, "\(rule): \(ConciseReport().render(then))")
    return """
      \(RulePage.lines("Of the [fixtures](../../Fixtures/README.md): \(wheels)."))

      ```
      $ truewheel check --format concise\(example.options(rule)) *.whl; echo $?
      \(ConciseReport().render(report))\(report.exitStatus)
      ```
      \(advice.map { $0.isEmpty ? "" : "\nWhat it advises:\n\n```\n\($0)```\n" } ?? "")
      \(RulePage.lines(example.change))

      ```
      $ truewheel check\(example.options(rule)) *.whl; echo $?
      \(TextReport(TextStyle(isColored: false, detail: .problems)).render(then))\(then.exitStatus)
      ```

      """
  }
}

extension AuditReport {
  /// The rules that found something in a wheel or in a release.
  fileprivate var found: Set<Rule> {
    Set(wheels.flatMap { $0.findings.map(\.rule) } + releases.flatMap { $0.findings.map(\.rule) })
  }

  /// What `check` ends with.
  fileprivate var exitStatus: Int {
    if count(.unreadable) > 0 { return 2 }
    return count(.violations) > 0 ? 1 : 0
  }
}
