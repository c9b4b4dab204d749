import BuildProfiles
import Testing
import WheelTags

@Suite struct MuslPlatformTests {
  private func platform(_ architecture: String) throws -> Platform {
    try Facts().platform(.musl, Architecture(rawValue: architecture))
  }

  @Test(arguments: [
    ("x86_64", ["musllinux_1_1", "musllinux_1_2"]), ("riscv64", ["musllinux_1_1", "musllinux_1_2"]),
    ("loongarch64", ["musllinux_1_2"]), ("ppc64", []), ("armv6l", []),
  ])
  func `two series of musl are published`(architecture: String, names: [String]) throws {
    #expect(try platform(architecture).profiles.map(\.name) == names)
  }

  @Test(arguments: [
    ("x86_64", "libc.musl-x86_64.so.1"), ("x86_64", "ld-musl-x86_64.so.1"), ("aarch64", "libc.musl-aarch64.so.1"),
    ("aarch64", "ld-musl-aarch64.so.1"), ("i686", "libc.musl-x86.so.1"), ("i686", "ld-musl-i386.so.1"),
    ("armv7l", "libc.musl-armv7.so.1"), ("armv7l", "ld-musl-armhf.so.1"), ("ppc64le", "libc.musl-ppc64le.so.1"),
    ("ppc64le", "ld-musl-powerpc64le.so.1"), ("s390x", "libc.musl-s390x.so.1"), ("riscv64", "ld-musl-riscv64.so.1"),
    ("x86_64", "libc.so.6"), ("aarch64", "libpthread.so.0"), ("x86_64", "librt.so.1"), ("i686", "libm.so.6"),
    ("s390x", "libdl.so.2"), ("x86_64", "libutil.so.1"), ("x86_64", "libxnet.so"),
  ])
  func `musl answers to the name of its loader, and to those of the parts of a libc`(
    architecture: String, soname: String
  ) throws {
    let series = Floor.libc(LibcVersion(1, 1))
    #expect(try platform(architecture).libraryFloor(soname) == series)
    #expect(try platform(architecture).libraryFloor("libc.so") == series)
    #expect(try platform(architecture).libraryFloor("libz.so.1") == series)
  }

  @Test(arguments: [
    "ld-musl-i386.so.1", "ld-linux-x86-64.so.2", "libcrypt.so.1", "libresolv.so.2", "libmvec.so.1", "libc", "libcc.so",
    "libm-1a2b3c4d.so.6", "libstdc++.so.6", "libgcc_s.so.1", "libz.so",
  ])
  func `nothing else is the platform's`(soname: String) throws {
    #expect(try platform("x86_64").libraryFloor(soname) == nil)
  }

  @Test(arguments: ["GLIBC_2.17", "GLIBCXX_3.4", "FOO_1.0"])
  func `musl's loader does not look at symbol versions`(version: String) throws {
    #expect(try platform("x86_64").versionFloor(version) == nil)
  }

  /// `uncompress2` came with zlib 1.2.9 of 2016, before musl 1.2; `crc32_combine_gen` with 1.2.12 of 2022, after it.
  @Test(
    arguments: [
      ("libz.so.1", "uncompress2", .libc(LibcVersion(1, 2))), ("libz.so.1", "crc32_combine_gen", .noProfile),
      ("libz.so.1", "inflate", nil), ("libc.so", "uncompress2", nil),
    ] as [(String, String, Floor?)])
  func `zlib withholds what some system of the series lacks`(library: String, symbol: String, floor: Floor?) throws {
    #expect(try platform("x86_64").restrictedFloor(library: library, symbol: symbol) == floor)
  }

  /// It is the same zlib: whatever a manylinux profile withholds of it.
  @Test func `musllinux withholds of zlib what manylinux does`() throws {
    let withheld = try Facts().profiles(.glibc).restricted["libz.so.1"]?.keys.sorted()
    #expect(try platform("x86_64").restrictedSymbols == withheld)
  }

  @Test func `DT_RELR came with musl 1.2.4`() throws {
    #expect(try platform("x86_64").relativeRelocationFloor == .libc(LibcVersion(1, 2, patch: 4)))
  }

  @Test func `what came within a series fits the profile of the series`() throws {
    let profile = try platform("x86_64").oldestProfile(for: .libc(LibcVersion(1, 2, patch: 4)))
    #expect(profile?.name == "musllinux_1_2")
  }
}
