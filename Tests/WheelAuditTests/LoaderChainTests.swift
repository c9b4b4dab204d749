import ELFReading
import Testing
import WheelAudit
import WheelTags

/// What an object inherits from those that loaded it, and what is already loaded: ld.so(8).
@Suite struct LoaderChainTests {
  private static let outer = WheelObject("libs/libouter.so", needs: ["libinner.so"])
  private static let inner = WheelObject("libs/libinner.so")

  private func inner(
    of user: WheelObject, outer: WheelObject = outer, libc: Libc = .glibc
  ) throws -> String? {
    let found = try resolutions([user, outer, Self.inner], libc: libc)
    #expect(found[user.path]?.first == "libouter.so: bundled libs/libouter.so")
    return found[outer.path]?.first
  }

  private static let isFound = "libinner.so: bundled libs/libinner.so"
  private static let isLost = "libinner.so: unreachable libs/libinner.so"

  @Test func `DT_RPATH holds for what is loaded too`() throws {
    #expect(try inner(of: WheelObject("mod.abi3.so", needs: ["libouter.so"], rpath: "$ORIGIN/libs")) == Self.isFound)
  }

  @Test func `DT_RUNPATH holds for the object itself only`() throws {
    #expect(try inner(of: WheelObject("mod.abi3.so", needs: ["libouter.so"], runpath: "$ORIGIN/libs")) == Self.isLost)
  }

  /// What the loader does not find is not in the process, so it answers to none of its later users either.
  @Test func `each user of a library that is out of reach is told`() throws {
    let user = WheelObject("mod.abi3.so", needs: ["libinner.so", "libouter.so"], runpath: "$ORIGIN/libs")
    let far = WheelObject("far/libinner.so")
    let found = try resolutions([user, Self.outer, far])
    #expect(found[user.path] == ["libinner.so: unreachable far/libinner.so", "libouter.so: bundled libs/libouter.so"])
    #expect(found[Self.outer.path] == ["libinner.so: unreachable far/libinner.so"])
  }

