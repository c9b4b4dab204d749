import BuildProfiles
import ELFReading
import TestSupport
import Testing
import WheelTags

@testable import WheelAudit

/// What loaders refuse of an object for how it is made; each row was asked of glibc 2.31, 2.36, 2.41 and 2.43 and of musl
/// 1.2.2 to 1.2.6, as far as an object of the kind can be made.
@Suite struct LoadingTests {
  /// The requirements of one object of a wheel that come from its form: `demand floor [ceiling]`.
  private func demands(
    _ path: String = "demo/a.abi3.so", libc: Libc = .glibc, beside others: [WheelObject] = [],
    configure: (inout ELFObject) -> Void
  ) throws -> [String] {
    let objects = [WheelObject(path, configure: configure)] + others
    return try requirements(of: objects, libc: libc).filter { $0.kind == .loading }.map { requirement in
      let floor = requirement.floor.version.map(\.description) ?? "none"
      return "\(requirement.version ?? "") \(floor)" + (requirement.ceiling.map { " below \($0)" } ?? "")
    }
  }

  /// `do_relocs` in musl's `ldso/dynlink.c`: "initial-exec TLS resolves to dynamic definition".
  @Test func `musl opens nothing with initial-exec TLS`() throws {
    let found = try demands(libc: .musl) { $0.relocations.usesInitialExec = true }
    #expect(found == ["initial-exec TLS none"])
    #expect(try demands(libc: .musl) { $0.threadLocalStorage = ThreadLocalStorage(size: 65536, alignment: 8) } == [])
  }

  @Test(
    arguments: [
      (Libc.glibc, 37, ["its relocations 2.11"]), (.glibc, 36, ["its relocations 2.9"]), (.glibc, 8, []),
      (.glibc, 24, ["its relocations none"]), (.musl, 37, ["its relocations none"]), (.musl, 36, []), (.musl, 18, []),
    ] as [(Libc, UInt32, [String])]) func `a relocation type is known from some release on, or never`(
      libc: Libc, type: UInt32, expected: [String]
    ) throws
  {
    #expect(try demands(libc: libc) { $0.relocations.types = [7, type] } == expected)
  }

  @Test func `glibc looks at how segments lie, and musl does not`() throws {
    let rows: [(String?, @Sendable (inout SegmentLayout) -> Void)] = [
      (nil, { _ in }),
      ("the alignment of its segments 2.35", { $0.isMisaligned = true }),
      ("the alignment of its segments 2.35", { $0.alignedPage = 16 }),
      ("the order of its segments none", { $0.isOutOfOrder = true }),
      ("the alignment of its segments none", { ($0.firstEnd, $0.lastAddress) = (0x800, 0xa00) }),
      (nil, { ($0.firstEnd, $0.lastAddress) = (0x1000, 0x1000) }),
    ]
    for (expected, change) in rows {
      #expect(try demands { change(&$0.layout) } == [expected].compactMap { $0 })
      #expect(try demands(libc: .musl) { change(&$0.layout) } == [])
    }
  }

  /// glibc: "ELF load command address/offset not page-aligned"; musl maps other bytes, and ends with a signal.
  @Test(arguments: Libc.allCases) func `a segment lies in its file as in memory`(libc: Libc) throws {
    #expect(try demands(libc: libc) { $0.layout.commonPage = 16 } == ["the alignment of its segments none"])
  }

  /// Each row: what is wrong with the dynamic segment; glibc says "Inconsistency detected by ld.so", musl nothing.
  @Test(arguments: [
    (DynamicFaults.jumpRelocationKind, "DT_PLTREL"), (.entrySizeWithAddends, "DT_RELAENT"),
    (.entrySizeWithoutAddends, "DT_RELENT"), (.entrySizeRelative, "DT_RELRENT"), (.missingPlace, "a table"),
  ])
  func `glibc takes for granted what the dynamic segment says`(fault: DynamicFaults, tag: String) throws {
    let objects = { (libc: Libc) in
      try requirements(of: [WheelObject("demo/a.abi3.so") { $0.dynamicFaults = fault }], libc: libc)
        .filter { $0.kind == .loading }
    }
    let found = try objects(.glibc)
    #expect(found.map(\.version) == ["its dynamic segment"])
    #expect(found.allSatisfy { $0.reason?.hasPrefix(tag) == true && $0.floor == .noProfile })
    #expect(try objects(.musl).isEmpty)
  }

