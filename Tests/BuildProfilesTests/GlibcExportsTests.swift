import Testing
import WheelTags

@testable import BuildProfiles

/// Which library of glibc exports a symbol, since when: as glibc's ABI lists say, and libraries of 2.31, 2.36 and 2.43.
@Suite struct GlibcExportsTests {
  private func exports(_ architecture: Architecture = .x86_64) throws -> GlibcExports {
    try Facts().glibcExports(architecture)
  }

  private static func floor(_ version: String?) -> Floor {
    version.flatMap { LibcVersion($0) }.map { .libc($0) } ?? .noProfile
  }

  /// Each row: a symbol without a version, what is loaded besides libc, and since when it is found; nil for never.
  @Test(
    arguments: [
      ("arc4random", [], "2.36"), ("memcpy", [], "2.2.5"), ("shm_open", [], "2.34"),
      ("shm_open", ["librt.so.1"], "2.2.5"), ("pthread_create", [], "2.34"),
      ("pthread_create", ["libpthread.so.0"], "2.2.5"), ("scalbln", [], nil), ("scalbln", ["libm.so.6"], "2.2.5"),
      ("dlopen", [], "2.34"), ("dlopen", ["libdl.so.2"], "2.2.5"),
    ] as [(String, Set<String>, String?)])
  func `a symbol without a version is found since a release`(
    name: String, libraries: Set<String>, expected: String?
  ) throws {
    #expect(try exports().floor(ofUnversioned: name, loading: libraries) == Self.floor(expected))
  }

  @Test(arguments: ["foo_call", "PyLong_FromLong", "ZSTD_compress"])
  func `of other symbols nothing is known`(name: String) throws {
    #expect(try exports().floor(ofUnversioned: name, loading: []) == nil)
  }

  /// Each row: a symbol at a version, what is loaded besides libc, and since when it is found.
  @Test(
    arguments: [
      ("scalbln", "GLIBC_2.2.5", [], nil), ("scalbln", "GLIBC_2.2.5", ["libm.so.6"], "2.2.5"),
      ("pthread_create", "GLIBC_2.2.5", [], "2.34"), ("pthread_create", "GLIBC_2.2.5", ["libpthread.so.0"], "2.2.5"),
      ("pthread_create", "GLIBC_2.34", [], "2.34"), ("memcpy", "GLIBC_2.14", [], "2.14"),
      ("__libc_start_main", "GLIBC_2.34", [], "2.34"), ("__tls_get_addr", "GLIBC_2.3", [], "2.3"),
    ] as [(String, String, Set<String>, String?)])
  func `a symbol at a version is found in any library that is loaded`(
    name: String, version: String, libraries: Set<String>, expected: String?
  ) throws {
    #expect(try exports().floor(of: name, at: version, loading: libraries) == Self.floor(expected))
  }

  /// Each row: a library, a version, and since when it defines that; the newest of libpthread is 2.31.
  @Test(
    arguments: [
      ("libpthread.so.0", "GLIBC_2.34", nil), ("libpthread.so.0", "GLIBC_2.2.5", "2.2.5"),
      ("libc.so.6", "GLIBC_2.34", "2.34"),
      ("libdl.so.2", "GLIBC_2.34", nil), ("ld-linux-x86-64.so.2", "GLIBC_2.35", "2.35"),
    ] as [(String, String, String?)])
  func `a library defines a version since a release`(library: String, version: String, expected: String?) throws {
    #expect(try exports().floor(ofVersion: version, definedBy: library) == Self.floor(expected))
  }

  @Test(arguments: [("libstdc++.so.6", "GLIBCXX_3.4"), ("libz.so.1", "GLIBC_2.17"), ("libc.so.6", "GLIBC_2.99")])
  func `of other libraries and newer versions nothing is known`(library: String, version: String) throws {
    #expect(try exports().floor(ofVersion: version, definedBy: library) == nil)
  }

  @Test func `what left one library and came to another was never away`() {
    let spans = [ReleaseSpan(from: LibcVersion(2, 2), to: LibcVersion(2, 33)), ReleaseSpan(from: LibcVersion(2, 34))]
    #expect(ReleaseSpan.floor(of: spans) == .libc(LibcVersion(2, 2)))
    #expect(ReleaseSpan.floor(of: [spans[0]]) == .noProfile)
    #expect(
      ReleaseSpan.floor(of: [ReleaseSpan(from: LibcVersion(2, 2), to: LibcVersion(2, 30)), spans[1]])
        == .libc(LibcVersion(2, 34)))
  }
}
