import BuildProfiles
import ELFReading
import TestSupport
import Testing
import WheelTags

@testable import WheelAudit

/// Symbols that a loader looks for in vain: "undefined symbol: X" in glibc, "X: symbol not found" in musl.
@Suite struct UndefinedSymbolTests {
  /// What is looked for in vain by the objects, by path: `a.abi3.so: f g`, with the object that has it.
  private func undefined(_ objects: [WheelObject], _ libc: Libc = .glibc) throws -> [String] {
    var budget = WorkBudget(WorkLimits(), archiveSize: 0)
    let yardstick = try Yardstick(Facts(), libc, .x86_64)
    var finder = try RequirementFinder(
      objects, try LibraryGraph(objects, on: yardstick.platform, excluding: [], &budget), on: yardstick,
      try WheelFilename("demo-1.0-cp39-abi3-linux_x86_64.whl"), &budget)
    _ = try finder.requirements(&budget)
    return finder.undefinedSymbols.map { found in
      "\(objects[found.object].path): \(found.names.joined(separator: " "))"
        + (found.definer.map { " (\(objects[$0].path))" } ?? "")
    }
  }

  private func object(_ path: String, needs: [String], soname: String? = nil, _ symbols: SymbolNames) -> WheelObject {
    WheelObject(path, needs: needs, soname: soname, runpath: "$ORIGIN") { $0.undefinedSymbols = symbols }
  }

  /// Each row: a libc, what the object needs, a symbol, and whether it is certain that nothing has it.
  @Test(
    arguments: [
      (.glibc, ["libc.so.6"], "gone", true), (.glibc, ["libc.so.6"], "memcpy", false),
      (.glibc, ["libc.so.6"], "PyLong_FromLong", false), (.glibc, ["libc.so.6"], "_Py_Dealloc", false),
      // Private to glibc, and exported.
      (.glibc, ["libc.so.6"], "__libc_fatal", false),
      (.glibc, ["libc.so.6", "libz.so.1"], "deflate", false), (.glibc, ["libc.so.6", "libz.so.1"], "gone", true),
      (.glibc, ["libc.so.6"], "deflate", true),
      (.glibc, ["libc.so.6", "libstdc++.so.6"], "_ZSt9terminatev", false),
      (.glibc, ["libc.so.6", "libstdc++.so.6"], "_ZTISt9exception", false),
      (.glibc, ["libc.so.6", "libstdc++.so.6"], "_ZTIi", false),
      (.glibc, ["libc.so.6", "libstdc++.so.6"], "_ZTI4demo", true),
      (.glibc, ["libc.so.6", "libstdc++.so.6"], "_ZN4demo4callEv", true),
      (.glibc, ["libc.so.6"], "_ZSt9terminatev", true),
      (.glibc, ["libc.so.6", "libgcc_s.so.1"], "__udivti3", false),
      (.glibc, ["libc.so.6", "libgcc_s.so.1"], "__kmpc_fork_call", true),
      (.glibc, ["libc.so.6", "libatomic.so.1"], "__atomic_load_16", false),
      (.glibc, ["libc.so.6"], "__atomic_load_16", true),
      // Nobody knows here what these have.
      (.glibc, ["libc.so.6", "libX11.so.6"], "gone", false), (.glibc, ["libc.so.6", "libgone.so.1"], "gone", false),
      (.musl, ["libc.so"], "gone", true), (.musl, ["libc.so"], "memcpy", false), (.musl, [], "gone", true),
      (.musl, ["libc.so", "libz.so.1"], "inflate", false), (.musl, ["libc.so", "libstdc++.so.6"], "gone", false),
    ] as [(Libc, [String], String, Bool)])
  func `a symbol is missing where all libraries are known and none has it`(
    libc: Libc, needs: [String], symbol: String, isMissing: Bool
  ) throws {
    let found = try undefined([object("a.abi3.so", needs: needs, [symbol])], libc)
    #expect(found == (isMissing ? ["a.abi3.so: \(symbol)"] : []))
  }

