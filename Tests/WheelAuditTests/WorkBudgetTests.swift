import BuildProfiles
import TestSupport
import Testing
import WheelAudit

/// What a wheel may cost is exact in every dimension: all of it, and not one more.
@Suite struct WorkBudgetTests {
  struct Dimension: Sendable, CustomTestStringConvertible {
    let limit: @Sendable (inout WorkLimits, Int) -> Void
    let spent: @Sendable (AuditWork) -> Int
    let words: String

    var testDescription: String { words }
  }

  private static let dimensions = [
    Dimension(
      limit: {
        $0.inflatedBytes = $1
        $0.inflatedBytesPerByte = 0
      }, spent: \.inflatedBytes, words: "bytes to inflate"),
    Dimension(limit: { $0.names = $1 }, spent: \.names, words: "names to look up"),
    Dimension(limit: { $0.facts = $1 }, spent: \.facts, words: "names to keep"),
    Dimension(limit: { $0.factBytes = $1 }, spent: \.factBytes, words: "bytes of names to keep"),
    Dimension(limit: { $0.steps = $1 }, spent: \.steps, words: "steps from object to object"),
    Dimension(limit: { $0.findings = $1 }, spent: \.findings, words: "findings"),
    Dimension(limit: { $0.findingBytes = $1 }, spent: \.findingBytes, words: "bytes of findings"),
  ]

  private func report(_ limit: (inout WorkLimits) -> Void = { _ in }) throws -> WheelReport {
    var options = Auditor.Options()
    limit(&options.work)
    return Auditor(Facts(), options: options).audit(path: try Fixture.wheel("overclaim"))
  }

  @Test(arguments: dimensions) func `a wheel that takes all there is gets its verdict`(_ dimension: Dimension) throws {
    let spent = dimension.spent(try report().work)
    #expect(spent > 0)
    #expect(try report { dimension.limit(&$0, spent) }.status == .violations)
  }

  @Test(arguments: dimensions) func `a wheel that takes more is refused, and why`(_ dimension: Dimension) throws {
    let limit = dimension.spent(try report().work) - 1
    let refused = try report { dimension.limit(&$0, limit) }
    #expect(refused.status == .unreadable && refused.audit == nil)
    let message = try #require(refused.findings.first?.message)
    #expect(message.contains("more than \(limit) \(dimension.words)"))
  }

  @Test func `an object that takes too much by itself is named`() throws {
    var options = Auditor.Options()
    options.work.names = 3
    let refused = try audit("manylinux_2_17_x86_64", ["demo/a.abi3.so": "modern.abi3.so"], options: options)
    #expect(refused.status == .unreadable && refused.findings.map(\.object) == ["demo/a.abi3.so"])
    #expect(refused.findings.first?.message.contains("more than 3 names to look up") == true)
  }
}
