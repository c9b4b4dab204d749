import BuildProfiles
import ELFReading
import TestSupport
import Testing
import WheelTags

@testable import WheelAudit

/// Thread-local variables that code takes to lie at a fixed distance from the thread pointer; each row was asked of glibc
/// 2.31, 2.36, 2.41 and 2.43 and of musl 1.2.2 to 1.2.6.
@Suite struct StaticStorageTests {
  /// The requirements of objects that come from such variables: `floor`, by the object that asks.
  private func demands(_ objects: [WheelObject], libc: Libc = .glibc) throws -> [String] {
    try requirements(of: objects, libc: libc)
      .filter { [LoadingDemand.staticTLS, .initialExecTLS].map(\.rawValue).contains($0.version) }
      .flatMap { requirement in
        requirement.demands.map { "\($0.object) \(requirement.floor.version.map(\.description) ?? "none")" }
      }
  }

  private func object(
    _ path: String, needs: [String] = [], block: UInt64, alignment: UInt64 = 8, uses symbols: [String] = [],
    defines: DefinedSymbols = [], isOwn: Bool = true
  ) -> WheelObject {
    WheelObject(path, needs: needs, runpath: "$ORIGIN") { file in
      file.threadLocalStorage = block == 0 ? nil : ThreadLocalStorage(size: block, alignment: alignment)
      file.relocations.usesInitialExec = isOwn || !symbols.isEmpty
      file.relocations.fixesOwnBlock = isOwn
      file.relocations.initialExecSymbols = symbols
      file.definitions = defines
    }
  }

  /// `do_relocs` in musl's `ldso/dynlink.c`: "initial-exec TLS resolves to dynamic definition".
  @Test func `musl opens nothing with initial-exec TLS`() throws {
    #expect(try demands([object("demo/a.abi3.so", block: 8)], libc: .musl) == ["demo/a.abi3.so none"])
    #expect(try demands([object("demo/a.abi3.so", block: 65536, isOwn: false)], libc: .musl) == [])
  }

  /// A program is given its thread-local storage at the start, and so is what it brings along.
  @Test(arguments: Libc.allCases) func `programs may have thread-local storage of any kind`(libc: Libc) throws {
    let interpreter = libc == .glibc ? "/lib64/ld-linux-x86-64.so.2" : "/lib/ld-musl-x86_64.so.1"
    var program = object("bin/tool", needs: ["liba.so"], block: 65536)
    var file = program.file
    file.interpreter = interpreter
    program = WheelObject(path: program.path, file: file)
    let library = object("bin/liba.so", block: 65536)
    #expect(try demands([program, library], libc: libc) == [])
    let module = WheelObject("bin/m.abi3.so", needs: ["liba.so"], runpath: "$ORIGIN")
    #expect(try demands([program, library, module], libc: libc) == ["bin/liba.so none"])
  }

  /// Each row: bytes of the block, its alignment, and what is said; "cannot allocate memory in static TLS block".
  @Test(
    arguments: [
      (512, 8, []), (1664, 64, []), (1665, 8, ["demo/a.abi3.so none"]), (65536, 8, ["demo/a.abi3.so none"]),
      (4, 128, ["demo/a.abi3.so none"]),
    ] as [(UInt64, UInt64, [String])]) func `glibc keeps room for a little static TLS`(
      size: UInt64, alignment: UInt64, expected: [String]
    ) throws
  {
    #expect(try demands([object("demo/a.abi3.so", block: size, alignment: alignment)]) == expected)
    #expect(try demands([object("demo/a.abi3.so", block: size, alignment: alignment, isOwn: false)]) == [])
  }

  /// The block of the object that defines the variable is what must find room, whoever uses it.
  @Test func `the block is that of the object that defines the variable`() throws {
    let library = object("demo/liba.so", block: 4096, defines: ["counter"], isOwn: false)
    let user = object("demo/m.abi3.so", needs: ["liba.so"], block: 8, uses: ["counter"], isOwn: false)
    #expect(try demands([library, user]) == ["demo/m.abi3.so none"])
    let other = object("demo/m.abi3.so", needs: ["liba.so"], block: 8, uses: ["stranger"], isOwn: false)
    #expect(try demands([library, other]) == [])
  }

  /// What is opened together takes room together.
  @Test func `the blocks of all that comes with a module add up`() throws {
    let libraries = ["a", "b"].map { object("demo/lib\($0).so", block: 700) }
    let module = { object("demo/m.abi3.so", needs: ["liba.so", "libb.so"], block: $0) }
    #expect(try demands(libraries + [module(200)]) == [])
    #expect(try demands(libraries + [module(0)]) == [])
    let plain = WheelObject("demo/m.abi3.so", needs: ["liba.so", "libb.so", "libc.so"], runpath: "$ORIGIN")
    #expect(try demands(libraries + [object("demo/libc.so", block: 700), plain]) == ["demo/m.abi3.so none"])
  }

  /// Each row: bytes of each of two libraries, and whether the module is told of them.
  @Test(arguments: [(16, false), (500, false), (550, true), (577, true)] as [(UInt64, Bool)])
  func `much of the room that glibc keeps is told`(block: UInt64, isTold: Bool) throws {
    let libraries = ["a", "b"].map { object("demo/lib\($0).so", block: block) }
    let module = WheelObject("demo/m.abi3.so", needs: ["liba.so", "libb.so"], runpath: "$ORIGIN")
    let found = try loadingFindings(libraries + [module], claim: "manylinux_2_28_x86_64")
    #expect(found.map(\.severity) == (isTold ? [.warning] : []))
    #expect(found.map(\.object) == (isTold ? ["demo/m.abi3.so"] : []))
    #expect(found.allSatisfy { $0.message.contains("it takes \(2 * block) of the 1664 bytes") })
  }

  /// What is meant for a program to start with is found room for: a library that nothing in the wheel opens.
  @Test func `a library that nothing opens is warned of`() throws {
    let library = object("demo/liballocator.so", block: 4096)
    #expect(try demands([library]) == [])
    let found = try loadingFindings([library], claim: "manylinux_2_17_x86_64")
    #expect(found.map(\.severity) == [.warning] && found.allSatisfy { $0.message.hasPrefix("where it is opened") })
    #expect(
      try demands([library, WheelObject("demo/m.abi3.so", needs: ["liballocator.so"], runpath: "$ORIGIN")]).count == 1)
  }

  /// "cannot load any more object with static TLS".
  @Test func `a claim of an old glibc has few places`() throws {
    let libraries = ["a", "b"].map { object("demo/lib\($0).so", block: 300) }
    let module = WheelObject("demo/m.abi3.so", needs: ["liba.so", "libb.so"], runpath: "$ORIGIN")
    let found = try loadingFindings(libraries + [module], claim: "manylinux_2_17_x86_64")
    #expect(found.map(\.severity) == [.note])
    #expect(found.allSatisfy { $0.message.contains("14 places that glibc before 2.22 has") })
  }
}