  /// Each row: the objects besides the one that needs `f` and libq.so, and what is said.
  @Test func `libraries of the wheel are looked into`() throws {
    let user = object("a.abi3.so", needs: ["libq.so"], ["f"])
    let definer = WheelObject("libr.so", soname: "libr.so") { $0.definitions = ["f"] }
    let without = WheelObject("libq.so", soname: "libq.so") { $0.definitions = ["g"] }
    #expect(try undefined([user, without]) == ["a.abi3.so: f"])
    #expect(try undefined([user, without, definer]) == ["a.abi3.so: f (libr.so)"])
    let through = WheelObject("libq.so", needs: ["libr.so"], soname: "libq.so", runpath: "$ORIGIN")
    #expect(try undefined([user, through, definer]) == [])
    let unknown = WheelObject("libq.so", needs: ["libX11.so.6"], soname: "libq.so")
    #expect(try undefined([user, unknown]) == [])
  }

  /// The scope is that of the object that is opened (`_dl_lookup_symbol_x`): tried on all loaders of the lab.
  @Test func `a library finds what its user has`() throws {
    let library = object("libq.so", needs: [], soname: "libq.so", ["f"])
    let user = WheelObject("a.abi3.so", needs: ["libq.so"], runpath: "$ORIGIN") { $0.definitions = ["f"] }
    #expect(try undefined([user, library]) == [])
    let other = WheelObject("b.abi3.so", needs: ["libq.so"], runpath: "$ORIGIN")
    #expect(try undefined([other, library]) == ["libq.so: f"])
    let known = WheelObject("b.abi3.so", needs: ["libq.so", "libX11.so.6"], runpath: "$ORIGIN")
    #expect(try undefined([known, library]) == [])
  }

  /// musl compares no versions, and finds no symbol that is there for one version only.
  @Test func `a symbol with a version is one like others to musl`() throws {
    let user = WheelObject("a.abi3.so", needs: ["libq.so"], runpath: "$ORIGIN") {
      $0.versionNeeds = [VersionNeed(library: "libq.so", version: "V_1", isWeak: false)]
      $0.versionNeeds[0].symbols = ["f"]
    }
    let library = WheelObject("libq.so", soname: "libq.so") { $0.definitions.insert("f", version: "V_2") }
    #expect(try undefined([user, library], .musl) == [])
    #expect(try undefined([user, WheelObject("libq.so", soname: "libq.so")], .musl) == ["a.abi3.so: f"])
  }

  @Test func `an object that misses symbols is told of once, by the first of them`() throws {
    let report = try audit("manylinux_2_17_x86_64", ["demo/undefined_symbol.abi3.so": "undefined_symbol.abi3.so"])
    #expect(report.said == ["warning undefined-symbol demo/undefined_symbol.abi3.so foo_call"])
    #expect(report.claims == ["+manylinux_2_17_x86_64"])
    #expect(
      report.findings.first?.message
        == "foo_call is looked for in vain: nothing that is loaded with the object has it")
  }

  /// What nothing loads may be a part of some other program.
  @Test func `a library that nobody loads is a note`() throws {
    let report = try audit("manylinux_2_17_x86_64", ["demo/plugin.so": "undefined_symbol.abi3.so"])
    #expect(report.said == ["note undefined-symbol demo/plugin.so foo_call"])
  }

  @Test func `where another object of the wheel has it, that is said`() throws {
    let report = try audit(
      "manylinux_2_17_x86_64",
      [
        "demo/undefined_symbol.abi3.so": "undefined_symbol.abi3.so",
        "demo.libs/libfoo-0a1b2c3d.so.1": "libfoo-0a1b2c3d.so.1",
      ])
    let messages = report.findings.filter { $0.rule == .undefinedSymbol }.map(\.message)
    #expect(messages.count == 1)
    #expect(messages.allSatisfy { $0.contains("demo.libs/libfoo-0a1b2c3d.so.1 has it") })
  }
}
