import BuildProfiles
import Foundation
import TestSupport
import WheelTags

@testable import WheelAudit

/// Reports to render: audits of the fixtures, and made-up ones for what no fixture has.
enum Sample {
  /// The day for which they say where wheels run.
  static let date = CalendarDate("2026-08-31")

  static func audit(_ paths: [String], _ options: Auditor.Options = Auditor.Options()) -> [WheelReport] {
    var options = options
    options.date = date
    let auditor = Auditor(Facts(), options: options)
    return paths.map { path in
      let report = auditor.audit(path: path)
      // Where the project lies must not show.
      return WheelReport(
        path: report.file, status: report.status, audit: report.audit, findings: report.findings,
        ignoredRules: report.ignoredRules)
    }
  }

  /// The fixture wheels that begin so.
  static func fixtures(_ beginnings: String...) throws -> [WheelReport] {
    audit(try beginnings.map(Fixture.wheel))
  }

  /// All fixture wheels, by name.
  static func allFixtures() throws -> [WheelReport] {
    audit(try Fixture.wheels())
  }

  /// A wheel of its own for each of these fixture objects, every one with the same claim.
  static func wheels(of objects: [String]) throws -> [WheelReport] {
    let folder = try TemporaryFolder()
    return audit(
      try objects.map { object in
        var builder = WheelBuilder(platform: "manylinux_2_17_x86_64")
        builder.name = "\(object.prefix { $0 != "." })-1.0-cp39-abi3-manylinux_2_17_x86_64.whl"
        try builder.add("demo/\(object)", object: object)
        return try builder.write(to: folder)
      })
  }

  /// Two wheels of one release, for CPython 3.11 and 3.12, each with a fixture object.
  static func release(_ older: String, _ newer: String) throws -> [WheelReport] {
    let folder = try TemporaryFolder()
    return audit(
      try [("cp311", older), ("cp312", newer)].map { python, object in
        var builder = WheelBuilder(platform: "manylinux_2_34_x86_64", python: python, abi: python)
        try builder.add("demo/core.so", object: object)
        return try builder.write(to: folder)
      })
  }

  static let basis = AuditBasis(
    toolVersion: "1.2.3", dataVersion: "0123456789abcdef", options: "fedcba9876543210")

  static func report(_ wheels: [WheelReport]) -> AuditReport {
    AuditReport(toolVersion: basis.toolVersion, dataVersion: basis.dataVersion, wheels: wheels)
  }

  /// Names that are made to break a report, or a terminal.
  static let hostileNames = [
    "", "quote\"'", "<b>&amp;", "100%s %n", "line\nbreak", "return\r", "tab\t", "escape\u{1b}[31m", "delete\u{7f}",
    "next line\u{85}", "control sequence\u{9b}31m", "separator\u{2028}", "paragraph\u{2029}", "override\u{202e}cod.so",
    "isolate\u{2066}", "mark\u{200f}", "replaced \u{fffd}",
  ]

  /// A report in which every field that comes from a file holds a name.
  static func wheel(named name: String) -> WheelReport {
    let requirements = [
      Requirement(
        .library, library: name, range: LibcRange(from: .noProfile), reason: "no profile has this library",
        demands: [.init(object: name, symbols: [])]),
      Requirement(
        .symbolVersion, library: name, version: name, range: LibcRange(from: .libc(LibcVersion(2, 34))),
        demands: [.init(object: name, symbols: [name, name])]),
      Requirement(
        .restrictedSymbol, library: name, range: LibcRange(from: .libc(LibcVersion(2, 26))),
        demands: [.init(object: name, symbols: [name])]),
    ]
    let needed = ObjectReport.Needed.Resolution.allCases.map { resolution in
      let isInWheel = ![.platform, .external, .excluded].contains(resolution)
      return ObjectReport.Needed(library: name, resolution: resolution, path: isInWheel ? name : nil)
    }
    let findings = [(Rule.symbolVersion, .error), (.mixedLibc, .error), (.unreachableLibrary, .warning)].map {
      (rule: Rule, severity: Finding.Severity) in
      Finding(
        rule, severity, "about \(name)", help: "mend \(name)", object: name, library: name, symbol: name,
        version: name, tag: PlatformTag(name))
    }
    return WheelReport(
      path: "folder/\(name)", status: .violations,
      audit: audit(
        requirements, claims: [PlatformTag(name), PlatformTag("manylinux_2_17_x86_64")],
        objects: [ObjectReport(path: name, soname: name, isPythonExtension: true, needed: needed)]),
      findings: findings, ignoredRules: [])
  }

