import BuildProfiles
import Testing
import WheelTags

@Suite struct MuslSymbolTableTests {
  private static let measured: [Architecture] = [.aarch64, .armv7l, .i686, .ppc64le, .riscv64, .s390x, .x86_64]

  /// The release notes of musl (`WHATSNEW`) name what is new: 1.2.2 `_Fork`, `gettid`, `reallocarray`,
  /// `tcgetwinsize`; 1.2.3 `pthread_getname_np`, `qsort_r`; 1.2.5 `preadv2`, `statx`;
  /// 1.2.6 `posix_getdents`, `renameat2`.
  @Test(arguments: [
    ("memcpy", "1.1.24"), ("pthread_create", "1.1.24"), ("strlcpy", "1.1.24"), ("aligned_alloc", "1.1.24"),
    ("_Fork", "1.2.2"), ("gettid", "1.2.2"), ("reallocarray", "1.2.2"), ("tcgetwinsize", "1.2.2"),
    ("pthread_getname_np", "1.2.3"), ("qsort_r", "1.2.3"), ("preadv2", "1.2.5"), ("statx", "1.2.5"),
    ("posix_getdents", "1.2.6"), ("renameat2", "1.2.6"),
  ])
  func `a symbol of musl is known with the release that it came with`(symbol: String, release: String) throws {
    let version = try #require(LibcVersion(release))
    for architecture in Self.measured {
      #expect(try Facts().muslSymbols(architecture).origin(of: symbol) == .musl(since: version), "\(architecture)")
    }
  }

  /// musl 1.2.0 gave 32-bit architectures a 64-bit `time_t`, under new names (musl's "time64" release notes).
  @Test(arguments: [("i686", true), ("armv7l", true), ("x86_64", false), ("aarch64", false)])
  func `the names for a 64-bit time exist where time was 32 bits`(architecture: String, exists: Bool) throws {
    let origin = try Facts().muslSymbols(Architecture(rawValue: architecture)).origin(of: "__clock_gettime64")
    #expect((origin == .musl(since: LibcVersion(1, 2))) == exists)
  }

  /// musl 1.2.4 took these names out of the symbol table, and its loader still resolves them.
  @Test(arguments: ["open64", "stat64", "readdir64_r", "lseek64"])
  func `the names for large files are provided by every release`(symbol: String) throws {
    #expect(try Facts().muslSymbols(.x86_64).origin(of: symbol) == .musl(since: LibcVersion(1, 1, patch: 24)))
  }

  @Test(arguments: [
    "__memcpy_chk", "__printf_chk", "__fprintf_chk", "gnu_get_libc_version", "backtrace", "fcntl64", "__isoc23_strtol",
    "__cxa_thread_atexit_impl",
  ])
  func `a symbol that only glibc exports is known as that`(symbol: String) throws {
    for architecture in Self.measured {
      #expect(try Facts().muslSymbols(architecture).origin(of: symbol) == .onlyGlibc, "\(architecture)")
    }
  }

  @Test(arguments: ["PyLong_FromLong", "inflate", "_ZSt4cout", "foo_call", ""])
  func `of what neither libc exports nothing is known`(symbol: String) throws {
    #expect(try Facts().muslSymbols(.x86_64).origin(of: symbol) == nil)
  }

  @Test(arguments: ["loongarch64", "ppc64", "sparc64"])
  func `of an architecture that was not measured nothing is known`(architecture: String) throws {
    let table = try Facts().muslSymbols(Architecture(rawValue: architecture))
    #expect(Array(table.symbols).isEmpty)
    #expect(table.origin(of: "memcpy") == nil)
  }

  @Test(arguments: [
    ("1.1", "1.1", false), ("1.1.24", "1.1", false), ("1.2.0", "1.2", false), ("1.2.1", "1.2", true),
    ("1.2.2", "1.2", true),
    ("1.2.3", "1.2", true), ("1.2.5", "1.2", true),
  ])
  func `a tag can say the series only, and a release within it is later than its first`(
    release: String, series: String, isWithin: Bool
  ) throws {
    let table = try Facts().muslSymbols(.x86_64)
    let version = try #require(LibcVersion(release))
    #expect(table.floor(since: version) == .libc(try #require(LibcVersion(series))))
    #expect(table.cameWithinSeries(version) == isWithin)
  }
}