  /// A signal in glibc 2.31, and 2.36 loads it; RISC-V's never wrote there.
  @Test func `a dynamic segment for reading only is loaded since a release`() throws {
    #expect(try demands { $0.isDynamicReadOnly = true } == ["its dynamic segment 2.35"])
    #expect(try demands(libc: .musl) { $0.isDynamicReadOnly = true } == [])
  }

  /// "object file has no loadable segments", "object file has no dynamic section"; musl: "Exec format error".
  @Test(arguments: Libc.allCases) func `what has nothing to load is loaded by nobody`(libc: Libc) throws {
    let changes: [@Sendable (inout ELFObject) -> Void] = [{ $0.layout.count = 0 }, { $0.isDynamic = false }]
    for change in changes {
      #expect(try demands(libc: libc, configure: change) == ["its lack of contents none"])
      let module = WheelObject("demo/m.abi3.so", needs: ["a.so"], runpath: "$ORIGIN")
      let needed = try demands("demo/a.so", libc: libc, beside: [module], configure: change)
      #expect(needed == ["its lack of contents none"])
      // What nothing asks for may be meant for something else.
      #expect(try demands("demo/a.so", libc: libc, configure: change) == [])
    }
  }

  /// "cannot open shared object file" by glibc 2.31, and 2.36 opens it.
  @Test func `a note for another system is looked at by older releases`() throws {
    let note = { (system: UInt32) in KernelNeed(system: system, version: [3, 2, 0]) }
    #expect(try demands { $0.kernel = note(1) } == ["the kernel that it asks for 2.36"])
    #expect(try demands { $0.kernel = note(0) } == [])
    #expect(try demands(libc: .musl) { $0.kernel = note(1) } == [])
  }

  /// musl: "RELRO protection failed"; glibc protects what lies there by chance.
  @Test(arguments: Libc.allCases) func `what is protected must be mapped`(libc: Libc) throws {
    let found = try demands(libc: libc) { $0.layout.protectsUnmapped = true }
    #expect(found == ["the protection of its segments none"])
  }

