import AuditReports
import Foundation
import TestSupport
import Testing
import WheelAudit

/// Compared with what auditwheel 6.8.2 itself says; `record.py` wrote that down.
@Suite struct AuditwheelReportTests {
  private static func expected() throws -> [String: [String: JSON]] {
    let file = Fixture.project.appending(path: "Tests/AuditReportsTests/Auditwheel/expected.json")
    return try JSONDecoder().decode([String: [String: JSON]].self, from: try Data(contentsOf: file))
  }

  private func rendered(_ wheel: WheelReport) throws -> [String: JSON] {
    try JSONDecoder().decode([String: JSON].self, from: Data(AuditwheelReport().render(wheel).utf8))
  }

  /// What a fixture wheel or, in a wheel of its own, a fixture object comes to.
  private func rendered(fixture: String) throws -> [String: JSON] {
    let isWheel = fixture.hasSuffix(".whl")
    let reports: [WheelReport]
    if isWheel {
      reports = try Sample.fixtures(fixture)
    } else {
      let folder = try TemporaryFolder()
      var wheel = WheelBuilder(platform: "manylinux_2_17_x86_64")
      try wheel.add("demo/\(fixture)", object: fixture)
      reports = Sample.audit([try wheel.write(to: folder)])
    }
    var result = try rendered(try #require(reports.first))
    // auditwheel 6.8.2 ends at 2.41; of later profiles there is nothing to compare.
    let upgrades = result["policy_upgrades"]?.members.filter { name, _ in
      !["2_42", "2_43", "2_44"].contains { name.hasPrefix("manylinux_\($0)_") }
    }
    if let upgrades { result["policy_upgrades"] = .object(upgrades) }
    return result
  }

  /// Where the two differ on purpose, and in which keys.
  private static let differences: [String: Set<String>] = [
    // A version needed of the loader is glibc's; auditwheel passes over it.
    "loader_version.abi3.so": ["overall_tag", "sym_tag", "versioned_symbols"],
    // The loader waives a weak version need; auditwheel counts it.
    "weak_version.abi3.so": ["overall_tag", "sym_tag", "versioned_symbols"],
    // auditwheel looks for versions by the section headers, which the loader does without.
    "no_sections.abi3.so": ["overall_tag", "sym_tag", "versioned_symbols"],
    // DT_RELR without its marker version, which auditwheel looks for alone.
    "relr.abi3.so": ["overall_tag"],
    // auditwheel takes the version of the host's musl, or the newest.
    "musl-1.0-cp39-abi3-musllinux_1_2_x86_64.whl": ["overall_tag", "sym_tag"],
    // The same key with other words.
    "pure-1.0-py3-none-any.whl": ["error"],
  ]

  @Test(arguments: try expected().keys.sorted()) func `keys and values are those of auditwheel`(fixture: String) throws
  {
    let theirs = try #require(try Self.expected()[fixture])
    let ours = try rendered(fixture: fixture)
    #expect(Set(ours.keys) == Set(theirs.keys))
    let differing = theirs.keys.filter { ours[$0] != theirs[$0] }
    #expect(Set(differing) == Self.differences[fixture, default: []])
  }

  @Test func `every fixture wheel is compared`() throws {
    let names = try Fixture.wheels().map { URL(filePath: $0).lastPathComponent }
    #expect(Set(names).subtracting(try Self.expected().keys) == [])
  }

  @Test func `a wheel that cannot be audited has a version, a name and an error`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([], to: "empty-1.0-py3-none-any.whl")
    let report = try rendered(try #require(Sample.audit([path]).first))
    #expect(Set(report.keys) == ["version", "wheel", "error"])
    #expect(report["wheel"] == .string("empty-1.0-py3-none-any.whl"))
  }
}
