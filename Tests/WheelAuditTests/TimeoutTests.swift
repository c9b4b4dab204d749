import BuildProfiles
import TestSupport
import Testing
import WheelArchive
import WheelTags

@testable import WheelAudit

/// A wheel that takes too long is refused, and the run goes on.
@Suite struct TimeoutTests {
  private static func options(_ limit: TimeLimit) -> Auditor.Options {
    var options = Auditor.Options()
    options.timeout = limit
    return options
  }

  private static func audit(_ names: [WheelName], _ limit: TimeLimit, jobs: Int = 1) -> [WheelReport] {
    Auditor(Facts(), options: options(limit)).audit(names, jobs: jobs)
  }

  /// Every look at the clock is one at which the time may be over.
  @Test func `wherever the time is over, the wheel is refused by name`() throws {
    let name = WheelName(path: try Fixture.wheel("overclaim"))
    let plenty = Looks()
    let expected = try #require(Self.audit([name], plenty.limit(after: 1_000_000)).first)
    #expect(expected.status == .violations)
    let needed = plenty.made - 1
    #expect(needed > 5)
    #expect(Self.audit([name], Looks().limit(after: needed)).map(\.said) == [expected.said])
    for looks in 0..<needed {
      let limit = Looks().limit(after: looks)
      let report = try #require(Self.audit([name], limit).first)
      #expect(report.status == .unreadable && report.audit == nil && report.said == ["error unreadable"])
      let message = report.findings.first?.message
      #expect(message == "cannot audit the wheel: it took longer than \(looks).5 s, the limit 'timeout'")
      #expect(report.findings.first?.help?.contains("--timeout") == true)
    }
  }

  /// The time of each begins when it is opened: the second has as much as the first.
  @Test(arguments: [1, 3]) func `the time is that of one wheel`(jobs: Int) throws {
    let name = WheelName(path: try Fixture.wheel("overclaim"))
    let clock = Looks()
    _ = Self.audit([name], clock.limit(after: 1_000_000))
    let names = Array(repeating: name, count: 4)
    // With several jobs the looks of several wheels are one clock's.
    let enough = Looks().limit(after: jobs == 1 ? clock.made : names.count * clock.made)
    #expect(Self.audit(names, enough, jobs: jobs).map(\.status) == Array(repeating: .violations, count: 4))
  }

  @Test func `after a wheel that takes too long the next gets its verdict`() throws {
    let folder = try TemporaryFolder()
    var large = WheelBuilder(platform: "manylinux_2_17_x86_64")
    for number in 0..<400 { try large.add("demo/m\(number)/a.abi3.so", object: "baseline.abi3.so") }
    let names = [try large.write(to: folder), try Fixture.wheel("honest")].map { WheelName(path: $0) }
    let small = Looks()
    _ = Self.audit([names[1]], small.limit(after: 1_000_000))
    let reports = Self.audit(names, Looks().limit(after: 2 * small.made))
    #expect(reports.map(\.status) == [.unreadable, .clean])
  }

  @Test(arguments: [1024, 5000]) func `steps look at the clock`(steps: Int) throws {
    var budget = WorkBudget(WorkLimits(), archiveSize: 0, Looks().limit(after: 0).start())
    for _ in 0..<1023 { try budget.draw(steps: 1) }
    #expect(throws: OverBudget.self) { try budget.draw(steps: steps) }
  }

  @Test func `findings look at the clock`() throws {
    var budget = WorkBudget(WorkLimits(), archiveSize: 0, Looks().limit(after: 0).start())
    for _ in 0..<15 { try budget.draw(findings: 1, bytes: 1) }
    #expect(throws: OverBudget.self) { try budget.draw(findings: 1, bytes: 1) }
  }
}
