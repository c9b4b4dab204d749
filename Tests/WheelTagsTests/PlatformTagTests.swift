import Testing
import WheelTags

@Suite struct PlatformTagTests {
  static let tags: [(String, PlatformTag.Promise, Architecture?)] = [
    ("manylinux_2_17_x86_64", .libc(.glibc, LibcVersion(2, 17)), .x86_64),
    ("manylinux_2_5_i686", .libc(.glibc, LibcVersion(2, 5)), .i686),
    ("musllinux_1_2_armv7l", .libc(.musl, LibcVersion(1, 2)), .armv7l),
    ("manylinux1_x86_64", .libc(.glibc, LibcVersion(2, 5)), .x86_64),
    ("manylinux2010_i686", .libc(.glibc, LibcVersion(2, 12)), .i686),
    ("manylinux2014_aarch64", .libc(.glibc, LibcVersion(2, 17)), .aarch64),
    ("manylinux_2_999999_x86_64", .libc(.glibc, LibcVersion(2, 999_999)), .x86_64),
    ("manylinux_2_17_armv6l", .libc(.glibc, LibcVersion(2, 17)), .armv6l),
    ("linux_x86_64", .linux, .x86_64),
    ("linux_armv6l", .linux, .armv6l),
    ("any", .any, nil),
    ("win_amd64", .other, nil),
    ("macosx_11_0_arm64", .other, nil),
    ("manylinux1", .other, nil),
    ("manylinux_2_17", .other, nil),
    ("manylinux_2_17_", .other, nil),
    ("manylinux_2_017_x86_64", .other, nil),
    ("manylinux_2_+17_x86_64", .other, nil),
    ("manylinux_2_9999999_x86_64", .other, nil),
    ("linux_", .other, nil),
    ("", .other, nil),
  ]

  @Test(arguments: tags)
  func `a tag promises what its form says`(spelling: String, promise: PlatformTag.Promise, architecture: Architecture?)
  {
    let tag = PlatformTag(spelling)
    #expect(tag.promise == promise)
    #expect(tag.architecture == architecture)
    #expect(tag.spelling == spelling)
  }

  @Test func `a tag made of a version is written as PEP 600 and PEP 656 say`() {
    #expect(PlatformTag(.glibc, LibcVersion(2, 28), .aarch64).spelling == "manylinux_2_28_aarch64")
    #expect(PlatformTag(.musl, LibcVersion(1, 2, patch: 4), .x86_64).spelling == "musllinux_1_2_x86_64")
    #expect(PlatformTag(linux: .ppc64le).spelling == "linux_ppc64le")
  }

  /// PEP 513, PEP 571 and PEP 599.
  static let aliases: [(LegacyAlias, LibcVersion, [Architecture])] = [
    (.manylinux1, LibcVersion(2, 5), [.x86_64, .i686]),
    (.manylinux2010, LibcVersion(2, 12), [.x86_64, .i686]),
    (.manylinux2014, LibcVersion(2, 17), [.x86_64, .i686, .aarch64, .armv7l, .ppc64, .ppc64le, .s390x]),
  ]

  @Test(arguments: aliases)
  func `a legacy alias holds for the architectures of its PEP`(
    alias: LegacyAlias, glibc: LibcVersion, architectures: [Architecture]
  ) {
    for architecture in Architecture.profiled {
      #expect(
        LegacyAlias(glibc: glibc, architecture: architecture) == (architectures.contains(architecture) ? alias : nil))
    }
  }
}
