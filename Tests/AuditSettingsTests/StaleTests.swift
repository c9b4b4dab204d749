import AuditSettings
import BuildProfiles
import Foundation
import TestSupport
import Testing
import WheelAudit

/// Settings that no longer do anything are told, and only those.
@Suite struct StaleTests {
  /// What is said of settings after an audit with them of the fixture wheels that begin so.
  private func stale(
    _ keys: String, tables: [(name: String, keys: String)] = [], wheels: [String]
  ) throws -> [String] {
    let settings = try TOMLFile.own.settings(keys, tables: tables)
    let auditor = Auditor(Facts(), options: settings.auditorOptions)
    return settings.stale(in: try wheels.map { auditor.audit(path: try Fixture.wheel($0)) })
  }

  @Test(arguments: [
    ("release-floor", ["baseline.abi3.so", "modern.abi3.so"], []),
    ("release-floor", ["modern.abi3.so", "modern.abi3.so"], ["release-floor"]),
    // A single wheel shows nothing beside itself.
    ("release-floor", ["modern.abi3.so"], []),
  ]) func `a rule on releases is stale where several wheels of one show nothing`(
    rule: String, objects: [String], stale: [String]
  ) throws {
    let folder = try TemporaryFolder()
    let paths = try objects.enumerated().map { number, object in
      var wheel = WheelBuilder(platform: "manylinux_2_34_x86_64", python: "cp31\(number)", abi: "cp31\(number)")
      try wheel.add("demo/core.so", object: object)
      return try wheel.write(to: folder)
    }
    let settings = try TOMLFile.own.settings("ignore = [{ rule = \"\(rule)\", reason = \"x\" }]")
    let auditor = Auditor(Facts(), options: settings.auditorOptions)
    let report = AuditReport(
      toolVersion: "1", wheels: paths.map { auditor.audit(path: $0) }, options: settings.auditorOptions)
    #expect(
      settings.stale(in: report.wheels, releases: report.releases)
        == stale.map { "the rule '\($0)' need not be ignored any more: it finds nothing" })
  }

  private static let excluded = "exclude = [{ library = \"libm.so.*\", reason = \"x\" }]"
  private static let ignored = "ignore = [{ rule = \"symbol-version\", reason = \"x\" }]"
  private static let staleExclusion =
    "the exclusion of 'libm.so.*' no longer applies: no object needs such a library"
  private static let staleRule = "the rule 'symbol-version' need not be ignored any more: it finds nothing"

  private static let cases: [(keys: String, wheels: [String], stale: [String])] = [
    ("", ["overclaim"], []),
    (excluded, ["overclaim"], []),
    (ignored, ["overclaim"], []),
    (excluded, ["honest"], [staleExclusion]),
    (ignored, ["honest"], [staleRule]),
    (excluded + "\n" + ignored, ["honest"], [staleExclusion, staleRule]),
    // One wheel of the run is enough.
    (excluded + "\n" + ignored, ["honest", "overclaim", "pure"], []),
    // A wheel that was not audited says nothing.
    (excluded + "\n" + ignored, ["pure"], []),
    (excluded + "\n" + ignored, [], []),
    (
      "ignore = [{ rule = \"pure-tag\", reason = \"x\" }]\nselect = \"symbol-version\"", ["overclaim"],
      ["the rule 'pure-tag' need not be ignored any more: it finds nothing"]
    ),
    ("target = \"manylinux_2_28\"\nselect = \"pure-tag\"\nstrict = true", ["honest"], []),
  ]

  @Test(arguments: cases) func `an exclusion or ignored rule that meets nothing is told`(
    keys: String, wheels: [String], stale: [String]
  ) throws {
    #expect(try self.stale(keys, wheels: wheels) == stale)
  }

  private static let sections: [(pattern: String, wheels: [String], stale: [String])] = [
    ("overclaim-*", ["overclaim"], []),
    ("overclaim-*", ["overclaim", "honest"], []),
    ("honest-*", ["honest", "overclaim"], [staleExclusion, staleRule]),
    ("*", ["honest", "overclaim"], []),
    // No wheel of the run has such a name, so nothing is known of its entries.
    ("other-*", ["honest", "overclaim"], ["this pattern matches no wheel of the run"]),
    ("other-*", ["pure"], ["this pattern matches no wheel of the run"]),
    ("other-*", [], []),
    ("pure-*", ["honest", "pure"], []),
  ]

  @Test(arguments: sections) func `of a section only the wheels that match it count`(
    pattern: String, wheels: [String], stale: [String]
  ) throws {
    let tables = [("wheels.\"\(pattern)\"", Self.excluded + "\n" + Self.ignored)]
    #expect(try self.stale("", tables: tables, wheels: wheels) == stale.map { "wheels.\"\(pattern)\": \($0)" })
  }

  @Test func `a rule that a skipped wheel needs ignored is not stale`() throws {
    let folder = try TemporaryFolder()
    var skipped = WheelBuilder(platform: "manylinux_2_17_x86_64")
    try skipped.add("demo/relocatable.o", object: "relocatable.o")
    let settings = try TOMLFile.own.settings("ignore = [{ rule = \"unjudged-object\", reason = \"x\" }]")
    let auditor = Auditor(Facts(), options: settings.auditorOptions)
    let reports = [try skipped.write(to: folder), try Fixture.wheel("honest")].map { auditor.audit(path: $0) }
    #expect(reports.map(\.status) == [.skipped, .clean])
    #expect(reports[0].ignoredRules == [.unjudgedObject])
    #expect(settings.stale(in: reports).isEmpty)
    #expect(settings.stale(in: [reports[0]]).isEmpty)
    #expect(settings.stale(in: [reports[1]]).count == 1)
  }
}
