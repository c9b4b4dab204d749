import AuditReports
import Foundation
import TestSupport
import Testing
import WheelTags

@testable import WheelAudit

/// A small wheel in which a rule finds something, for the page of the rule.
struct RuleExample {
  var platform = "manylinux_2_17_x86_64"
  var objects = ["demo/module.abi3.so": "baseline.abi3.so"]
  var exclude: [String] = []
  var configure: @Sendable (inout WheelBuilder) throws -> Void = { _ in }

  /// The first finding of a rule in its example, and what it advises; nil for a rule without an example.
  static func text(of rule: Rule) throws -> String? {
    guard let wheel = try all[rule]?.audited() else { return nil }
    let finding = try #require(wheel.findings.first { $0.rule == rule }, "\(rule) finds nothing in its example")
    let report = WheelReport(
      path: wheel.path, status: wheel.status, audit: nil, findings: [finding], ignoredRules: [])
    return ConciseReport().render(Sample.report([report])) + (finding.help.map { "  → \($0)\n" } ?? "")
  }

  private func audited() throws -> WheelReport {
    var builder = WheelBuilder(platform: platform)
    for (path, object) in objects.sorted(by: { $0.key < $1.key }) { try builder.add(path, object: object) }
    try configure(&builder)
    var options = Auditor.Options()
    options.exclusions = exclude.map { Exclusion(pattern: $0, reason: "the driver brings it along") }
    options.date = Sample.date
    let folder = try TemporaryFolder()
    return try #require(Sample.audit([try builder.write(to: folder)], options).first)
  }

  private static func module(_ object: String) -> RuleExample {
    RuleExample(objects: ["demo/module.abi3.so": object])
  }

  private static let all: [Rule: RuleExample] = [
    .symbolVersion: module("modern.abi3.so"),
    .platformLibrary: RuleExample(
      platform: "manylinux_2_5_x86_64", objects: ["demo/module.abi3.so": "expat.abi3.so"]),
    .externalLibrary: module("external.abi3.so"),
    .restrictedSymbol: module("withheld.abi3.so"),
    .unversionedSymbol: module("unversioned.abi3.so"),
    .muslSymbol: RuleExample(
      platform: "musllinux_1_1_x86_64", objects: ["demo/module.abi3.so": "musl_qsort_r.abi3.so"]),
    .glibcSymbol: RuleExample(
      platform: "musllinux_1_2_x86_64", objects: ["demo/module.abi3.so": "musl_fortify.abi3.so"]),
    .instructionSet: module("isa_v3.abi3.so"),
    .pythonABI: module("pyfpe.abi3.so"),
    .libpython: module("links_libpython.abi3.so"),
    .relativeRelocations: module("relr.abi3.so"),
    .mixedLibc: module("musl_plain.abi3.so"),
    .foreignArchitecture: RuleExample { try $0.add("demo/other.abi3.so", object: "baseline.abi3.so", "aarch64") },
    .executableStack: module("executable_stack.abi3.so"),
    .notLoadable: module("static_tls.abi3.so"),
    .implausibleTag: RuleExample(platform: "manylinux_3_0_x86_64"),
    .pureTag: RuleExample(platform: "any"),
    .purelibObject: RuleExample { $0.rootIsPurelib = true },
    .tagMismatch: RuleExample { $0.tags = ["cp39-abi3-linux_x86_64"] },
    .tagImprovable: RuleExample(
      platform: "manylinux_2_39_x86_64", objects: ["demo/baseline.abi3.so": "baseline.abi3.so"]),
    .linuxTag: RuleExample(platform: "linux_x86_64"),
    .refusedTag: RuleExample(platform: "manylinux_2_36_loongarch64", objects: [:]) {
      try $0.add("demo/module.abi3.so", object: "baseline.abi3.so", "loongarch64")
    },
    .unreachableLibrary: RuleExample(objects: [
      "demo/module.abi3.so": "bundled_nopath.abi3.so", "demo.libs/libfoo-0a1b2c3d.so.1": "libfoo-0a1b2c3d.so.1",
    ]),
    .missingVersion: RuleExample(objects: [
      "demo/module.abi3.so": "missing_version.abi3.so", "demo/libversioned.so.1": "libversioned.so.1",
    ]),
    .commonSoname: RuleExample(objects: [
      "demo/module.abi3.so": "uses_bundled_stdcxx.abi3.so", "demo.libs/libstdc++.so.6": "bundled/libstdc++.so.6",
    ]),
    .excludedLibrary: RuleExample(objects: ["demo/module.abi3.so": "external.abi3.so"], exclude: ["libfoo.so.*"]),
    .weakVersion: module("weak_version.abi3.so"),
    .unjudgedObject: RuleExample(objects: ["demo/module.abi3.so": "baseline.abi3.so", "demo/part.o": "relocatable.o"]),
    .unjudgedTag: RuleExample(platform: "manylinux_2_17_x86_64.macosx_11_0_arm64"),
    .unreadable: RuleExample(objects: [:]) {
      $0.add("demo/module.abi3.so", Array(try Fixture.object("baseline.abi3.so").prefix(500)))
    },
  ]
}
