import BuildProfiles
import ELFReading
import Testing
import WheelTags

@testable import WheelAudit

/// Symbols of glibc that are looked up in vain, though the versions that an object needs say nothing of it.
@Suite struct GlibcSymbolTests {
  private func object(
    _ path: String, needs: [String], isProgram: Bool = false, undefined: SymbolNames = [],
    versioned: VersionNeed? = nil
  ) -> WheelObject {
    WheelObject(path, needs: needs, runpath: "$ORIGIN") {
      if isProgram { $0.interpreter = "/lib64/ld-linux-x86-64.so.2" }
      $0.undefinedSymbols = undefined
      if let versioned { $0.versionNeeds = [versioned] }
    }
  }

  /// Each row: what the object needs, a symbol without a version, and since when it is found.
  ///
  /// Nil where nothing is asked beyond the oldest profile. As glibc 2.31 says: `undefined symbol: arc4random`.
  @Test(
    arguments: [
      (["libc.so.6"], "arc4random", "2.36"), (["libc.so.6"], "memcpy", nil), (["libc.so.6"], "shm_open", "2.34"),
      (["libc.so.6", "librt.so.1"], "shm_open", nil), (["libc.so.6"], "foo_call", nil),
      (["libc.so.6"], "PyLong_FromLong", nil),
    ] as [([String], String, String?)])
  func `a symbol without a version asks for the release that has it`(needs: [String], symbol: String, since: String?)
    throws
  {
    for isProgram in [true, false] {
      let found = try requirements(of: [object("a", needs: needs, isProgram: isProgram, undefined: [symbol])])
        .filter { $0.kind == .unversionedSymbol }
      #expect(found.compactMap { $0.floor.version?.description } == (since.map { [$0] } ?? []))
      #expect(found.allSatisfy { $0.symbols == [symbol] })
    }
  }

  /// The interpreter has loaded libm and libpthread; a program has only what it needs.
  @Test(arguments: [("scalbln", Floor.noProfile), ("pthread_create", .libc(LibcVersion(2, 34)))])
  func `a program must bring the library itself`(symbol: String, floor: Floor) throws {
    let program = object("a", needs: ["libc.so.6"], isProgram: true, undefined: [symbol])
    #expect(try requirements(of: [program]).last { $0.kind == .unversionedSymbol }?.floor == floor)
    let module = object("a.abi3.so", needs: ["libc.so.6"], undefined: [symbol])
    #expect(try requirements(of: [module]).allSatisfy { $0.kind == .library })
  }

  @Test func `a bundled library may have the symbol`() throws {
    let user = object("a.abi3.so", needs: ["libq.so", "libc.so.6"], undefined: ["arc4random"])
    let library = WheelObject("libq.so", soname: "libq.so") { $0.definitions = ["arc4random"] }
    #expect(try requirements(of: [user, library]).allSatisfy { $0.kind == .library })
    #expect(try requirements(of: [user]).contains { $0.kind == .unversionedSymbol })
  }

  /// What glibc has of GCC's, for objects of old (`sysdeps/generic/unwind-dw2-fde-glibc.c`).
  @Test func `a version of another family may be one of glibc's`() throws {
    var need = VersionNeed(library: "libc.so.6", version: "GCC_3.0", isWeak: false)
    need.symbols = ["_Unwind_Find_FDE"]
    let module = WheelObject("demo/a.abi3.so", needs: ["libc.so.6"]) { $0.versionNeeds = [need] }
    let floors = try requirements(of: [module]).filter { $0.kind == .symbolVersion }.map(\.floor)
    #expect(!floors.isEmpty && !floors.contains(.noProfile))
  }

  /// "symbol lookup error: undefined symbol: pthread_mutex_lock", by all of glibc.
  @Test func `a program that needs no library has not even libc`() throws {
    let program = { (needs: [String]) in
      WheelObject("demo-1.0.data/scripts/a", needs: needs) { file in
        (file.interpreter, file.undefinedSymbols) = ("/lib64/ld-linux-x86-64.so.2", ["memcpy"])
      }
    }
    let floors = { (needs: [String]) in
      try requirements(of: [program(needs)]).filter { $0.kind == .unversionedSymbol }.map(\.floor)
    }
    #expect(try floors([]) == [.noProfile])
    #expect(try floors(["libc.so.6"]) == [])
  }

  /// Each row: the library that a version is asked of, the version, a symbol, and since when a program loads, or nil.
  ///
  /// `match_symbol` asks the library, `check_match` all that are loaded.
  @Test(
    arguments: [
      ("libc.so.6", "GLIBC_2.2.5", "scalbln", nil), ("libm.so.6", "GLIBC_2.2.5", "scalbln", "2.2.5"),
      ("libpthread.so.0", "GLIBC_2.34", "pthread_create", nil), ("libc.so.6", "GLIBC_2.34", "pthread_create", "2.34"),
      ("libc.so.6", "GLIBC_2.2.5", "pthread_create", "2.34"),
      ("libpthread.so.0", "GLIBC_2.2.5", "pthread_create", "2.2.5"),
      ("libz.so.1", "GLIBC_2.28", "deflate", nil), ("libz.so.1", "GLIBC_ABI_DT_RELR", "deflate", nil),
      ("libutil.so.1", "GLIBC_ABI_DT_RELR", "openpty", nil), ("libc.so.6", "GLIBC_ABI_DT_RELR", "memcpy", nil),
      ("libm.so.6", "GLIBC_2.40", "made_up_symbol", nil),
      ("libpthread.so.0", "GLIBCXX_3.4.7", "_ZNSt6locale", nil),
      // It is in no list, and the library has it.
      ("libc.so.6", "GLIBC_2.34", "__libdl_version_placeholder", "2.34"),
    ] as [(String, String, String, String?)])
  func `a version belongs to the library that has it`(
    library: String, version: String, symbol: String, since: String?
  ) throws {
    var need = VersionNeed(library: library, version: version, isWeak: false)
    need.symbols = [symbol]
    let program = object("a", needs: [library, "libc.so.6"], isProgram: true, versioned: need)
    let floors = try requirements(of: [program]).filter { $0.kind == .symbolVersion }.map(\.floor)
    let expected = since.flatMap { LibcVersion($0) }.map { Floor.libc($0) } ?? .noProfile
    #expect(floors.max() == max(expected, .libc(LibcVersion(2, 2, patch: 5))))
  }
}
