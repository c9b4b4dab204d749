import TestSupport
import Testing
import WheelAudit

/// Which tag a wheel may carry, and which claims it keeps (PEP 600).
@Suite struct VerdictTests {
  /// Each row: object, architecture, exact floor, oldest published profile, its legacy name.
  @Test(
    arguments: [
      ("baseline", "x86_64", "2.5", "2_5", "manylinux1"), ("baseline", "i686", "2.5", "2_5", "manylinux1"),
      ("baseline", "aarch64", "2.17", "2_17", "manylinux2014"), ("baseline", "armv7l", "2.5", "2_17", "manylinux2014"),
      ("baseline", "ppc64", "2.5", "2_17", "manylinux2014"), ("baseline", "s390x", "2.5", "2_17", "manylinux2014"),
      ("baseline", "riscv64", "2.27", "2_31", nil), ("baseline", "loongarch64", "2.36", "2_36", nil),
      ("modern", "x86_64", "2.34", "2_34", nil), ("modern", "riscv64", "2.34", "2_34", nil),
      ("modern", "loongarch64", "2.38", "2_38", nil), ("expat", "x86_64", "2.12", "2_12", "manylinux2010"),
      ("_clock", "x86_64", "2.17", "2_17", "manylinux2014"), ("plain_2_18", "x86_64", "2.18", "2_24", nil),
      ("plain_2_18", "aarch64", "2.17", "2_17", "manylinux2014"),
    ] as [(String, String, String, String, String?)])
  func `the minimal tag is the oldest published profile at or above the highest floor`(
    object: String, architecture: String, floor: String, profile: String, alias: String?
  ) throws {
    let report = try audit("linux_\(architecture)", ["demo/a.so": "\(object).abi3.so"], from: architecture)
    #expect(report.libcFloor == floor)
    #expect(report.minimalTag == "manylinux_\(profile)_\(architecture)")
    #expect(report.audit?.verdict.alias?.rawValue == alias)
  }

  @Test func `ppc64 has no profile beyond manylinux2014`() throws {
    let report = try audit("linux_ppc64", ["demo/a.so": "modern.abi3.so"], from: "ppc64")
    #expect(report.minimalTag == "linux_ppc64")
  }

  @Test func `one requirement without a floor leaves no tag, and the exact floor of the rest is told`() throws {
    let report = try audit("linux_x86_64", ["demo/a.so": "modern.abi3.so", "demo/b.so": "external.abi3.so"])
    #expect(report.minimalTag == "linux_x86_64")
    #expect(report.audit?.verdict.profile == nil)
    #expect(report.libcFloor == "2.34")
  }

  /// Tags are perennial: any number may be claimed, also one that no profile was published for.
  @Test(arguments: [
    ("manylinux_2_17_x86_64", "plain_2_18", false), ("manylinux_2_18_x86_64", "plain_2_18", true),
    ("manylinux_2_20_x86_64", "plain_2_18", true), ("manylinux_2_33_x86_64", "modern", false),
    ("manylinux_2_34_x86_64", "modern", true), ("manylinux_2_45_x86_64", "modern", true),
    ("manylinux_2_11_x86_64", "expat", false), ("manylinux_2_12_x86_64", "expat", true),
    ("manylinux1_x86_64", "baseline", true), ("manylinux1_x86_64", "expat", false),
    ("manylinux2010_x86_64", "expat", true), ("manylinux2010_x86_64", "_clock", false),
    ("manylinux2014_x86_64", "_clock", true), ("manylinux2014_x86_64", "plain_2_18", false),
    ("linux_x86_64", "modern", true), ("linux_x86_64", "external", true), ("linux_x86_64", "future_version", true),
  ])
  func `a claim is judged against the exact floors`(claim: String, object: String, isKept: Bool) throws {
    let report = try audit(claim, ["demo/a.so": "\(object).abi3.so"])
    #expect(report.claims == ["\(isKept ? "+" : "-")\(claim)"])
    #expect(report.status == (isKept ? .clean : .violations))
  }

  @Test func `a claim of 2.17 holds where the architecture's glibc 2.17 has GLIBC_2.18`() throws {
    let report = try audit("manylinux_2_17_aarch64", ["demo/a.so": "plain_2_18.abi3.so"], from: "aarch64")
    #expect(report.claims == ["+manylinux_2_17_aarch64"])
  }

  @Test func `each tag of a file name is a claim of its own`() throws {
    let report = try audit(
      "manylinux_2_17_x86_64.manylinux2014_x86_64.manylinux_2_34_x86_64.linux_x86_64",
      ["demo/a.so": "modern.abi3.so"])
    #expect(
      report.claims == [
        "-manylinux_2_17_x86_64", "-manylinux2014_x86_64", "+manylinux_2_34_x86_64", "+linux_x86_64",
      ])
    // One promise under two names is told once.
    #expect(
      report.said(.symbolVersion) == [
        "error symbol-version demo/a.so libc.so.6 pthread_create@GLIBC_2.34 manylinux_2_17_x86_64"
      ])
  }

  @Test(
    arguments: [
      ("honest", WheelReport.Status.clean, "manylinux_2_17_x86_64"),
      ("overclaim", .violations, "manylinux_2_34_x86_64"),
      ("musl", .clean, "musllinux_1_1_x86_64"), ("pure", .skipped, nil),
    ] as [(String, WheelReport.Status, String?)])
  func `the fixture wheels are what their names say`(name: String, status: WheelReport.Status, tag: String?) throws {
    let report = Auditor(.init()).audit(path: try Fixture.wheel(name))
    #expect(report.status == status)
    #expect(report.minimalTag == tag)
  }

  @Test func `what an older tag would cost is told by the requirements above it`() throws {
    let report = try audit("manylinux_2_34_x86_64", ["demo/a.so": "several_versions.abi3.so"])
    let audit = try #require(report.audit)
    #expect(audit.nextOlder?.name == "manylinux_2_31")
    let older = try #require(audit.nextOlder)
    let blocking = audit.requirements.filter { $0.breaks(older.version) }
    #expect(blocking.compactMap(\.version) == ["GLIBC_2.34", "GLIBCXX_3.4.29"])
    #expect(
      audit.minimalTag(for: audit.requirements.filter { !blocking.contains($0) }).spelling == "manylinux_2_31_x86_64")
  }
}
