import Testing
import WheelTags

@Suite struct PlatformTagTests {
  /// What a tag says, as PEP 425, 513, 571, 599, 600 and 656 have it.
  static let tags: [(String, PlatformTag.Promise, Architecture?)] = [
    ("any", .any, nil),
    ("linux_x86_64", .linux, .x86_64),
    ("linux_armv6l", .linux, .armv6l),
    ("linux_armv7l", .linux, .armv7l),
    ("manylinux1_x86_64", .libc(.glibc, LibcVersion(2, 5)), .x86_64),
    ("manylinux1_i686", .libc(.glibc, LibcVersion(2, 5)), .i686),
    ("manylinux2010_i686", .libc(.glibc, LibcVersion(2, 12)), .i686),
    ("manylinux2014_aarch64", .libc(.glibc, LibcVersion(2, 17)), .aarch64),
    ("manylinux2014_ppc64", .libc(.glibc, LibcVersion(2, 17)), .ppc64),
    ("manylinux_2_5_x86_64", .libc(.glibc, LibcVersion(2, 5)), .x86_64),
    ("manylinux_2_28_ppc64le", .libc(.glibc, LibcVersion(2, 28)), .ppc64le),
    ("manylinux_2_36_loongarch64", .libc(.glibc, LibcVersion(2, 36)), .loongarch64),
    ("manylinux_3_0_riscv64", .libc(.glibc, LibcVersion(3, 0)), .riscv64),
    ("musllinux_1_1_s390x", .libc(.musl, LibcVersion(1, 1)), .s390x),
    ("musllinux_1_2_armv7l", .libc(.musl, LibcVersion(1, 2)), .armv7l),
    // An architecture that nobody has heard of is data.
    ("manylinux_2_17_vax", .libc(.glibc, LibcVersion(2, 17)), Architecture(rawValue: "vax")),
    ("linux_mips64_el", .linux, Architecture(rawValue: "mips64_el")),
  ]

  @Test(arguments: tags)
  func `a tag says its promise and its architecture`(
    spelling: String, promise: PlatformTag.Promise, architecture: Architecture?
  ) {
    let tag = PlatformTag(spelling)
    #expect(tag.promise == promise)
    #expect(tag.architecture == architecture)
    #expect(tag.spelling == spelling)
  }

  /// An installer compares tags as text with those it generates, and it generates none of these.
  @Test(arguments: [
    "", "_", "Any", "any_x86_64", "linux", "linux_", "Linux_x86_64",
    "manylinux", "manylinux_x86_64", "manylinux1", "manylinux1_", "manylinux2014", "manylinux2015_x86_64",
    "manylinux_2", "manylinux_2_17", "manylinux_2_17_", "manylinux_2__x86_64", "manylinux__17_x86_64",
    "manylinux_2_017_x86_64", "manylinux_02_17_x86_64", "manylinux_+2_17_x86_64", "manylinux_2_-17_x86_64",
    "manylinux_2_1７_x86_64", "manylinux_2.17_x86_64", "manylinux_2_999999999_x86_64",
    "manylinux_2_99999999999999999999_x86_64", "manylinux-2-17-x86_64", "Manylinux_2_17_x86_64",
    "musllinux", "musllinux_1_2", "musllinux1_x86_64", "musllinux_1_2_", "musllinux_1_02_x86_64",
    "glibc_2_17_x86_64", "musl_1_2_x86_64",
    "win32", "win_amd64", "macosx_11_0_arm64", "macosx_10_9_universal2", "android_21_arm64_v8a", "freebsd_14_0_amd64",
  ])
  func `a tag of another system or another form promises nothing known`(spelling: String) {
    let tag = PlatformTag(spelling)
    #expect(tag.promise == .other)
    #expect(tag.architecture == nil)
    #expect(tag.alias == nil)
    #expect(tag.libc == nil)
    #expect(tag.libcVersion == nil)
    #expect(tag.description == spelling)
  }

  @Test(arguments: [
    (PlatformTag(.glibc, LibcVersion(2, 34), .x86_64), "manylinux_2_34_x86_64"),
    (PlatformTag(.glibc, LibcVersion(2, 3, patch: 4), .i686), "manylinux_2_3_i686"),
    (PlatformTag(.musl, LibcVersion(1, 2), .aarch64), "musllinux_1_2_aarch64"),
    (PlatformTag(linux: .s390x), "linux_s390x"),
  ])
  func `a tag that is put together is spelt as the PEPs spell it`(tag: PlatformTag, spelling: String) {
    #expect(tag.description == spelling)
    let read = PlatformTag(spelling)
    #expect(read.architecture == tag.architecture)
    #expect(read.libcVersion == tag.libcVersion?.series)
    #expect(read.libc == tag.libc)
  }

  @Test func `two spellings of one promise are two tags`() {
    let (legacy, perennial) = (PlatformTag("manylinux2014_x86_64"), PlatformTag("manylinux_2_17_x86_64"))
    #expect(legacy.promise == perennial.promise)
    #expect(legacy != perennial)
    #expect(legacy.alias == .manylinux2014)
    #expect(perennial.alias == nil)
  }
}
