import ELFReading
import Testing
import WheelAudit

/// musl has no symbol versions: its symbols are the audit (PEP 656).
@Suite struct MuslSymbolTests {
  @Test(arguments: [
    ("musl_plain", "x86_64"), ("musl_arch", "x86_64"), ("musl_arch", "aarch64"),
  ])
  func `what every release of musl has fits the oldest tag`(name: String, architecture: String) throws {
    let report = try audit("musllinux_1_1_\(architecture)", ["demo/a.so": "\(name).abi3.so"], from: architecture)
    #expect(report.requirements(.symbol) == ["symbol libc.so 1.1.24 memcpy ≥ 1.1"])
    #expect(report.minimalTag == "musllinux_1_1_\(architecture)")
    #expect(report.findings.isEmpty)
    #expect(report.status == .clean)
  }

  @Test(arguments: [("musl_reallocarray", "reallocarray@1.2.2"), ("musl_qsort_r", "qsort_r@1.2.3")])
  func `what came within a series breaks an older one and is a warning under its own`(
    name: String, symbol: String
  ) throws {
    let objects: KeyValuePairs = ["demo/a.so": "\(name).abi3.so"]
    let older = try audit("musllinux_1_1_x86_64", objects)
    #expect(older.said == ["error musl-symbol demo/a.so libc.so \(symbol) musllinux_1_1_x86_64"])
    #expect(older.claims == ["-musllinux_1_1_x86_64"])
    #expect(older.minimalTag == "musllinux_1_2_x86_64")
    let own = try audit("musllinux_1_2_x86_64", objects)
    #expect(own.said == ["warning musl-symbol demo/a.so libc.so \(symbol) musllinux_1_2_x86_64"])
    #expect(own.claims == ["+musllinux_1_2_x86_64"])
    #expect(own.status == .clean)
    let release = try #require(symbol.split(separator: "@").last)
    #expect(own.findings.first?.message.contains("musl \(release)") == true)
  }

  @Test func `a symbol that only glibc has leaves no tag`() throws {
    let report = try audit("musllinux_1_2_x86_64", ["demo/a.so": "musl_fortify.abi3.so"])
    #expect(report.requirements(.symbol).first == "symbol libc.so __memcpy_chk ≥ none")
    #expect(report.said == ["error glibc-symbol demo/a.so libc.so __memcpy_chk musllinux_1_2_x86_64"])
    #expect(report.minimalTag == "linux_x86_64")
  }

  @Test(arguments: ["PyLong_FromLong", "foo_call"])
  func `a symbol of neither libc may come from the interpreter`(symbol: String) throws {
    let user = WheelObject("mod.abi3.so", needs: ["libc.so"]) {
      $0.undefinedSymbols = [symbol]
    }
    #expect(try requirements(of: [user], libc: .musl).map(\.line) == ["library libc.so ≥ 1.1"])
  }

  /// As musl says: "Error relocating it: memcpy: symbol not found".
  @Test(arguments: [([], true), (["libc.so"], false), (["libpthread.so.0"], false), (["liba.so"], false)])
  func `a program finds libc where something needs it`(needs: [String], isMissing: Bool) throws {
    let program = WheelObject("bin/tool", needs: needs, runpath: "$ORIGIN") {
      $0.interpreter = "/lib/ld-musl-x86_64.so.1"
      $0.undefinedSymbols = ["memcpy"]
    }
    let library = WheelObject("bin/liba.so", needs: ["libc.so"])
    let found = try requirements(of: [program, library], libc: .musl).filter { $0.kind == .symbol }
    #expect(found.map { $0.floor == .noProfile } == [isMissing])
    let module = WheelObject("a.abi3.so", needs: needs, runpath: "$ORIGIN") { $0.undefinedSymbols = ["memcpy"] }
    #expect(try requirements(of: [module], libc: .musl).filter { $0.kind == .symbol }.map(\.floor) != [.noProfile])
  }

  @Test func `a weak reference may stay unresolved`() throws {
    let user = WheelObject("mod.abi3.so", needs: ["libc.so"]) {
      $0.versionNeeds = [VersionNeed(library: "libc.so", version: "V", isWeak: false)]
      $0.versionNeeds[0].weakSymbols = ["__memcpy_chk", "statx"]
    }
    #expect(try requirements(of: [user], libc: .musl).map(\.line) == ["library libc.so ≥ 1.1"])
  }

  /// Each row: the file that defines the symbol, and whether the extension reaches it.
  @Test(arguments: [("libcompat.so", true), ("elsewhere/libcompat.so", true), ("other.so", false)])
  func `what a bundled library defines is not asked of musl`(definer: String, isReached: Bool) throws {
    let objects = [
      WheelObject("mod.abi3.so", needs: ["libbetween.so", "libc.so"], runpath: "$ORIGIN") {
        $0.undefinedSymbols = ["__memcpy_chk", "statx"]
      },
      WheelObject("libbetween.so", needs: ["libcompat.so"]),
      WheelObject(definer) { $0.definitions = ["__memcpy_chk", "statx"] },
    ]
    let found = try requirements(of: objects, libc: .musl).filter { $0.kind == .symbol }.map(\.line)
    #expect(found == (isReached ? [] : ["symbol libc.so __memcpy_chk ≥ none", "symbol libc.so 1.2.5 statx ≥ 1.2"]))
  }

  @Test func `what an object defines itself is not asked of musl`() throws {
    let user = WheelObject("mod.abi3.so", needs: ["libc.so"]) {
      $0.undefinedSymbols = ["statx"]
      $0.definitions = ["statx"]
    }
    #expect(try requirements(of: [user], libc: .musl).map(\.line) == ["library libc.so ≥ 1.1"])
  }

  @Test func `symbol versions ask nothing of musl`() throws {
    let user = WheelObject("mod.abi3.so", needs: ["libc.so"]) {
      $0.versionNeeds = [VersionNeed(library: "libc.so", version: "GLIBC_2.34", isWeak: false)]
    }
    #expect(try requirements(of: [user], libc: .musl).map(\.line) == ["library libc.so ≥ 1.1"])
  }

  @Test(arguments: ["libstdc++.so.6", "libgcc_s.so.1", "libcrypt.so.1", "libresolv.so.2"])
  func `no other library is the platform's`(soname: String) throws {
    #expect(
      try requirements(of: [WheelObject("a.so", needs: [soname])], libc: .musl).map(\.line)
        == ["library \(soname) ≥ none"])
  }

  @Test func `the tag alone is judged, whatever libc this machine has`() throws {
    let report = try audit("musllinux_1_1_x86_64.musllinux_1_2_x86_64", ["demo/a.so": "musl_qsort_r.abi3.so"])
    #expect(report.claims == ["-musllinux_1_1_x86_64", "+musllinux_1_2_x86_64"])
  }
}
