import Testing
import WheelTags

@testable import BuildProfiles

@Suite struct GlibcLibrariesTests {
  private let facts = Facts()

  /// PEP 599, "The manylinux2014 policy": the sonames that a wheel may need.
  @Test(arguments: [
    "libgcc_s.so.1", "libstdc++.so.6", "libm.so.6", "libdl.so.2", "librt.so.1", "libc.so.6", "libnsl.so.1",
    "libutil.so.1", "libpthread.so.0", "libresolv.so.2", "libX11.so.6", "libXext.so.6", "libXrender.so.1",
    "libICE.so.6", "libSM.so.6", "libGL.so.1", "libgobject-2.0.so.0", "libgthread-2.0.so.0", "libglib-2.0.so.0",
  ])
  func `the libraries of PEP 599 are in manylinux2014`(soname: String) throws {
    let floor = try #require(facts.platform(.glibc, .x86_64).libraryFloor(soname))
    #expect(floor <= .libc(LibcVersion(2, 17)))
  }

  /// Withdrawn from PEP 513 when distributions dropped them, or never listed.
  @Test(arguments: ["libcrypt.so.1", "libncursesw.so.5", "libpanelw.so.5", "libssl.so.3", "libc.so", "libfoo.so.1", ""])
  func `what no profile lists is no library of the platform`(soname: String) throws {
    #expect(try facts.platform(.glibc, .x86_64).libraryFloor(soname) == nil)
  }

  @Test(arguments: [
    ("libz.so.1", "2.5"), ("libexpat.so.1", "2.12"), ("libmvec.so.1", "2.24"), ("libatomic.so.1", "2.5"),
  ])
  func `a library has the floor of the first profile that lists it`(soname: String, floor: String) throws {
    #expect(try facts.platform(.glibc, .x86_64).libraryFloor(soname) == .libc(try #require(LibcVersion(floor))))
  }

  @Test(arguments: [
    ("libz.so.1", "uncompress2", "2.34"), ("libz.so.1", "crc32_combine_gen", "2.37"),
    ("libc.so.6", "__cxa_thread_atexit_impl", "2.24"), ("libm.so.6", "__issignaling", "2.24"),
    ("libpthread.so.0", "pthread_getattr_default_np", "2.24"),
  ])
  func `a withheld symbol has the floor of the first profile that does not withhold it`(
    library: String, symbol: String, floor: String
  ) throws {
    let platform = try facts.platform(.glibc, .x86_64)
    #expect(platform.restrictedFloor(library: library, symbol: symbol) == .libc(try #require(LibcVersion(floor))))
    #expect(platform.restrictions(of: symbol).map(\.library).contains(library))
    #expect(platform.restrictedSymbols.contains(symbol))
  }

  @Test(arguments: ["_dist_code", "inflate_table", "z_errmsg", "zcalloc"])
  func `the internals of zlib are in no profile`(symbol: String) throws {
    #expect(try facts.platform(.glibc, .aarch64).restrictedFloor(library: "libz.so.1", symbol: symbol) == .noProfile)
  }

  @Test(arguments: [("libz.so.1", "inflate"), ("libc.so.6", "uncompress2"), ("libm.so.6", "_dist_code"), ("", "")])
  func `any other symbol is not withheld`(library: String, symbol: String) throws {
    #expect(try facts.platform(.glibc, .x86_64).restrictedFloor(library: library, symbol: symbol) == nil)
  }

  @Test(arguments: publishedArchitectures)
  func `DT_RELR came with glibc 2.36`(architecture: Architecture) throws {
    #expect(try facts.platform(.glibc, architecture).relativeRelocationFloor == .libc(LibcVersion(2, 36)))
  }

  /// The names of the loader by architecture: the ABI supplements, as glibc's `shlib-versions` gives them.
  @Test(arguments: [
    ("ld-linux-x86-64.so.2", true), ("ld-linux.so.2", true), ("ld-linux-aarch64.so.1", true),
    ("ld-linux-armhf.so.3", true), ("ld64.so.1", true), ("ld64.so.2", true), ("ld-linux-riscv64-lp64d.so.1", true),
    ("ld-linux-loongarch-lp64d.so.1", true), ("ld-musl-x86_64.so.1", true), ("libc.so.6", false), ("libld.so", false),
    ("lld-linux.so.2", false),
  ])
  func `a loader is known by its name`(soname: String, isLoader: Bool) throws {
    for libc in Libc.allCases {
      #expect(try facts.platform(libc, .x86_64).isLoader(soname) == isLoader)
      #expect(try facts.profiles(libc).isLoader(soname) == isLoader)
    }
  }

  /// Names are whole words; one with a star at its end is all that begin so.
  @Test(arguments: [
    ("one", true), ("two", true), ("last", true), ("on", false), ("ones", false), ("three", false), ("three_", true),
    ("three_four", true), ("", false), ("fi*ve", true), ("fi_ve", false), ("one two", false), ("*", false),
  ])
  func `a library may export what its list names`(symbol: String, isListed: Bool) throws {
    var texts = Facts.Texts()
    texts.manylinuxProfiles = TableText(
      "manylinux-profiles.txt",
      """
      profile 2.5 aliases=manylinux1 architectures=i686,x86_64
      library 2.5 libz.so.1
      relative-relocations 2.36
      exports libfoo.so.1 one two  three_* fi*ve last
      """)
    let platform = try Facts(texts).platform(.glibc, .x86_64)
    #expect(platform.mayExport("libfoo.so.1", symbol) == isListed)
    #expect(platform.mayExport("libbar.so.1", symbol))
  }
}