  @Test func `DT_RUNPATH beside DT_RPATH disables it`() throws {
    let user = WheelObject("mod.abi3.so", needs: ["libouter.so"], rpath: "$ORIGIN/libs", runpath: "$ORIGIN/libs")
    #expect(try inner(of: user) == Self.isLost)
    let misled = WheelObject("mod.abi3.so", needs: ["libouter.so"], rpath: "$ORIGIN/libs", runpath: "/opt")
    #expect(
      try resolutions([misled, Self.outer, Self.inner])[misled.path] == ["libouter.so: unreachable libs/libouter.so"])
  }

  @Test func `an object with DT_RUNPATH inherits nothing`() throws {
    let user = WheelObject("mod.abi3.so", needs: ["libouter.so"], rpath: "$ORIGIN/libs")
    let outer = WheelObject("libs/libouter.so", needs: ["libinner.so"], runpath: "/opt")
    #expect(try inner(of: user, outer: outer) == Self.isLost)
  }

  @Test func `the chain of loaders goes past one with DT_RUNPATH`() throws {
    let found = try resolutions([
      WheelObject("mod.abi3.so", needs: ["libouter.so"], rpath: "$ORIGIN/libs"),
      WheelObject("libs/libouter.so", needs: ["libmiddle.so"], runpath: "$ORIGIN/more"),
      WheelObject("libs/more/libmiddle.so", needs: ["libinner.so"]),
      Self.inner,
    ])
    #expect(found["libs/more/libmiddle.so"] == [Self.isFound])
  }

  @Test func `an object's own DT_RPATH comes before an inherited one`() throws {
    let found = try resolutions([
      WheelObject("mod.abi3.so", needs: ["libouter.so"], rpath: "$ORIGIN/libs"),
      WheelObject("libs/libouter.so", needs: ["libinner.so"], rpath: "$ORIGIN/own"),
      Self.inner, WheelObject("libs/own/libinner.so"),
    ])
    #expect(found["libs/libouter.so"] == ["libinner.so: bundled libs/own/libinner.so"])
  }

  @Test func `musl lets what is loaded inherit DT_RUNPATH too`() throws {
    let user = WheelObject("mod.abi3.so", needs: ["libouter.so"], runpath: "$ORIGIN/libs")
    #expect(try inner(of: user, libc: .musl) == Self.isFound)
    let outer = WheelObject("libs/libouter.so", needs: ["libinner.so"], runpath: "/opt")
    #expect(try inner(of: user, outer: outer, libc: .musl) == Self.isFound)
  }

  @Test func `what is already loaded is not looked for`() throws {
    let found = try resolutions([
      WheelObject("mod.abi3.so", needs: ["libouter.so", "libinner.so"], runpath: "$ORIGIN/libs"), Self.outer,
      Self.inner,
    ])
    #expect(found["libs/libouter.so"] == [Self.isFound])
  }

  @Test(arguments: [
    (Libc.glibc, "libinner.so: bundled libs/libinner-1.so"), (.musl, "libinner.so: unreachable libs/libinner-1.so"),
  ])
  func `glibc knows what is loaded by its soname, musl by its file name`(libc: Libc, expected: String) throws {
    let found = try resolutions(
      [
        WheelObject("mod.abi3.so", needs: ["libouter.so", "libinner-1.so"], runpath: "$ORIGIN/libs"), Self.outer,
        WheelObject("libs/libinner-1.so", soname: "libinner.so"),
      ], libc: libc)
    #expect(found["libs/libouter.so"] == [expected])
  }

  /// A start is opened by its path; a search that comes to the same file finds it loaded.
  @Test(
    arguments: [
      ("mod.abi3.so", nil, nil, .glibc, "unreachable"), ("mod.abi3.so", nil, nil, .musl, "unreachable"),
      ("libmod.so", "libmod.so", nil, .glibc, "bundled"), ("libmod.so", "libmod.so", nil, .musl, "unreachable"),
      ("mod.abi3.so", nil, "$ORIGIN/..", .glibc, "bundled"), ("mod.abi3.so", nil, "$ORIGIN/..", .musl, "bundled"),
    ] as [(String, String?, String?, Libc, String)])
  func `what is started does not answer to its file name`(
    needed: String, soname: String?, runpath: String?, libc: Libc, expected: String
  ) throws {
    let found = try resolutions(
      [
        WheelObject("pkg/mod.abi3.so", needs: ["libouter.so"], soname: soname, runpath: "$ORIGIN/libs"),
        WheelObject("pkg/libs/libouter.so", needs: [needed], runpath: runpath),
      ], libc: libc)
    #expect(found["pkg/libs/libouter.so"] == ["\(needed): \(expected) pkg/mod.abi3.so"])
  }

  @Test func `libraries are loaded breadth first`() throws {
    // libearly needs libinner before libouter, whose run path leads to another one, is looked at.
    let found = try resolutions([
      WheelObject("mod.abi3.so", needs: ["libearly.so", "libouter.so"], runpath: "$ORIGIN/libs"),
      WheelObject("libs/libearly.so", needs: ["libinner.so"], runpath: "$ORIGIN"),
      WheelObject("libs/libouter.so", needs: ["libinner.so"], runpath: "$ORIGIN/own"),
      Self.inner, WheelObject("libs/own/libinner.so"),
    ])
    #expect(found["libs/libouter.so"] == [Self.isFound])
  }

  @Test func `a library that one extension loads and another cannot is missing`() throws {
    let found = try resolutions([
      WheelObject("a.abi3.so", needs: ["libouter.so"], rpath: "$ORIGIN/libs"),
      WheelObject("b.abi3.so", needs: ["libouter.so"], runpath: "$ORIGIN/libs"),
      Self.outer, Self.inner,
    ])
    #expect(found["libs/libouter.so"] == [Self.isLost])
  }

  @Test func `each extension starts with nothing loaded`() throws {
    let found = try resolutions([
      WheelObject("a.abi3.so", needs: ["libinner.so"], runpath: "$ORIGIN/libs"),
      WheelObject("b.abi3.so", needs: ["libinner.so"]), Self.inner,
    ])
    #expect(found["a.abi3.so"] == [Self.isFound])
    #expect(found["b.abi3.so"] == [Self.isLost])
  }

  @Test func `what nothing needs is looked at by itself`() throws {
    #expect(try resolutions([Self.outer, Self.inner])["libs/libouter.so"] == [Self.isLost])
  }
}
