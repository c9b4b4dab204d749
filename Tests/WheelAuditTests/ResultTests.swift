import BuildProfiles
import Testing
import WheelTags

@testable import WheelAudit

/// The values that reports show.
@Suite struct ResultTests {
  private static let breaking: [(floor: Floor, ceiling: LibcVersion?, tag: String, libc: Libc, breaks: Bool)] = [
    (.libc(LibcVersion(2, 34)), nil, "manylinux_2_17_x86_64", .glibc, true),
    (.libc(LibcVersion(2, 34)), nil, "manylinux_2_34_x86_64", .glibc, false),
    (.libc(LibcVersion(2, 34)), nil, "manylinux2014_x86_64", .glibc, true),
    (.libc(LibcVersion(2, 34)), nil, "musllinux_1_2_x86_64", .glibc, false),
    (.libc(LibcVersion(1, 2, patch: 4)), nil, "musllinux_1_2_x86_64", .musl, false),
    (.libc(LibcVersion(1, 2, patch: 4)), nil, "musllinux_1_1_x86_64", .musl, true),
    (.noProfile, nil, "manylinux_2_34_x86_64", .glibc, true),
    (.noProfile, nil, "musllinux_1_2_x86_64", .glibc, true),
    (.noProfile, nil, "manylinux_2_34_x86_64", .musl, true),
    (.noProfile, nil, "linux_x86_64", .glibc, false),
    (.noProfile, nil, "any", .glibc, false),
    (.libc(LibcVersion(2, 5)), LibcVersion(2, 41), "manylinux_2_17_x86_64", .glibc, true),
    (.libc(LibcVersion(2, 5)), LibcVersion(2, 41), "manylinux_2_41_x86_64", .glibc, true),
    (.libc(LibcVersion(2, 5)), LibcVersion(2, 41), "musllinux_1_2_x86_64", .glibc, false),
    (.libc(LibcVersion(2, 5)), LibcVersion(2, 41), "linux_x86_64", .glibc, false),
  ]

  @Test(arguments: breaking) func `a requirement breaks a tag by its range`(
    floor: Floor, ceiling: LibcVersion?, tag: String, libc: Libc, breaks: Bool
  ) {
    let requirement = Requirement(
      .library, library: "a.so", range: LibcRange(from: floor, upTo: ceiling), demands: [])
    #expect(requirement.breaks(PlatformTag(tag), comparedWith: libc) == breaks)
  }

  @Test
  func `an object costs the highest of its floors, the lowest of its ceilings, and the highest that some profile has`()
  {
    let requirements = [
      Requirement(
        .library, range: LibcRange(from: .noProfile),
        demands: [.init(object: "a", symbols: []), .init(object: "b", symbols: [])]),
      Requirement(
        .library, range: LibcRange(from: .libc(LibcVersion(2, 34))), demands: [.init(object: "b", symbols: [])]),
      Requirement(
        .library, range: LibcRange(from: .libc(LibcVersion(2, 17)), upTo: LibcVersion(2, 41)),
        demands: [.init(object: "b", symbols: []), .init(object: "c", symbols: [])]),
    ]
    let floors = ObjectFloor.floors(of: requirements)
    #expect(floors.mapValues(\.range.floor) == ["a": .noProfile, "b": .noProfile, "c": .libc(LibcVersion(2, 17))])
    #expect(floors.compactMapValues(\.range.ceiling) == ["b": LibcVersion(2, 41), "c": LibcVersion(2, 41)])
    #expect(floors.compactMapValues(\.libc) == ["b": LibcVersion(2, 34), "c": LibcVersion(2, 17)])
  }

  @Test func `the graph of a wheel stands in its audit`() throws {
    let foo = "libfoo-0a1b2c3d.so.1"
    let report = try audit(
      "manylinux_2_17_x86_64", ["demo/a.abi3.so": "bundled_runpath.abi3.so", "demo.libs/\(foo)": foo])
    let audit = try #require(report.audit)
    #expect(audit.graph.edges.map { $0.map(\.library) } == audit.objects.map { $0.needed.map(\.library) })
    let user = try #require(audit.objects.firstIndex { $0.path == "demo/a.abi3.so" })
    let target = audit.graph.edges[user].first { $0.library == foo }?.resolution.object
    #expect(target.map { audit.objects[$0].path } == "demo.libs/\(foo)")
  }

  private static let outcomes: [(platform: String, targets: [String], words: String)] = [
    ("manylinux_2_34_x86_64", [], "keeps its claim"),
    ("manylinux_2_34_x86_64.manylinux_2_35_x86_64", [], "keeps its claims"),
    ("manylinux_2_17_x86_64", [], "breaks its claim"),
    ("manylinux_2_17_x86_64.manylinux_2_28_x86_64", [], "breaks its claims"),
    ("manylinux_2_17_x86_64.manylinux_2_34_x86_64", [], "breaks 1 of its 2 claims"),
    ("manylinux_2_34_x86_64", ["manylinux_2_17"], "keeps its claim, but not all targets"),
  ]

  @Test(arguments: outcomes) func `an outcome counts the wheel's own claims`(
    platform: String, targets: [String], words: String
  ) throws {
    let report = try audit(
      platform, ["demo/modern.abi3.so": "modern.abi3.so"], options: Auditor.Options(targets: targets))
    #expect(report.outcome.description == words)
  }

  @Test func `what was not judged has no outcome but why`() throws {
    #expect(try audit("manylinux_2_17_x86_64").outcome.description == "skipped: no ELF objects")
    let unloadable = try audit("manylinux_2_17_x86_64", ["demo/a.o": "relocatable.o"])
    #expect(unloadable.outcome.description == "skipped: no ELF objects that anything loads")
  }
}
