import BuildProfiles
import TestSupport
import Testing
import WheelTags

@testable import WheelAudit

/// What the wheels of one release show together.
@Suite struct ReleaseTests {
  /// The warnings on wheels of one release, each with one extension module.
  private func warnings(
    _ wheels: [(python: String, platform: String, object: String, architecture: String)]
  ) throws -> [String] {
    try findings(wheels).map(\.message)
  }

  private func findings(
    _ wheels: [(python: String, platform: String, object: String, architecture: String)]
  ) throws -> [ReleaseFinding] {
    let folder = try TemporaryFolder()
    let paths = try wheels.map { wheel in
      var builder = WheelBuilder(platform: wheel.platform, python: wheel.python, abi: wheel.python)
      try builder.add("demo/_core.abi3.so", object: wheel.object, wheel.architecture)
      return try builder.write(to: folder)
    }
    let auditor = Auditor(Facts())
    let releases = Release.releases(of: paths.map { auditor.audit(path: $0) })
    #expect(releases.count == 1)
    return releases.flatMap(\.findings)
  }

  @Test func `builds that need the same show nothing`() throws {
    #expect(
      try warnings([
        ("cp311", "manylinux_2_17_x86_64", "baseline.abi3.so", "x86_64"),
        ("cp312", "manylinux_2_17_x86_64", "baseline.abi3.so", "x86_64"),
      ]) == [])
  }

  @Test func `builds for one platform that need different versions are told apart by their objects`() throws {
    #expect(
      try warnings([
        ("cp311", "manylinux_2_34_x86_64", "baseline.abi3.so", "x86_64"),
        ("cp312", "manylinux_2_34_x86_64", "modern.abi3.so", "x86_64"),
      ]) == [
        "builds need different versions of glibc on x86_64: cp311-cp311 2.5; cp312-cp312 2.34",
        "demo/_core.so needs glibc 2.5 in cp311-cp311 and 2.34 in cp312-cp312, on x86_64",
      ])
  }

  @Test func `architectures that need a newer libc than another are named`() throws {
    #expect(
      try warnings([
        ("cp311", "manylinux_2_34_aarch64", "modern.abi3.so", "aarch64"),
        ("cp311", "manylinux_2_34_x86_64", "baseline.abi3.so", "x86_64"),
      ]) == ["architectures need different versions of glibc: aarch64 2.34, x86_64 2.5"])
  }

  /// Their headers are the same, and what PyPI and installers go by is not.
  @Test func `ARMv6 and ARMv7 are two architectures, and what is for none of its tags is compared with nothing`() throws
  {
    #expect(
      try warnings([
        ("cp311", "linux_armv6l", "modern.abi3.so", "armv7l"), ("cp311", "linux_armv7l", "baseline.abi3.so", "armv7l"),
      ]).allSatisfy { !$0.contains("_core") })
    #expect(
      try warnings([
        ("cp311", "manylinux_2_17_x86_64", "baseline.abi3.so", "x86_64"),
        ("cp312", "manylinux_2_17_x86_64", "modern.abi3.so", "aarch64"),
      ]) == [])
  }

  @Test func `an architecture whose own oldest profile is newer is none of these`() throws {
    // glibc has aarch64 since 2.17.
    #expect(
      try warnings([
        ("cp311", "manylinux_2_17_aarch64", "baseline.abi3.so", "aarch64"),
        ("cp311", "manylinux_2_17_x86_64", "baseline.abi3.so", "x86_64"),
      ]) == [])
  }

  @Test func `an object that needs another library in one build is named`() throws {
    #expect(
      try warnings([
        ("cp311", "manylinux_2_17_x86_64", "baseline.abi3.so", "x86_64"),
        ("cp312", "manylinux_2_17_x86_64", "needs_libz.abi3.so", "x86_64"),
      ]).contains { $0.contains("demo/_core.so needs libz.so.1 in only one of cp311-cp311 and cp312-cp312") })
  }

  @Test func `an architecture that one build has and another lacks is named`() throws {
    #expect(
      try warnings([
        ("cp311", "manylinux_2_17_aarch64", "baseline.abi3.so", "aarch64"),
        ("cp311", "manylinux_2_17_x86_64", "baseline.abi3.so", "x86_64"),
        ("cp312", "manylinux_2_17_x86_64", "baseline.abi3.so", "x86_64"),
      ]) == ["cp312-cp312 has no wheel for glibc on aarch64, which other builds have"])
  }

  @Test func `a finding has what it says in fields`() throws {
    let found = try findings([
      ("cp311", "manylinux_2_34_x86_64", "baseline.abi3.so", "x86_64"),
      ("cp312", "manylinux_2_34_x86_64", "modern.abi3.so", "x86_64"),
      ("cp312", "manylinux_2_34_aarch64", "modern.abi3.so", "aarch64"),
    ])
    #expect(found.map(\.rule) == [.releaseFloor, .releaseObject, .releaseCoverage])
    #expect(found.allSatisfy { $0.severity == .warning && $0.package == "demo" && $0.version == "1.0" })
    #expect(found.allSatisfy { $0.libc == .glibc })
    #expect(found.map(\.object) == [nil, "demo/_core.so", nil])
    #expect(found.map(\.architectures) == [[.x86_64], [.x86_64], [.aarch64]])
    let (older, newer) = ("cp311-cp311", "cp312-cp312")
    #expect(found.map(\.interpreters) == [[older, newer], [older, newer], [older]])
    let floors = [
      ReleaseFinding.Floor(interpreter: older, architecture: .x86_64, version: LibcVersion(2, 5)),
      ReleaseFinding.Floor(interpreter: newer, architecture: .x86_64, version: LibcVersion(2, 34)),
    ]
    #expect(found.map(\.floors) == [floors, floors, []])
    #expect(found.map { $0.wheels.count } == [2, 2, 1])
  }

  @Test func `what a library finding names is in a field`() throws {
    let found = try findings([
      ("cp311", "manylinux_2_17_x86_64", "baseline.abi3.so", "x86_64"),
      ("cp312", "manylinux_2_17_x86_64", "needs_libz.abi3.so", "x86_64"),
    ])
    #expect(found.first { $0.rule == .releaseObject && $0.floors.isEmpty }?.libraries == ["libz.so.1"])
  }

  @Test(arguments: [
    ("numpy/core/_x.cpython-312-x86_64-linux-gnu.so", "numpy/core/_x.so"), ("a/_x.abi3.so", "a/_x.so"),
    ("a/_x.pypy310-pp73-x86_64-linux-gnu.so", "a/_x.so"), ("libfoo-0a1b2c3d.so.1", "libfoo.so.1"),
    ("d-1.2.data/platlib/x.so", "d.data/platlib/x.so"), ("libfoo-1.so", "libfoo-1.so"), ("plain.so", "plain.so"),
    ("", ""), ("a-1/b-2.data", "a-1/b-2.data"), ("a-b-2.data/x", "a-b.data/x"), ("-.data/x", ".data/x"),
    ("lib-0a1b2c3d", "lib-0a1b2c3d"), ("lib-0a1b2c3.so", "lib-0a1b2c3.so"), ("lib-0a1b2c3g.so", "lib-0a1b2c3g.so"),
    ("lib-0a1b2c3d4e5f-1-00000000.so", "lib-1.so"), ("a-0a1b2c3d/b-0a1b2c3d.data/c.so", "a-0a1b2c3d/b.data/c.so"),
    ("a-0A1B2C3D.so", "a-0A1B2C3D.so"), ("a--0a1b2c3d-.so", "a--.so"), ("x.cpython.so", "x.so"),
    ("x.cpx.y.so", "x.cpx.y.so"),
    ("x.abi3/y.so", "x.abi3/y.so"), (".so", ".so"), ("x.cp312-win.so.1", "x.cp312-win.so.1"),
    ("ü-0a1b2c3d.so/", "ü.so/"),
  ]) func `names are the same in every build`(name: String, same: String) {
    #expect(nameAcrossBuilds(name) == same)
  }
}