  /// "failed to map segment from shared object", by either libc.
  @Test(arguments: Libc.allCases) func `segments find room in a process`(libc: Libc) throws {
    #expect(try demands(libc: libc) { $0.layout.end = 1 << 48 } == ["the order of its segments none"])
    #expect(
      try demands(libc: libc) { file in
        (file.layout.lowestAddress, file.layout.end) = (1 << 48, 1 << 48 + 8192)
      } == [])
  }

  /// Each row: what is in the header, and what glibc says; musl and the kernel do not look at it (`map_library`).
  @Test func `glibc looks at the identification`() throws {
    let rows: [(String?, @Sendable (inout ELFIdentity) -> Void)] = [
      (nil, { _ in }), ("its identification 2.10", { $0.system = 3 }), ("its identification none", { $0.system = 6 }),
      ("its identification none", { $0.system = 64 }), ("its identification none", { $0.systemVersion = 1 }),
      ("its identification none", { ($0.system, $0.systemVersion) = (3, 9) }),
      ("its identification 2.28", { ($0.system, $0.systemVersion) = (3, 3) }),
      ("its identification 2.10", { ($0.system, $0.systemVersion) = (3, 2) }),
      ("its identification none", { $0.hasPadding = true }), ("its identification none", { $0.version = 2 }),
    ]
    for (expected, change) in rows {
      #expect(try demands { change(&$0.identity) } == [expected].compactMap { $0 })
      #expect(try demands(libc: .musl) { change(&$0.identity) } == [])
    }
  }

  @Test func `definitions of newer kinds ask for the release that knows them`() throws {
    #expect(try demands { $0.indirectFunctions = ["chosen"] } == ["its indirect functions 2.11"])
    #expect(try demands(libc: .musl) { $0.indirectFunctions = ["chosen"] } == [])
    let own = try demands(libc: .musl) { file in
      (file.indirectFunctions, file.usesOwnIndirectFunctions) = (["chosen"], true)
    }
    #expect(own == ["its indirect functions none"])
    let user = WheelObject("demo/other.abi3.so") { $0.undefinedSymbols = ["chosen"] }
    let used = try demands("demo/a.so", libc: .musl, beside: [user]) { $0.indirectFunctions = ["chosen"] }
    #expect(used == ["its indirect functions none"])
    #expect(try demands { $0.definesUniqueSymbols = true } == ["its unique symbols 2.11"])
    #expect(try demands(libc: .musl) { $0.definesUniqueSymbols = true } == [])
  }

  /// An interpreter does not find the module's initialization, and musl ends with a signal at the first look-up.
  @Test(arguments: Libc.allCases) func `a library without a hash table has nothing to find`(libc: Libc) throws {
    let found = try demands(libc: libc) { file in
      file.isDynamic = true
      file.hasSymbolHash = false
    }
    #expect(found == ["its lack of a symbol hash table none"])
  }

  @Test func `what forbids to be opened may come with a program`() throws {
    #expect(try demands { $0.forbidsOpening = true } == ["a flag against being opened none"])
    #expect(try demands(libc: .musl) { $0.forbidsOpening = true } == [])
    let program = WheelObject("demo/tool", needs: ["a.so"], runpath: "$ORIGIN") {
      $0.interpreter = "/lib64/ld-linux-x86-64.so.2"
    }
    #expect(try demands("demo/a.so", beside: [program]) { $0.forbidsOpening = true } == [])
  }

  /// As glibc 2.36 does: `dl-version.c: … Assertion `needed != NULL' failed`.
  @Test(arguments: [("libgone.so.1", true), ("libm.so.6", true), ("libc.so.6", false), ("ld-linux-x86-64.so.2", false)])
  func `a program must load what it needs versions of`(library: String, isRefused: Bool) throws {
    let need = VersionNeed(library: library, version: "V_1", isWeak: false)
    let program = { (file: inout ELFObject) in
      file.interpreter = "/lib64/ld-linux-x86-64.so.2"
      file.needed = ["libc.so.6"]
      file.versionNeeds = [need]
    }
    let expected = isRefused ? ["versions of a library that nothing loads none"] : []
    #expect(try demands("demo/tool", configure: program) == expected)
    #expect(
      try demands { file in
        file.needed = ["libc.so.6"]
        file.versionNeeds = [need]
      } == [])
    // Another object of the wheel may be loaded with it.
    let other = WheelObject("demo/other", needs: [library]) { $0.interpreter = "/lib64/ld-linux-x86-64.so.2" }
    #expect(try demands("demo/tool", beside: [other], configure: program) == [])
  }

  /// Each row: an architecture, the largest page on which its segments lie, and what is said of that.
  @Test(
    arguments: [
      (.x86_64, 4096, []), (.aarch64, 65536, []), (.aarch64, 4096, ["warning"]), (.ppc64le, 65536, []),
      (.ppc64le, 4096, ["error"]), (.loongarch64, 16384, []), (.loongarch64, 4096, ["error"]),
    ] as [(Architecture, UInt64, [String])])
  func `segments lie on the pages that kernels have`(architecture: Architecture, page: UInt64, said: [String]) throws {
    var object = ELFObject.sharedObject
    object.layout.commonPage = page
    let platform = try Facts().platform(.glibc, architecture)
    var budget = WorkBudget(WorkLimits(), archiveSize: 0)
    let objects = [WheelObject(path: "demo/a.so", file: object)]
    let graph = try LibraryGraph(objects, on: platform, excluding: [], &budget)
    let yardstick = Yardstick(platform: platform, muslSymbols: nil, glibcExports: nil)
    var finder = try RequirementFinder(
      objects, graph, on: yardstick, try WheelFilename("demo-1.0-cp39-abi3-linux_\(architecture).whl"), &budget)
    let refused = try finder.requirements(&budget).contains { $0.kind == .loading }
    #expect(refused == (said == ["error"]))
    #expect((KernelPage.largest(architecture).map { page < $0.size } ?? false) == !said.isEmpty)
  }

  @Test(arguments: [(0o100_644, true), (0o100_755, false)] as [(UInt16, Bool)])
  func `a program that is not marked as one does not start`(mode: UInt16, isWarned: Bool) throws {
    for (path, isScript) in [("demo/tool", false), ("demo-1.0.data/scripts/tool", true)] {
      let report = try audit("manylinux_2_17_x86_64") { wheel in
        var member = Zip.Member(path, try Fixture.object("tool", "x86_64"))
        member.mode = mode
        wheel.members.append(member)
      }
      #expect(report.said(.notLoadable) == (isWarned && !isScript ? ["warning not-loadable \(path)"] : []))
    }
  }

  /// Each row: what an object with DF_1_NODEFLIB needs, and whether a module or a program finds it (glibc: "cannot open
  /// shared object file").
  @Test(arguments: [
    ("libz.so.1", false, false), ("libc.so.6", true, false), ("libm.so.6", true, false),
    ("ld-linux-x86-64.so.2", true, true),
  ])
  func `folders of the system may be left out`(library: String, byModule: Bool, byProgram: Bool) throws {
    for (path, isFound) in [("demo/a.abi3.so", byModule), ("demo-1.0.data/scripts/a", byProgram)] {
      let object = WheelObject(path, needs: [library]) { file in
        file.forbidsSystemFolders = true
        if !path.hasSuffix(".so") { file.interpreter = "/lib64/ld-linux-x86-64.so.2" }
      }
      let found = try requirements(of: [object]).filter { $0.kind == .unreachableLibrary }
      #expect(found.map(\.library) == (isFound ? [] : [library]))
    }
    let object = WheelObject("demo/a.abi3.so", needs: ["libz.so.1"]) { $0.forbidsSystemFolders = true }
    #expect(try requirements(of: [object], libc: .musl).allSatisfy { $0.kind != .unreachableLibrary })
  }

  /// glibc 2.31 says "Inconsistency detected by ld.so: dl-deps.c"; later ones open it.
  @Test func `a filter is opened since a release, and may come with others before`() throws {
    let filter = ["what it filters 2.32"]
    let library = WheelObject("demo/libx.so")
    for path in ["demo/a.abi3.so", "demo/liba.so"] {
      let filtering = { (file: inout ELFObject) in
        (file.filters, file.runpath) = (["libx.so"], "$ORIGIN")
      }
      #expect(try demands(path, beside: [library], configure: filtering) == filter)
      #expect(try demands(path, libc: .musl, beside: [library], configure: filtering) == [])
      #expect(try demands(path) { $0.auxiliaries = ["libm.so.6"] } == filter)
      // What may be missing and is missing changes nothing.
      #expect(try demands(path) { $0.auxiliaries = ["libx.so"] } == [])
    }
    let module = WheelObject("demo/m.abi3.so", needs: ["liba.so"], runpath: "$ORIGIN")
    let needed = try demands("demo/liba.so", beside: [library, module]) { file in
      (file.filters, file.runpath) = (["libx.so"], "$ORIGIN")
    }
    #expect(needed == [])
  }

  /// Killed by a signal, as a program by either libc's systems.
  @Test func `what is mapped last counts for a page`() throws {
    let lost = ["the alignment of its segments none"]
    #expect(try demands(libc: .musl) { $0.layout.losesFlags = true } == lost)
    let program = try demands("demo-1.0.data/scripts/a") { file in
      (file.layout.losesFlags, file.interpreter) = (true, "/lib64/ld-linux-x86-64.so.2")
    }
    #expect(program == lost)
  }

  /// musl 1.2.2: "Invalid argument".
  @Test func `an empty segment is mapped since a release of musl`() throws {
    #expect(try demands(libc: .musl) { $0.layout.hasEmpty = true } == ["the order of its segments 1.2.3"])
    #expect(try demands { $0.layout.hasEmpty = true } == [])
  }

  /// "unexpected PLT reloc type 0x14", for what is bound at the first call.
  @Test(arguments: [(7, false), (37, false), (1, true)] as [(UInt32, Bool)])
  func `a program binds at the first call what can be`(type: UInt32, isRefused: Bool) throws {
    let program = { (bindsNow: Bool) in
      { (file: inout ELFObject) in
        file.interpreter = "/lib64/ld-linux-x86-64.so.2"
        file.relocations.jumpTypes = [type]
        file.bindsNow = bindsNow
      }
    }
    let path = "demo-1.0.data/scripts/a"
    #expect(try demands(path, configure: program(false)) == (isRefused ? ["its relocations none"] : []))
    #expect(try demands(path, configure: program(true)) == [])
    #expect(try demands { $0.relocations.jumpTypes = [type] } == [])
  }

  /// glibc 2.31 and 2.36: "dl-lookup.c: … check_match: Assertion", 2.41 loads it.
  @Test func `versions of a library that has none are asked of newer releases only`() throws {
    let library = { (hasVersions: Bool, symbol: String) in
      WheelObject("demo/liba.so", soname: "liba.so") { file in
        file.hasSymbolVersions = hasVersions
        file.definitions.insert(symbol)
      }
    }
    var need = VersionNeed(library: "liba.so", version: "A_1", isWeak: false)
    need.symbols = ["f"]
    let module = { (file: inout ELFObject) in
      (file.needed, file.runpath, file.versionNeeds) = (["liba.so"], "$ORIGIN", [need])
    }
    let found = try demands(beside: [library(false, "f")], configure: module)
    #expect(found == ["versions of a library that has none 2.41"])
    #expect(try demands(beside: [library(true, "f")], configure: module) == [])
    #expect(try demands(beside: [library(false, "g")], configure: module) == [])
    #expect(try demands(libc: .musl, beside: [library(false, "f")], configure: module) == [])
  }

  /// "version `GLIBC_2.5' not found", though the library has it.
  @Test func `a version is looked for by the hash of its name`() throws {
    var need = VersionNeed(library: "libc.so.6", version: "GLIBC_2.5", isWeak: false)
    need.isMisnamed = true
    let module = WheelObject("demo/a.abi3.so", needs: ["libc.so.6"]) { $0.versionNeeds = [need] }
    let found = try requirements(of: [module]).filter { $0.kind == .symbolVersion }
    #expect(found.map(\.floor) == [.noProfile])
  }

  /// A file that is called like a module is imported, whatever it defines.
  @Test func `a program that is called like a module is opened`() throws {
    let found = try demands("demo/m.cpython-312-x86_64-linux-gnu.so") { $0.isPositionIndependentExecutable = true }
    #expect(found == ["being a program 2.5 below 2.30"])
    #expect(
      try demands("demo/m.cpython-312-x86_64-linux-gnu.so") { $0.isDynamic = false } == ["its lack of contents none"])
  }

  @Test func `a program is no extension module`() throws {
    #expect(try demands { $0.isPositionIndependentExecutable = true } == ["being a program 2.5 below 2.30"])
    #expect(try demands(libc: .musl) { $0.isPositionIndependentExecutable = true } == [])
    let program = try demands("bin/tool") { file in
      file.isPositionIndependentExecutable = true
      file.interpreter = "/lib64/ld-linux-x86-64.so.2"
    }
    #expect(program == [])
  }

  /// Each row: a claim, an object, what of it is refused.
  @Test(arguments: [
    ("manylinux_2_17_x86_64", "static_tls.abi3.so", "static TLS"),
    ("musllinux_1_2_x86_64", "musl_initial_exec.abi3.so", "initial-exec TLS"),
  ]) func `what no loader takes leaves no tag`(claim: String, object: String, what: String) throws {
    let report = try audit(claim) { try $0.add("demo/\(object)", object: object, "x86_64") }
    #expect(report.said(.notLoadable) == ["error not-loadable demo/\(object) \(what) \(claim)"])
    #expect(report.minimalTag == "linux_x86_64")
    #expect(report.claims == ["-\(claim)"])
  }

  @Test func `much of the room that glibc keeps is told`() throws {
    let claim = "manylinux_2_17_x86_64"
    let report = try audit(claim, ["demo/a.so": "some_static_tls.abi3.so"])
    #expect(report.said(.notLoadable) == ["warning not-loadable demo/a.so"])
    #expect(report.claims == ["+\(claim)"])
  }

  @Test func `each demand has a remedy of its own`() {
    #expect(Set(LoadingDemand.allCases.map(\.remedy)).count >= LoadingDemand.allCases.count - 1)
  }
}
