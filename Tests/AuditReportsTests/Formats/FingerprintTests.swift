import Foundation
import Testing
import WheelTags

@testable import AuditReports
@testable import WheelAudit

@Suite struct FingerprintTests {
  private struct Log: Decodable {
    struct Run: Decodable { let results: [Result] }
    struct Result: Decodable { let partialFingerprints: [String: String] }
    let runs: [Run]
  }

  private func wheel(_ path: String, _ findings: [Finding]) -> WheelReport {
    WheelReport(path: path, status: .violations, audit: nil, findings: findings, ignoredRules: [])
  }

  private func fingerprints(_ wheel: WheelReport) throws -> [String] {
    let text = try SARIFReport().render(Sample.report([wheel]))
    let log = try JSONDecoder().decode(Log.self, from: Data(text.utf8))
    return try log.runs.flatMap(\.results).map { result in
      #expect(result.partialFingerprints["primaryLocationLineHash"] == result.partialFingerprints["truewheel/v1"])
      return try #require(result.partialFingerprints["truewheel/v1"])
    }
  }

  private static let findings = [
    Finding(
      .symbolVersion, .error, "one", object: "a.so", library: "l", symbol: "s", version: "v", tag: PlatformTag("t")),
    Finding(.mixedLibc, .error, "two", object: "b.so"),
  ]

  @Test func `a finding is known again under other words, in another order and in another folder`() throws {
    let reworded = Self.findings.reversed().map { finding in
      Finding(
        finding.rule, .warning, "said otherwise", help: "do otherwise", object: finding.object,
        library: finding.library, symbol: finding.symbol, version: finding.version, tag: finding.tag)
    }
    let before = try fingerprints(wheel("dist/a.whl", Self.findings))
    #expect(try fingerprints(wheel("/other/folder/a.whl", reworded)) == before.reversed())
  }

  /// The same finding but for one thing; absent is another thing than empty, and no text flows into the next.
  private static let different: [Finding] = [
    Finding(.symbolVersion, .error, "x", object: "ab", library: "c", symbol: "d", version: "e", tag: PlatformTag("f")),
    Finding(.muslSymbol, .error, "x", object: "ab", library: "c", symbol: "d", version: "e", tag: PlatformTag("f")),
    Finding(.symbolVersion, .error, "x", object: "a", library: "bc", symbol: "d", version: "e", tag: PlatformTag("f")),
    Finding(.symbolVersion, .error, "x", object: "ab", library: "cd", symbol: "", version: "e", tag: PlatformTag("f")),
    Finding(.symbolVersion, .error, "x", object: "ab", library: "cd", version: "e", tag: PlatformTag("f")),
    Finding(.symbolVersion, .error, "x", object: "ab", library: "c", symbol: "d", version: "ef", tag: PlatformTag("")),
    Finding(.symbolVersion, .error, "x", object: "ab", library: "c", symbol: "d", version: "e"),
    Finding(.symbolVersion, .error, "x", library: "ab", symbol: "c", version: "d", tag: PlatformTag("e")),
    Finding(.symbolVersion, .error, "x"),
  ]

  @Test func `what is about something else has another fingerprint`() throws {
    let one = try fingerprints(wheel("a.whl", Self.different))
    let other = try fingerprints(wheel("b.whl", Self.different))
    #expect(Set(one + other).count == 2 * Self.different.count)
  }

  @Test func `what is published stays as it is`() throws {
    let published = ["b0b9ac32d5b4528d84153e91ac98ca6d", "6e7a2f427cb3b57be0f48b8e08685ce6"]
    #expect(try fingerprints(wheel("a.whl", Self.findings)) == published)
  }

  /// From the specification's own table of results.
  @Test(arguments: [
    ("", "6c62272e07bb014262b821756295c58d"), ("a", "d228cb696f1a8caf78912b704e4a8964"),
    ("foobar", "343e1662793c64bf6f0d3597ba446f18"),
  ])
  func `the hash function is FNV-1a`(text: String, digits: String) {
    var hash = FNV1a128()
    hash.combine(text.utf8)
    #expect(hash.digits == digits)
  }
}
