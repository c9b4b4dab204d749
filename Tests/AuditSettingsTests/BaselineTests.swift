import AuditSettings
import Foundation
import TestSupport
import Testing
import WheelTags

@testable import WheelAudit

@Suite struct BaselineTests {
  private static let wheel = "demo-1.0-cp39-abi3-manylinux_2_17_x86_64.whl"

  private static func report(
    _ findings: [Finding], on path: String = wheel, status: WheelReport.Status = .violations
  ) -> WheelReport {
    WheelReport(name: WheelName(path: path), status: status, audit: nil, findings: findings, ignoredRules: [])
  }

  private static func finding(
    _ rule: Rule = .symbolVersion, _ severity: Finding.Severity = .error, object: String? = "demo/a.so",
    library: String? = "libc.so.6", symbol: String? = "exp", version: String? = "GLIBC_2.29",
    tag: String? = "manylinux_2_17_x86_64"
  ) -> Finding {
    Finding(
      rule, severity, "in words", help: nil, object: object, library: library, symbol: symbol, version: version,
      tag: tag.map { PlatformTag($0) })
  }

  // MARK: Known again

  private static let hash = ("0a1b2c3d", "99887766")
  /// What a finding of one build is in the next: it is the same.
  private static let same: [(then: WheelReport, now: WheelReport)] = [
    (report([finding()]), report([finding()])),
    (report([finding()]), report([finding()], on: "demo-2.0-cp39-abi3-manylinux_2_17_x86_64.whl")),
    (report([finding()]), report([finding()], on: "demo-1.0-1-cp39-abi3-manylinux_2_17_x86_64.whl")),
    (report([finding()]), report([finding()], on: "dist/new/demo-1.0-cp39-abi3-manylinux_2_17_x86_64.whl")),
    (report([finding(library: "libfoo-0a1b2c3d.so")]), report([finding(library: "libfoo-99887766.so")])),
    (report([finding(library: "libfoo-0a1b2c3d.so.1")]), report([finding(library: "libfoo-99887766.so.1")])),
    (
      report([finding(object: "demo.libs/libgfortran-040039e1.so.5.0.0")]),
      report([finding(object: "demo.libs/libgfortran-105e6576.so.5.0.0")])
    ),
    (
      report([finding(object: "demo.libs/libfoo-0123456789abcdef0123456789abcdef.so")]),
      report([finding(object: "demo.libs/libfoo-fedcba9876543210fedcba9876543210.so")])
    ),
    (
      report([finding(object: "demo-1.0.data/purelib/a.so")]), report([finding(object: "demo-2.0.data/purelib/a.so")])
    ),
    // What has become milder is not new.
    (report([finding(.tagMismatch, .error)]), report([finding(.tagMismatch, .warning)])),
    // Warnings that are to break claims are none the worse for it.
    (report([finding(.tagMismatch, .warning)]), report([finding(.tagMismatch, .warning).raised])),
    (report([finding(.tagMismatch, .warning).raised]), report([finding(.tagMismatch, .warning)])),
    (report([finding()], on: "not a wheel name"), report([finding()], on: "folder/not a wheel name")),
  ]

