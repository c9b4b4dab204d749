import Foundation
import Testing
import WheelTags

@testable import AuditReports
@testable import WheelAudit

/// Reports on many findings that all differ.
@Suite struct ManyFindingsTests {
  @Test func `each is told once, in its order`() {
    #expect(["b", "a", "b", "c", "a"].firstOccurrences() == ["b", "a", "c"])
    #expect([Int]().firstOccurrences() == [])
  }

  /// A wheel in which every symbol has a remedy of its own, and one that they share, twice each.
  private static func wheel(_ count: Int) -> WheelReport {
    let sample = Sample.wheel(named: "demo.so")
    let findings = (0..<count).flatMap { number in
      ["mend \(number)", "mend all"].flatMap { help in
        ["a.so", "b.so"].map { object in
          Finding(
            .symbolVersion, .error, "about \(number)", help: help, object: object, library: "libc.so.6",
            symbol: "symbol_\(number)", version: "GLIBC_2.34", tag: PlatformTag("manylinux_2_17_x86_64"))
        }
      }
    }
    return WheelReport(
      path: "demo.whl", status: .violations, audit: sample.audit, findings: findings, ignoredRules: [])
  }

  @Test func `every remedy is told once, and of one that many share how many do`() throws {
    let (count, report) = (1000, Sample.report([Self.wheel(1000)]))
    let junit = JUnitReport().render(report)
    let told = junit.matches(of: /What to do: (mend [a-z0-9]+)/).map { String($0.1) }
    // Two claims are broken by them: that of the name, and one without a tag of its own.
    let own = Array(told.prefix(count + 1))
    #expect(own.count == count + 1 && Set(own).count == count + 1 && own.first == "mend 0" && own[1] == "mend all")
    let markdown = MarkdownReport().render(report)
    #expect(markdown.matches(of: /\n- `symbol_[0-9]+`[^:]*: mend ([a-z0-9]+)/).count == MarkdownReport.limit)
    let text = TextReport(TextStyle(isColored: false, detail: .full)).render(report)
    #expect(text.contains("    → symbol_0: mend 0\n"))
    #expect(text.contains("    → symbol_0, symbol_1, symbol_2 and 997 more: mend all\n"))
    #expect(text.contains("    → and 996 more (-v shows all)\n"))
  }
}