  /// A report of each status with such names.
  static func wheels(named name: String) -> [WheelReport] {
    let wheel = wheel(named: name)
    return WheelReport.Status.allCases.map { status in
      let isJudged = status == .clean || status == .violations
      return WheelReport(
        path: wheel.path, status: status, audit: isJudged ? wheel.audit : nil,
        findings: status == .clean ? [] : wheel.findings, ignoredRules: [])
    }
  }

  /// What fixtures do not show: many symbols, no symbol, no object, no audit.
  static var oddWheels: [WheelReport] {
    let symbols = (1...1000).map { "symbol_number_\($0)" }
    let many = Requirement(
      .symbolVersion, library: "libc.so.6", version: "GLIBC_2.34", range: LibcRange(from: .libc(LibcVersion(2, 34))),
      demands: [.init(object: "many.so", symbols: symbols), .init(object: "none.so", symbols: [])])
    let claims = ["manylinux_2_17_x86_64", "manylinux2014_x86_64", "manylinux_2_34_x86_64"].map { PlatformTag($0) }
    let excluded = ["a.so", "b.so"].map {
      Finding(.excludedLibrary, .note, "libcuda.so.1 is not judged", object: $0, library: "libcuda.so.1")
    }
    let foreign = ["arm.so", "riscv.so"].map {
      Finding(.foreignArchitecture, .warning, "the object is for another machine", help: "leave it out", object: $0)
    }
    let unjudged = Finding(.unjudgedObject, .note, "the file is not a program", object: "code.o")
    return [
      WheelReport(
        path: "many.whl", status: .violations, audit: audit([many], claims: claims),
        findings: [Finding(.symbolVersion, .error, "too new", help: "build on an older system", object: "many.so")],
        ignoredRules: []),
      WheelReport(
        path: "foreign.whl", status: .clean, audit: audit([], claims: [claims[0]]), findings: foreign + excluded,
        ignoredRules: [.weakVersion]),
      WheelReport(
        path: "excluded.whl", status: .clean, audit: audit([], claims: claims), findings: excluded,
        ignoredRules: [.tagMismatch, .linuxTag]),
      WheelReport(
        path: "no-object.whl", status: .violations, audit: audit([], claims: [claims[0]], isBroken: true),
        findings: [Finding(.pureTag, .error, "the tag promises no compiled code")], ignoredRules: []),
      WheelReport(
        path: "broken.whl", status: .unreadable, audit: nil,
        findings: [Finding(.unreadable, .error, "cannot read 'a.so': it ends early", object: "a.so")], ignoredRules: []),
      WheelReport(path: "static.whl", status: .skipped, audit: nil, findings: [unjudged], ignoredRules: []),
    ]
  }

  /// The graph of a wheel without objects.
  static let noGraph = LibraryGraph(edges: [])

  private static func audit(
    _ requirements: [Requirement], claims: [PlatformTag], objects: [ObjectReport] = [], isBroken: Bool = false
  ) -> Audit {
    let distributions = try? Facts().distributions
    guard let platform = try? Facts().platform(.glibc, .x86_64), let day = date else {
      preconditionFailure("a table is damaged")
    }
    let verdict = Verdict(requirements, on: platform, isUnfit: false, named: .x86_64)
    return Audit(
      architecture: .x86_64, libc: .glibc, verdict: verdict,
      claims: claims.map { tag in
        let isAbove = requirements.contains { $0.breaks(tag, comparedWith: .glibc) }
        return Claim(tag: tag, isOwn: true, isSatisfied: !isBroken && !isAbove)
      },
      requirements: requirements, objects: objects, graph: noGraph, profiles: platform.profiles,
      reach: distributions.flatMap { Audit.reach(of: verdict, requirements, platform, at: day, among: $0) })
  }
}

extension WheelReport {
  /// A report as it could have come of a wheel at a path.
  init(path: String, status: Status, audit: Audit?, findings: [Finding], ignoredRules: [Rule]) {
    self.init(
      name: WheelName(path: path), status: status, audit: audit, findings: findings, ignoredRules: ignoredRules)
  }
}