  @Test(arguments: same) func `a finding is known again in the next build`(then: WheelReport, now: WheelReport) throws {
    let baseline = Baseline([then])
    #expect(baseline.known.entries.count == 1)
    for finding in now.findings { #expect(baseline.known.has(finding, in: now)) }
    #expect(baseline.gone(from: [now]).isEmpty)
  }

  @Test func `what has become worse is new`() {
    let (then, now) = (Self.report([Self.finding(.tagMismatch, .warning)]), Self.report([Self.finding(.tagMismatch)]))
    #expect(!Baseline([then]).known.has(now.findings[0], in: now))
    #expect(Baseline([then, now]).known.has(now.findings[0], in: now))
    #expect(Baseline([then, now]).known.entries.map(\.severity) == [.error])
    // It is still found, so the entry is not gone.
    #expect(Baseline([then]).gone(from: [now]).isEmpty)
  }

  /// Names that are the same to Unicode, and none to a loader.
  @Test func `names are told apart by their bytes`() {
    let (one, other) = (Self.report([Self.finding(symbol: "\u{e9}")]), Self.report([Self.finding(symbol: "e\u{301}")]))
    #expect(one.findings[0].symbol == other.findings[0].symbol)
    #expect(!Baseline([one]).known.has(other.findings[0], in: other))
    let both = Baseline([one, other]).known.entries
    #expect(both.map(\.key) == Baseline([other, one]).known.entries.map(\.key) && both.count == 2)
  }

  @Test func `what could not be audited is never known`() {
    let report = Self.report([Self.finding(.unreadable)], status: .unreadable)
    let key = FindingKey(acrossBuilds: report.findings[0], in: report)
    #expect(!KnownFindings([(key, .error)]).has(report.findings[0], in: report))
  }

  private static let demo = report([finding()])
  private static let new: [WheelReport] = [
    report([finding(.restrictedSymbol)]),
    report([finding(object: "demo/b.so")]),
    report([finding(object: nil)]),
    report([finding(library: "libm.so.6")]),
    report([finding(symbol: "log")]),
    report([finding(version: "GLIBC_2.30")]),
    report([finding(tag: "manylinux_2_28_x86_64")]),
    report([finding(tag: nil)]),
    report([finding()], on: "other-1.0-cp39-abi3-manylinux_2_17_x86_64.whl"),
    report([finding()], on: "demo-1.0-cp39-abi3-manylinux_2_17_aarch64.whl"),
    report([finding()], on: "demo-1.0-cp310-cp310-manylinux_2_17_x86_64.whl"),
  ]

  @Test(arguments: new) func `what differs in anything else is new`(now: WheelReport) throws {
    let baseline = Baseline([Self.demo])
    for finding in now.findings { #expect(!baseline.known.has(finding, in: now)) }
  }

  /// Names that differ in what only looks like a hash.
  private static let different = [
    ("liba-1.so", "liba-2.so"), ("libfoo-feed.so", "libfoo-beef.so"), ("libfoo-0a1b2c3d.so.1", "libfoo-0a1b2c3d.so.2"),
    ("libfoo-mainframe.so", "libfoo-mainstone.so"), ("libfoo-0a1b2c3d.so", "libbar-0a1b2c3d.so"),
    ("0a1b2c3d.so", "99887766.so"),
  ]

  @Test(arguments: different) func `what only looks like a hash tells names apart`(one: String, other: String) {
    let now = Self.report([Self.finding(library: other)])
    #expect(!Baseline([Self.report([Self.finding(library: one)])]).known.has(now.findings[0], in: now))
  }

  private static func release(_ version: String, _ rule: Rule = .releaseFloor, libc: Libc = .glibc) -> ReleaseFinding {
    ReleaseFinding(
      rule: rule, severity: .warning, message: "in words", package: "demo", version: version, variant: nil, object: nil,
      libc: libc,
      architectures: [.x86_64], interpreters: ["cp311-cp311"], floors: [], libraries: [], wheels: ["a.whl"])
  }

  @Test func `what a release shows is known again in the next, and nothing else is`() {
    let then = FindingKey(acrossBuilds: Self.release("1.0"))
    #expect(FindingKey(acrossBuilds: Self.release("2.0")) == then)
    #expect(FindingKey(acrossBuilds: Self.release("1.0", .releaseCoverage)) != then)
    #expect(FindingKey(acrossBuilds: Self.release("1.0", libc: .musl)) != then)
    #expect(FindingKey(Self.release("2.0")) != FindingKey(Self.release("1.0")))
    #expect(then.isOnRelease && then.description == "demo: release-floor glibc x86_64")
  }

  // MARK: What is in it

  @Test func `errors and warnings are in it, notes are not`() throws {
    let findings = Finding.Severity.allCases.map { Self.finding(.tagMismatch, $0, object: "\($0).so") }
    let baseline = Baseline([Self.report(findings)])
    #expect(Set(baseline.known.entries.compactMap(\.key.object)) == ["error.so", "warning.so"])
    #expect(try !baseline.text().contains("note.so"))
  }

  @Test func `what cannot be audited is no known finding`() throws {
    let broken = Self.report([Self.finding(.unreadable, object: "a.so")], status: .unreadable)
    #expect(Baseline([broken]).known.entries.isEmpty)
  }

  @Test func `what is no longer found is gone, on the wheels that were read`() throws {
    let other = "other-1.0-cp39-abi3-manylinux_2_17_x86_64.whl"
    let (first, second) = (Self.finding(object: "demo/b.so"), Self.finding(object: "demo/a.so"))
    let baseline = Baseline([Self.report([first, second]), Self.report([first], on: other)])
    #expect(baseline.gone(from: []).isEmpty)
    #expect(baseline.gone(from: [Self.report([first, second])]).isEmpty)
    #expect(baseline.gone(from: [Self.report([first])]).map(\.object) == ["demo/a.so"])
    #expect(baseline.gone(from: [Self.report([], status: .clean)]).map(\.object) == ["demo/a.so", "demo/b.so"])
    #expect(baseline.gone(from: [Self.report([], status: .skipped)]).count == 2)
    #expect(baseline.gone(from: [Self.report([], status: .unreadable)]).isEmpty)
    #expect(baseline.gone(from: [Self.report([], on: other)]).map(\.wheel) == ["other-cp39-abi3-manylinux_2_17_x86_64"])
  }

  private static let described: [(finding: Finding, words: String)] = [
    (finding(), "demo/a.so: symbol-version exp@GLIBC_2.29"),
    (finding(version: nil), "demo/a.so: symbol-version exp"),
    (finding(symbol: nil), "demo/a.so: symbol-version GLIBC_2.29"),
    (finding(.externalLibrary, symbol: nil, version: nil), "demo/a.so: external-library libc.so.6"),
    (finding(.pureTag, object: nil, library: nil, symbol: nil, version: nil), "pure-tag"),
  ]

  @Test(arguments: described) func `an entry says which finding it is`(finding: Finding, words: String) throws {
    let entry = try #require(Baseline([Self.report([finding])]).known.entries.first)
    #expect(entry.key.description == "demo-cp39-abi3-manylinux_2_17_x86_64: \(words)")
  }
}
