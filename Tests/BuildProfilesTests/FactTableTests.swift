import BuildProfiles
import Testing
import WheelTags

/// The tables of facts, against what is published elsewhere.
@Suite struct FactTableTests {
  // MARK: glibc's symbols

  /// From glibc's ABI lists (`sysdeps/unix/sysv/linux/*/libc.abilist`).
  private static let exported: [(symbol: String, architecture: Architecture, versions: [String])] = [
    ("memcpy", .x86_64, ["2.2.5", "2.14"]), ("memcpy", .aarch64, ["2.17"]), ("memcpy", .riscv64, ["2.27"]),
    ("pthread_create", .x86_64, ["2.2.5", "2.34"]), ("getrandom", .s390x, ["2.25"]),
    ("exp", .x86_64, ["2.2.5", "2.29"]),
    ("__libc_start_main", .i686, ["2.0", "2.34"]), ("no_such_symbol", .x86_64, []), ("", .x86_64, []),
    ("memcpy memmove", .x86_64, []),
  ]

  @Test(arguments: exported) func `symbols have the versions that glibc lists`(
    symbol: String, architecture: Architecture, versions: [String]
  ) throws {
    let exports = try Facts().glibcSymbols.exports(of: symbol).filter { $0.architectures.contains(architecture) }
    #expect(exports.flatMap(\.versions) == versions)
  }

