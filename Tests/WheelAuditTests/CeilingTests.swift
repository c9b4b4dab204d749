import BuildProfiles
import ELFReading
import TestSupport
import Testing
import WheelTags

@testable import WheelAudit

/// What a later libc refuses: an executable stack, which glibc does not open from 2.41 on (its release notes).
@Suite struct CeilingTests {
  private static let stack = "executable_stack.abi3.so"

  /// The audit of a wheel on the day whose distributions are known.
  private func audit(_ platform: String, _ objects: KeyValuePairs<String, String>) throws -> WheelReport {
    var options = Auditor.Options()
    options.date = CalendarDate("2026-08-31")
    return try WheelAuditTests.audit(platform, objects, options: options)
  }

  // MARK: The requirement

  @Test func `an executable stack is refused from glibc 2.41 on, and asks for nothing else`() throws {
    let object = WheelObject("demo/a.so") { $0.stackIsExecutable = true }
    let requirement = try #require(try requirements(of: [object, WheelObject("demo/b.so")]).first)
    #expect(requirement.kind == .executableStack)
    #expect(requirement.range == LibcRange(from: .libc(LibcVersion(2, 5)), upTo: LibcVersion(2, 41)))
    #expect(requirement.demands.map(\.object) == ["demo/a.so"])
  }

  /// `DEFAULT_STACK_PERMS` in glibc's `sysdeps/*/stackinfo.h`.
  @Test(arguments: [
    (Architecture.x86_64, true), (.i686, true), (.armv7l, true), (.s390x, true), (.aarch64, false), (.ppc64le, false),
    (.riscv64, false), (.loongarch64, false),
  ]) func `without PT_GNU_STACK the default of the architecture holds`(
    architecture: Architecture, isExecutable: Bool
  ) throws {
    var budget = WorkBudget(WorkLimits(), archiveSize: 0)
    let object = WheelObject("demo/a.so") { $0.stackIsExecutable = nil }
    let platform = try Facts().platform(.glibc, architecture)
    let graph = try LibraryGraph([object], on: platform, excluding: [], &budget)
    let name = try WheelFilename("demo-1.0-cp39-abi3-linux_\(architecture).whl")
    let yardstick = Yardstick(platform: platform, muslSymbols: nil, glibcExports: nil)
    var finder = try RequirementFinder([object], graph, on: yardstick, name, &budget)
    let requirements = try finder.requirements(&budget)
    #expect(requirements.map(\.kind) == (isExecutable ? [.executableStack] : []))
    #expect(requirements.allSatisfy { $0.ceiling == LibcVersion(2, 41) })
  }

  /// musl's `map_library` passes over PT_GNU_STACK.
  @Test func `musl refuses no executable stack`() throws {
    let object = WheelObject("demo/a.so") { $0.stackIsExecutable = true }
    #expect(try requirements(of: [object], libc: .musl).isEmpty)
  }

  @Test func `the same thing with another ceiling is another requirement`() {
    var list = RequirementList()
    for ceiling in [nil, LibcVersion(2, 41), LibcVersion(2, 30), LibcVersion(2, 41)] {
      let found = FoundRequirement(.library, library: "a.so", floor: .libc(LibcVersion(2, 5)), ceiling: ceiling)
      list.add([found], of: "demo/a.so")
    }
    #expect(list.sorted.map(\.ceiling) == [LibcVersion(2, 30), LibcVersion(2, 41), nil])
  }

  // MARK: Claims and the minimal tag

  /// Tags are perennial (PEP 600): that of an old system promises the new ones too.
  @Test(arguments: [
    ("manylinux1_x86_64", false), ("manylinux_2_17_x86_64", false), ("manylinux_2_40_x86_64", false),
    ("manylinux_2_41_x86_64", false), ("manylinux_2_44_x86_64", false), ("linux_x86_64", true),
  ]) func `what a later libc refuses breaks every tag that promises the libc`(claim: String, isKept: Bool) throws {
    let report = try audit(claim, ["demo/a.so": Self.stack])
    #expect(report.claims == ["\(isKept ? "+" : "-")\(claim)"])
    #expect(report.said(.executableStack) == (isKept ? [] : ["error executable-stack demo/a.so \(claim)"]))
    #expect(report.minimalTag == "linux_x86_64")
    #expect(report.audit?.verdict.profile == nil)
  }