/// What it takes to get to older tags.
@Suite struct PlanTests {
  private func plans(_ object: String, _ platform: String) throws -> [String] {
    try plans(audit(platform, ["demo/_core.abi3.so": object]), downTo: nil)
  }

  private func plans(_ report: WheelReport, downTo oldest: LibcVersion?) throws -> [String] {
    try #require(report.audit).plans(downTo: oldest).map { plan in
      "\(plan.profile.version): \(plan.size) in \(plan.objects.count)"
    }
  }

  @Test func `each step names the oldest profile for the same price`() throws {
    // It needs pthread_create since 2.34, exp since 2.29, getrandom since 2.25.
    let report = Auditor(Facts()).audit(path: try Fixture.wheel("overclaim"))
    #expect(try plans(report, downTo: LibcVersion(2, 17)) == ["2.31: 1 in 1", "2.26: 2 in 1", "2.17: 3 in 1"])
  }

  @Test func `what carries the oldest tag needs no plan`() throws {
    #expect(try plans("baseline.abi3.so", "manylinux_2_5_x86_64") == [])
  }

  @Test func `what no profile provides must go first`() throws {
    let plans = try plans("external.abi3.so", "manylinux_2_17_x86_64")
    #expect(plans.first?.hasSuffix("1 in 1") == true)
  }
}
