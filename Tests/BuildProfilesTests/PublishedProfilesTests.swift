import BuildProfiles
import Testing
import WheelTags

@Suite struct PublishedProfilesTests {
  private let facts = Facts()

  @Test func `nineteen profiles are published, oldest first, each once`() throws {
    let table = try facts.profiles(.glibc)
    let versions = [
      "2.5", "2.12", "2.17", "2.24", "2.26", "2.27", "2.28", "2.31", "2.34", "2.35", "2.36", "2.37", "2.38", "2.39",
      "2.40", "2.41", "2.42", "2.43", "2.44",
    ]
    #expect(table.profiles.map(\.version.description) == versions)
    #expect(table.profiles.allSatisfy { $0.libc == .glibc })
  }

  @Test(arguments: [
    ("x86_64", "2.5"), ("i686", "2.5"), ("aarch64", "2.17"), ("armv7l", "2.17"), ("ppc64", "2.17"),
    ("ppc64le", "2.17"), ("s390x", "2.17"), ("riscv64", "2.31"), ("loongarch64", "2.36"),
  ])
  func `an architecture has profiles from the first that was published for it`(architecture: String, first: String)
    throws
  {
    let profiles = try facts.platform(.glibc, Architecture(rawValue: architecture)).profiles
    #expect(profiles.first?.version.description == first)
    #expect(profiles.map(\.version) == profiles.map(\.version).sorted())
    #expect(profiles.allSatisfy { $0.architectures.contains(Architecture(rawValue: architecture)) })
  }

  @Test func `what architectures have profiles is told by the profiles`() throws {
    #expect(try facts.profiles(.glibc).architectures == publishedArchitectures)
    // musl was published for neither big-endian POWER nor anything that glibc was not.
    #expect(try facts.profiles(.musl).architectures == publishedArchitectures.filter { $0 != .ppc64 })
  }

  @Test func `ppc64 has manylinux2014 and nothing after it`() throws {
    #expect(try facts.platform(.glibc, .ppc64).profiles.map(\.name) == ["manylinux_2_17"])
  }

  @Test(arguments: ["armv6l", "mips64el", "sparc64"])
  func `an architecture without profiles has no profile, and no symbol version`(architecture: String) throws {
    let platform = try facts.platform(.glibc, Architecture(rawValue: architecture))
    #expect(platform.profiles.isEmpty)
    #expect(platform.oldestProfile(for: nil) == nil)
    #expect(platform.versionFloor("GLIBC_2.17") == .noProfile)
  }

  /// PEP 513, PEP 571 and PEP 599, each under "Compatible wheels" or "The manylinux… policy".
  @Test(arguments: [
    ("2.5", "x86_64", "manylinux1"), ("2.5", "i686", "manylinux1"), ("2.12", "x86_64", "manylinux2010"),
    ("2.12", "i686", "manylinux2010"), ("2.17", "x86_64", "manylinux2014"), ("2.17", "aarch64", "manylinux2014"),
    ("2.17", "ppc64", "manylinux2014"), ("2.17", "s390x", "manylinux2014"), ("2.17", "armv7l", "manylinux2014"),
    ("2.5", "aarch64", nil), ("2.12", "s390x", nil), ("2.17", "riscv64", nil), ("2.24", "x86_64", nil),
    ("2.44", "x86_64", nil),
  ])
  func `a profile has its legacy name on the architectures of the PEP`(
    version: String, architecture: String, alias: String?
  ) throws {
    let profile = try #require(facts.profiles(.glibc).profiles.first { $0.version.description == version })
    #expect(profile.alias(for: Architecture(rawValue: architecture))?.rawValue == alias)
  }

  @Test func `a profile is named and tagged by PEP 600`() throws {
    let profile = try #require(facts.profiles(.glibc).profiles.first)
    #expect(profile.name == "manylinux_2_5")
    #expect(profile.tag(for: .i686).spelling == "manylinux_2_5_i686")
  }

  @Test(arguments: [
    ("x86_64", "2.17", "manylinux_2_17"), ("x86_64", "2.18", "manylinux_2_24"), ("x86_64", "2.2.5", "manylinux_2_5"),
    ("x86_64", "2.25", "manylinux_2_26"), ("x86_64", "2.29", "manylinux_2_31"), ("x86_64", "2.32", "manylinux_2_34"),
    ("x86_64", "2.44", "manylinux_2_44"), ("x86_64", "2.45", nil), ("aarch64", "2.4", "manylinux_2_17"),
    ("riscv64", "2.27", "manylinux_2_31"), ("loongarch64", "2.17", "manylinux_2_36"), ("ppc64", "2.18", nil),
    ("armv7l", "2.44", nil),
  ])
  func `the oldest profile for a floor is the first published one at or above it`(
    architecture: String, floor: String, profile: String?
  ) throws {
    let platform = try facts.platform(.glibc, Architecture(rawValue: architecture))
    let version = try #require(LibcVersion(floor))
    #expect(platform.oldestProfile(for: .libc(version))?.name == profile)
  }

  @Test(arguments: publishedArchitectures)
  func `what needs nothing fits the first profile, what nothing provides fits none`(architecture: Architecture) throws {
    let platform = try facts.platform(.glibc, architecture)
    #expect(platform.oldestProfile(for: nil) == platform.profiles.first)
    #expect(platform.oldestProfile(for: .noProfile) == nil)
  }
}