  @Test func `each object is told for each promise, with one thing to do`() throws {
    let report = try audit(
      "manylinux_2_17_x86_64.manylinux2014_x86_64.manylinux_2_28_x86_64",
      ["demo/a.so": Self.stack, "demo/b.so": Self.stack])
    #expect(
      report.said
        == ["a", "a", "b", "b"].enumerated().map { position, name in
          "error executable-stack demo/\(name).so manylinux_2_\(position % 2 == 0 ? 17 : 28)_x86_64"
        })
    #expect(Set(report.findings.map(\.help)).count == 1)
    #expect(report.findings.first?.help?.contains("noexecstack") == true)
    #expect(report.findings.first?.message.contains("glibc 2.41") == true)
  }

  @Test(arguments: [("baseline", "2.5"), ("modern", "2.34")])
  func `the verdict has both ends, and the floor is that of the rest`(other: String, floor: String) throws {
    let report = try audit("manylinux_2_34_x86_64", ["demo/a.so": Self.stack, "demo/b.so": "\(other).abi3.so"])
    let verdict = try #require(report.audit?.verdict)
    #expect(verdict.libcFloor == LibcVersion(floor))
    #expect(verdict.libcCeiling == LibcVersion(2, 41))
    #expect(verdict.floorProfile?.version == LibcVersion(floor))
    #expect(report.audit?.neededLibc == "glibc \(floor), below 2.41")
    #expect(report.audit?.consequence?.hasSuffix("It loads only on glibc \(floor) up to, not including, 2.41.") == true)
  }

  @Test func `what no later libc refuses has no ceiling`() throws {
    let verdict = try #require(try audit("manylinux_2_34_x86_64", ["demo/a.so": "modern.abi3.so"]).audit?.verdict)
    #expect(verdict.libcCeiling == nil)
    #expect(verdict.floorProfile == verdict.profile)
  }

  @Test func `what needs more than the libc that refuses it loads nowhere`() throws {
    let late = Requirement(
      .symbolVersion, library: "libc.so.6", version: "GLIBC_2.42", range: LibcRange(from: .libc(LibcVersion(2, 42))),
      demands: [.init(object: "demo/a.so", symbols: [])])
    let audit = try Self.audit([Self.refused, late])
    #expect(audit.consequence?.hasSuffix("It loads on no glibc.") == true)
    #expect(audit.reach?.runs == [])
    #expect(
      audit.profileMatrix.columns.indices.allSatisfy { index in
        let state = audit.profileMatrix.state(of: audit.profileMatrix.rows[0], in: index)
        return state == .lacks || state == .breaks
      })
  }

  // MARK: What stands in the way

  @Test func `without what is refused the tag comes back`() throws {
    let report = try audit("manylinux_2_17_x86_64", ["demo/a.so": Self.stack, "demo/b.so": "modern.abi3.so"])
    let audit = try #require(report.audit)
    #expect(audit.minimalTag(for: audit.requirements).spelling == "linux_x86_64")
    let rest = audit.requirements.filter { $0.kind != .executableStack }
    #expect(audit.minimalTag(for: rest).spelling == "manylinux_2_34_x86_64")
    let obstacle = try #require(audit.obstacle)
    #expect(obstacle.requirement.kind == .executableStack)
    #expect(obstacle.count == 1)
    #expect(obstacle.tagWithout?.spelling == "manylinux_2_34_x86_64")
  }

  @Test func `the shortest way to a tag is to lose what is refused`() throws {
    let report = try audit("manylinux_2_17_x86_64", ["demo/a.so": Self.stack, "demo/b.so": "modern.abi3.so"])
    let plans = try #require(report.audit).plans(downTo: LibcVersion(2, 17))
    #expect(plans.map(\.profile.name) == ["manylinux_2_34", "manylinux_2_17"])
    #expect(plans.map { $0.requirements.map(\.kind) } == [[.executableStack], [.executableStack, .symbolVersion]])
    #expect(plans.first?.objects == ["demo/a.so"])
  }

  @Test(arguments: [("manylinux_2_17_x86_64", true), ("linux_x86_64", false)])
  func `it blocks the claim, or every tag`(claim: String, isClaim: Bool) throws {
    let blocker = try #require(try audit(claim, ["demo/a.so": Self.stack]).blockers.first)
    #expect(blocker.requirements.map(\.kind) == [.executableStack])
    switch blocker.destination {
    case .claims(let tags, _): #expect(isClaim && tags.map(\.spelling) == [claim])
    case .everyTag(let libc): #expect(!isClaim && libc == .glibc)
    case .nextOlder: Issue.record("there is no older profile")
    }
  }

  // MARK: Where it runs

  @Test func `the releases with the libc that refuses it are left out`() throws {
    let reach = try #require(try audit("manylinux_2_17_x86_64", ["demo/a.so": Self.stack]).audit?.reach)
    let (runs, leavesOut) = (reach.runs.map(\.title), reach.leavesOut.map(\.title))
    #expect(Set(runs).isSuperset(of: ["Debian 11", "Debian 12", "Ubuntu 24.04"]))
    #expect(Set(leavesOut).isSuperset(of: ["Debian 13", "Ubuntu 26.04"]))
    #expect(!runs.contains("Debian 13"))
  }

  @Test func `of what no profile provides no reach is told, whatever refuses it`() throws {
    let report = try audit("manylinux_2_17_x86_64", ["demo/a.so": Self.stack, "demo/b.so": "external.abi3.so"])
    #expect(report.audit?.reach == nil)
    #expect(report.audit?.verdict.libcCeiling == LibcVersion(2, 41))
    #expect(report.audit?.consequence?.contains("no such system is sure") == true)
  }

  @Test func `an object runs on the profiles from its floor up to its ceiling`() throws {
    let report = try audit("manylinux_2_17_x86_64", ["demo/a.so": Self.stack, "demo/b.so": "modern.abi3.so"])
    let matrix = try #require(report.audit).profileMatrix
    #expect(matrix.rows.map(\.files) == [["a.so"], ["b.so"]])
    #expect(!matrix.hasUnprovided)
    for (index, column) in matrix.columns.enumerated() {
      let states = matrix.rows.map { matrix.state(of: $0, in: index) }
      let isRefused = column.version >= LibcVersion(2, 41)
      #expect(states[0] == (isRefused ? .breaks : index == 0 ? .floor : .runs), "\(column.name)")
      #expect((states[1] == .floor || states[1] == .runs) == (column.version >= LibcVersion(2, 34)), "\(column.name)")
    }
  }

  @Test func `what is refused from has a column, though no profile is published for it`() throws {
    let refused = Requirement(
      .executableStack, range: LibcRange(from: .libc(LibcVersion(2, 5)), upTo: LibcVersion(2, 30)),
      demands: [.init(object: "demo/a.so", symbols: [])])
    let matrix = try Self.audit([refused]).profileMatrix
    let index = try #require(matrix.columns.firstIndex { $0.version == LibcVersion(2, 30) })
    #expect(matrix.state(of: matrix.rows[0], in: index) == .breaks)
    #expect(matrix.state(of: matrix.rows[0], in: index - 1) == .runs)
  }

  private static let refused = Requirement(
    .executableStack, range: LibcRange(from: .libc(LibcVersion(2, 5)), upTo: LibcVersion(2, 41)),
    demands: [.init(object: "demo/a.so", symbols: [])])

  /// An audit of what requires this, under manylinux_2_17.
  private static func audit(_ requirements: [Requirement]) throws -> Audit {
    let platform = try Facts().platform(.glibc, .x86_64)
    let verdict = Verdict(requirements, on: platform, isUnfit: false, named: .x86_64)
    return Audit(
      architecture: .x86_64, libc: .glibc, verdict: verdict,
      claims: [Claim(tag: PlatformTag("manylinux_2_17_x86_64"), isOwn: true, isSatisfied: false)],
      requirements: requirements, objects: [], graph: LibraryGraph(edges: []), profiles: platform.profiles,
      reach: try Audit.reach(
        of: verdict, requirements, platform, at: #require(CalendarDate("2026-08-31")), among: try Facts().distributions)
    )
  }
}
