import BuildProfiles
import Testing
import WheelTags

@Suite struct RemedyTableTests {
  /// What is needed under manylinux_2_17 on x86_64, and what the remedy must speak of.
  private static let known: [(symbol: String?, version: String, says: String)] = [
    ("pthread_create", "GLIBC_2.34", "libpthread"), ("dlsym", "GLIBC_2.34", "libdl"),
    ("__libc_start_main", "GLIBC_2.34", "program"), ("getrandom", "GLIBC_2.25", "SYS_getrandom"),
    ("arc4random_buf", "GLIBC_2.36", "getrandom"), ("__isoc23_strtol", "GLIBC_2.38", "-std=c17"),
    ("stat64", "GLIBC_2.33", "__xstat"), ("exp", "GLIBC_2.29", ".symver exp,exp@GLIBC_2.2.5"),
    ("fmod", "GLIBC_2.38", ".symver fmod,fmod@GLIBC_2.2.5"), ("statx", "GLIBC_2.28", "syscall(2)"),
    ("fcntl64", "GLIBC_2.28", "_FILE_OFFSET_BITS=64"), (nil, "GLIBC_ABI_DT_RELR", "nopack-relative-relocs"),
    ("some_new_one", "GLIBC_2.30", "zig cc -target x86_64-linux-gnu.2.17"),
    ("pthread_sigmask", "GLIBC_2.32", "older version 2.2.5"), ("_ZSt3foov", "GLIBCXX_3.4.29", "-static-libstdc++"),
    ("__cxa_bar", "CXXABI_1.3.13", "-static-libstdc++"), ("__udivmodti4", "GCC_7.0.0", "-static-libgcc"),
    ("inflateValidate", "ZLIB_1.2.9", "zlib statically"),
  ]

  @Test(arguments: known) func `a requirement has a remedy of its own`(symbol: String?, version: String, says: String)
    throws
  {
    let remedy = try Facts().remedies.remedy(for: symbol, at: version, claim: LibcVersion(2, 17), on: .x86_64)
    let found = try #require(remedy)
    #expect("\(found.clause): \(found.line ?? "")".contains(says))
  }

  @Test func `no older version is offered that the claim does not allow`() throws {
    // On x86_64 exp is exported at 2.2.5 and 2.29, on riscv64 at 2.27 and 2.29.
    let remedy = try Facts().remedies.remedy(for: "exp", at: "GLIBC_2.29", claim: LibcVersion(2, 17), on: .riscv64)
    #expect(try #require(remedy).line == nil)
  }

  @Test(arguments: [
    (Libc.glibc, LibcVersion(2, 17), Architecture.x86_64, "the manylinux2014_x86_64 image" as String?),
    (.glibc, LibcVersion(2, 27), .x86_64, "the manylinux2014_x86_64 image"),
    (.glibc, LibcVersion(2, 28), .aarch64, "the manylinux_2_28_aarch64 image"),
    (.glibc, LibcVersion(2, 17), .riscv64, nil), (.musl, LibcVersion(1, 2), .x86_64, "the musllinux_1_2_x86_64 image"),
  ]) func `the image to build in is the newest that is old enough`(
    libc: Libc, version: LibcVersion, architecture: Architecture, image: String?
  ) throws {
    #expect(try Facts().remedies.image(libc, upTo: version, architecture) == image)
  }

  /// Every symbol that glibc exports at a version newer than 2.17 has a remedy without a placeholder left in it.
  @Test(
    arguments: ["2.18", "2.25", "2.28", "2.29", "2.33", "2.34", "2.38"], ["memcpy", "any_name", "stat", "pthread_join"])
  func `no placeholder is left in a remedy`(version: String, symbol: String) throws {
    let remedy = try Facts().remedies.remedy(
      for: symbol, at: "GLIBC_\(version)", claim: LibcVersion(2, 17), on: .x86_64)
    let found = try #require(remedy)
    #expect(!"\(found.clause)\(found.line ?? "")".contains(/[{}]/))
  }
}
