import ELFReading
import Testing
import WheelTags

@testable import WheelAudit

/// What is in a process before anything of the wheel, what else is loaded with an object, and how objects come to be
/// loaded.
@Suite struct LoaderProcessTests {
  private static func program(_ path: String, needs: [String], runpath: String? = "$ORIGIN") -> WheelObject {
    WheelObject(path, needs: needs, runpath: runpath) { $0.interpreter = "/lib64/ld-linux-x86-64.so.2" }
  }

  /// Each row: a name that an extension, a program and a library needs that bundle it, and who gets the wheel's.
  @Test(arguments: [
    ("libc.so.6", false, true), ("libm.so.6", false, true), ("libdl.so.2", false, true),
    ("libpthread.so.0", false, true), ("ld-linux-x86-64.so.2", false, false), ("librt.so.1", true, true),
    ("libz.so.1", true, true), ("libstdc++.so.6", true, true), ("libx.so", true, true),
  ])
  func `in glibc what the process has already is the system's`(
    name: String, extensionGetsIt: Bool, programGetsIt: Bool
  ) throws {
    let (own, users) = (
      WheelObject("lib/\(name)"),
      [
        WheelObject("lib/mod.abi3.so", needs: [name], runpath: "$ORIGIN"), Self.program("lib/tool", needs: [name]),
        WheelObject("lib/libopened.so", needs: [name], runpath: "$ORIGIN"),
      ]
    )
    let found = try resolutions(users + [own])
    for (user, getsIt) in zip(users, [extensionGetsIt, programGetsIt, extensionGetsIt]) {
      #expect(found[user.path] == ["\(name): \(getsIt ? "bundled lib/\(name)" : "platform")"])
    }
  }