  @Test func `the other versions of a symbol are those beside the one asked for`() throws {
    let table = try Facts().glibcSymbols
    #expect(
      table.versions(of: "memcpy", besides: "2.14", on: .x86_64) == [LibcVersion(2, 2, patch: 5), LibcVersion(2, 14)])
    #expect(table.versions(of: "memcpy", besides: "2.34", on: .x86_64).isEmpty)
    #expect(table.versions(of: "memcpy", besides: "2.14", on: .aarch64).isEmpty)
  }

  // MARK: Distributions

  private static let releases: [(title: String, architecture: Architecture, glibc: LibcVersion)] = [
    ("Debian 12", .x86_64, LibcVersion(2, 36)), ("Ubuntu 20.04", .aarch64, LibcVersion(2, 31)),
    ("AlmaLinux 8", .ppc64le, LibcVersion(2, 28)), ("Amazon Linux 2023", .x86_64, LibcVersion(2, 34)),
  ]

  @Test(arguments: releases) func `releases have the glibc that they are known for`(
    title: String, architecture: Architecture, glibc: LibcVersion
  ) throws {
    let release = try #require(Facts().distributions.releases.first { $0.title == title })
    #expect(release.versions[architecture] == glibc)
  }

  @Test func `a release is supported up to and on its last day`() throws {
    let release = try #require(Facts().distributions.releases.first { $0.title == "AlmaLinux 8" })
    guard case .until(let end) = release.support else {
      Issue.record("AlmaLinux 8 has an end")
      return
    }
    #expect(end.description == "2029-03-01")
    #expect(release.isSupported(at: end) == true)
    #expect(release.isSupported(at: try #require(CalendarDate("2029-03-02"))) == false)
  }

  private func reach(
    _ floor: LibcVersion?, until ceiling: LibcVersion? = nil, needing: Set<String> = [],
    on architecture: Architecture = .x86_64, libc: Libc = .glibc,
    at date: String
  ) throws -> Reach {
    Reach(
      floor: floor, until: ceiling, needing: needing, on: architecture, libc: libc,
      at: try #require(CalendarDate(date)),
      among: try Facts().distributions)
  }

  @Test func `what needs a newer glibc leaves out the older releases`() throws {
    let reach = try reach(LibcVersion(2, 34), at: "2026-08-01")
    let (runs, leavesOut) = (Set(reach.runs.map(\.title)), Set(reach.leavesOut.map(\.title)))
    #expect(runs.isSuperset(of: ["AlmaLinux 9", "Debian 12", "Ubuntu 22.04"]))
    #expect(leavesOut.isSuperset(of: ["AlmaLinux 8", "Debian 11"]))
    #expect(runs.isDisjoint(with: leavesOut))
    // Out of support, or not known how long it is in support.
    #expect(runs.union(leavesOut).isDisjoint(with: ["Ubuntu 20.04", "Debian 10", "Photon OS 5.0"]))
  }

  @Test func `what is refused from a glibc on leaves out the newer releases, those with just that glibc too`() throws {
    let reach = try reach(LibcVersion(2, 34), until: LibcVersion(2, 41), at: "2026-08-01")
    let (runs, leavesOut) = (Set(reach.runs.map(\.title)), Set(reach.leavesOut.map(\.title)))
    #expect(runs.isSuperset(of: ["AlmaLinux 9", "Debian 12", "Ubuntu 24.04"]))
    // Debian 13 has glibc 2.41, Debian 11 has 2.31.
    #expect(leavesOut.isSuperset(of: ["Debian 13", "Debian 11"]))
    #expect(runs.isDisjoint(with: leavesOut))
  }

  @Test func `nothing is left out by what needs no glibc`() throws {
    #expect(try reach(nil, at: "2026-08-01").leavesOut.isEmpty)
  }

  @Test func `a release without a needed symbol version is left out though its glibc is new enough`() throws {
    let date = try #require(CalendarDate("2026-08-01"))
    let release = try #require(
      Facts().distributions.releases.first { $0.isSupported(at: date) == true && $0.missing[.riscv64] != nil })
    let floor = try #require(release.versions[.riscv64])
    let missing = try #require(release.missing[.riscv64]?.first)
    #expect(try reach(floor, on: .riscv64, at: "2026-08-01").runs.contains(release))
    #expect(try reach(floor, needing: [missing], on: .riscv64, at: "2026-08-01").leavesOut.contains(release))
  }

  /// Alpine's package index: which musl each branch has.
  @Test(arguments: [
    ("3.16", "1.2.3"), ("3.18", "1.2.4"), ("3.20", "1.2.5"), ("3.22", "1.2.5"), ("3.23", "1.2.5"), ("3.24", "1.2.6"),
  ]) func `releases of Alpine Linux have the musl that they are known for`(branch: String, musl: String) throws {
    let release = try #require(Facts().distributions.releases.first { $0.title == "Alpine Linux \(branch)" })
    #expect(release.libc == .musl)
    #expect(release.versions[.x86_64] == LibcVersion(musl))
  }

  /// The port to RISC-V came with Alpine Linux 3.20, that to LoongArch with 3.21 (their release notes).
  @Test(arguments: [(Architecture.riscv64, "3.20"), (.loongarch64, "3.21")])
  func `a port is known from the release that it came with`(architecture: Architecture, first: String) throws {
    let alpine = try Facts().distributions.releases.filter { $0.name == "Alpine Linux" }
    #expect(alpine.first { $0.versions[architecture] != nil }?.release == first)
  }

  @Test func `what needs musl reaches releases with musl, and no other`() throws {
    let reach = try reach(LibcVersion(1, 1), libc: .musl, at: "2026-08-31")
    #expect(reach.leavesOut.isEmpty)
    #expect(
      Set(reach.runs.map(\.title)) == Set(["3.21", "3.22", "3.23", "3.24", "edge"].map { "Alpine Linux \($0)" }))
    #expect(try self.reach(nil, at: "2026-08-31").runs.allSatisfy { $0.libc == .glibc })
  }

  /// DT_RELR came with musl 1.2.4, which Alpine Linux 3.18 was the first to have: a tag cannot tell it from 3.17.
  @Test(arguments: [("1.2", ["3.17", "3.18", "3.19"], [String]()), ("1.2.4", ["3.18", "3.19"], ["3.17"])])
  func `a floor within a series is compared to the patch release`(
    floor: String, runs: [String], leavesOut: [String]
  ) throws {
    let reach = try reach(LibcVersion(floor), libc: .musl, at: "2024-11-22")
    #expect(Set(reach.runs.map(\.title)).isSuperset(of: runs.map { "Alpine Linux \($0)" }))
    #expect(reach.leavesOut.map(\.title) == leavesOut.map { "Alpine Linux \($0)" })
  }

  // MARK: Days

  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2026-08-31", 20_696), ("2100-03-01", 47_541),
  ]) func `days are counted from 1970`(text: String, days: Int) {
    #expect(CalendarDate(daysSince1970: days) == CalendarDate(text))
    #expect(CalendarDate(daysSince1970: days).description == text)
  }

  @Test(arguments: [
    "", "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026-04-31", "2026-01-01x",
    "+026-01-01",
  ])
  func `what is no day is refused`(text: String) throws {
    #expect(CalendarDate(text) == nil)
  }

  // MARK: Installers

  private static let installers: [(tag: String, pip: String?, isAccepted: Bool)] = [
    ("manylinux1_x86_64", "8.1.0", true), ("manylinux2014_aarch64", "19.3", true),
    ("manylinux_2_28_x86_64", "20.3", true), ("manylinux_2_39_riscv64", "24.1", true),
    ("musllinux_1_2_x86_64", "21.2", true), ("manylinux_2_36_loongarch64", "20.3", false),
    ("linux_x86_64", nil, false), ("linux_armv7l", nil, true), ("any", nil, true), ("win_amd64", nil, true),
  ]

  @Test(arguments: installers) func `tags are understood since some pip, and accepted or not`(
    tag: String, pip: String?, isAccepted: Bool
  ) throws {
    let table = try Facts().installers
    #expect(table.oldest(for: PlatformTag(tag)).first { $0.installer == "pip" }?.version == pip)
    #expect(table.isAccepted(PlatformTag(tag)) == isAccepted)
  }
}