  /// musl's `reserved` list; a name that only begins like one of them is not reserved.
  @Test(arguments: [
    ("libc.so", true), ("libc.so.6", true), ("libc.musl-x86_64.so.1", true), ("libm.so.6", true), ("libdl.so.2", true),
    ("libpthread.so.0", true), ("librt.so.1", true), ("libutil.so.1", true), ("libxnet.so.1", true),
    ("libm", false), ("libc-1.so", false), ("libresolv.so.2", false), ("libcrypt.so.1", false), ("libz.so.1", false),
    ("ld-musl-x86_64.so.1", false),
  ])
  func `musl answers to the names of its parts itself`(name: String, isItself: Bool) throws {
    let users = [
      WheelObject("lib/mod.abi3.so", needs: [name], runpath: "$ORIGIN"), Self.program("lib/tool", needs: [name]),
    ]
    let bundled = try resolutions(users + [WheelObject("lib/\(name)")], libc: .musl)
    for user in users {
      #expect(bundled[user.path] == ["\(name): \(isItself ? "platform" : "bundled lib/\(name)")"])
    }
    if isItself { #expect(try resolutions(users, libc: .musl)[users[0].path] == ["\(name): platform"]) }
  }

  @Test(arguments: [(["stdin", "__libc_start_main"], "platform"), (["stdin"], "bundled lib/ld-musl-x86_64.so.1")])
  func `musl takes a libc by any name for itself`(symbols: [String], expected: String) throws {
    let name = "ld-musl-x86_64.so.1"
    let user = WheelObject("lib/mod.abi3.so", needs: [name], runpath: "$ORIGIN")
    let own = WheelObject("lib/\(name)") { file in
      for symbol in symbols { file.definitions.insert(symbol) }
    }
    #expect(try resolutions([user, own], libc: .musl)[user.path] == ["\(name): \(expected)"])
  }

  @Test(arguments: [
    (Libc.glibc, "/lib64/ld-linux-x86-64.so.2", "platform"), (.musl, "/lib/ld-musl-x86_64.so.1", "platform"),
    (.glibc, "/opt/lib/ld-linux-x86-64.so.2", "external"), (.musl, "/opt/lib/ld-musl-x86_64.so.1", "external"),
    (.glibc, "/lib64/libz.so.1", "external"),
  ])
  func `the loader is known by its path too`(libc: Libc, path: String, expected: String) throws {
    let user = WheelObject("mod.abi3.so", needs: [path])
    #expect(try resolutions([user], libc: libc)[user.path] == ["\(path): \(expected)"])
  }

  @Test func `what the user excludes comes before everything`() throws {
    let user = WheelObject("mod.abi3.so", needs: ["libc.so.6"])
    let exclusion = Exclusion(pattern: "libc.*", reason: "a test")
    #expect(try resolutions([user], exclude: [exclusion])[user.path] == ["libc.so.6: excluded libc.*"])
  }

  // MARK: Filters

  @Test(arguments: [([], "external"), (["libx.so"], "bundled libx.so"), (["far/libx.so"], "unreachable far/libx.so")])
  func `a filter needs what it filters`(others: [String], expected: String) throws {
    let user = WheelObject("mod.abi3.so", needs: ["libdep.so"], runpath: "$ORIGIN") { $0.filters = ["libx.so"] }
    let objects = [user, WheelObject("libdep.so")] + others.map { WheelObject($0) }
    #expect(try resolutions(objects)[user.path] == ["libdep.so: bundled libdep.so", "libx.so: \(expected)"])
    #expect(try resolutions(objects, libc: .musl)[user.path] == ["libdep.so: bundled libdep.so"])
  }

  @Test(arguments: [([], nil), (["libx.so"], "bundled libx.so"), (["far/libx.so"], nil)] as [([String], String?)])
  func `an auxiliary library is loaded where it is found`(others: [String], expected: String?) throws {
    let user = WheelObject("mod.abi3.so", needs: ["libdep.so"], runpath: "$ORIGIN") { $0.auxiliaries = ["libx.so"] }
    let objects = [user, WheelObject("libdep.so")] + others.map { WheelObject($0) }
    let found = ["libdep.so: bundled libdep.so"] + (expected.map { ["libx.so: \($0)"] } ?? [])
    #expect(try resolutions(objects)[user.path] == found)
    #expect(try resolutions(objects, files: ["libx.so"], libc: .musl)[user.path] == ["libdep.so: bundled libdep.so"])
  }

  @Test func `an auxiliary file that cannot be loaded does not matter`() throws {
    let user = WheelObject("mod.abi3.so", needs: [], runpath: "$ORIGIN") { $0.auxiliaries = ["libx.so", "libz.so.1"] }
    #expect(try resolutions([user], files: ["libx.so"])[user.path] == [])
  }

  @Test func `what an auxiliary library needs is needed`() throws {
    let user = WheelObject("mod.abi3.so", needs: [], runpath: "$ORIGIN") { $0.auxiliaries = ["libx.so"] }
    let found = try resolutions([user, WheelObject("libx.so", needs: ["libgone.so"])])
    #expect(found["libx.so"] == ["libgone.so: external"])
  }

  // MARK: Uses

  @Test func `an object knows how it comes to be loaded`() throws {
    let objects = [
      WheelObject("mod.abi3.so", needs: ["libboth.so"], runpath: "$ORIGIN"),
      Self.program("tool", needs: ["libboth.so", "libtool.so"]), WheelObject("libboth.so", needs: []),
      WheelObject("libtool.so", needs: []), WheelObject("liba.so", needs: ["libz.so"], runpath: "$ORIGIN"),
      WheelObject("libz.so", needs: []),
      // A library that prints its version when it is started.
      WheelObject("libspeaks.so.1", soname: "libspeaks.so.1") { $0.interpreter = "/lib64/ld-linux-x86-64.so.2" },
    ]
    let graph = try libraryGraph(objects)
    #expect(
      graph.uses == [.imported, .started, [.imported, .started], .started, .opened, .opened, .opened])
    #expect(graph.levels == Array(repeating: nil, count: objects.count))
  }

  @Test func `an edge knows in which processes it comes to the worst`() throws {
    let objects = [
      WheelObject("mod.abi3.so", needs: ["liba.so"], rpath: "$ORIGIN/libs"),
      Self.program("tool", needs: ["liba.so"], runpath: "$ORIGIN/libs"),
      WheelObject("libs/liba.so", needs: ["libb.so", "libgone.so"]), WheelObject("libs/libb.so"),
    ]
    let edges = try libraryGraph(objects).edges[2]
    // The extension's DT_RPATH holds for what liba.so needs, the program's DT_RUNPATH does not.
    #expect(edges.map(\.resolution) == [.unreachable(3), .external])
    #expect(edges.map(\.uses) == [.started, [.imported, .started]])
  }

  @Test func `everything in a program's process that misses a library is told`() throws {
    let objects = [
      Self.program("tool", needs: ["liba.so", "libfar.so"], runpath: "$ORIGIN/libs"),
      WheelObject("libs/liba.so", needs: ["libfar.so"]), WheelObject("far/libfar.so"),
    ]
    let edges = try libraryGraph(objects).edges.joined().filter { $0.library == "libfar.so" }
    #expect(edges.map(\.resolution) == [.unreachable(2), .unreachable(2)])
    #expect(edges.map(\.uses) == [.started, .started])
  }
}
