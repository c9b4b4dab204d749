import ELFReading
import Testing
import WheelAudit

/// Where the loader looks for a library inside a wheel: ld.so(8), "Dynamic linker", and gABI chapter 5, "Shared Object
/// Dependencies".
@Suite struct LoaderSearchTests {
  /// Each row: a run path of `pkg/mod.abi3.so`, and where `libx.so` lies when that path leads to it.
  @Test(arguments: [
    ("$ORIGIN", "pkg/libx.so"), ("${ORIGIN}", "pkg/libx.so"), ("$ORIGIN/libs", "pkg/libs/libx.so"),
    ("${ORIGIN}/libs", "pkg/libs/libx.so"), ("$ORIGIN/../pkg.libs", "pkg.libs/libx.so"), ("$ORIGIN/..", "libx.so"),
    ("$ORIGIN//libs/./", "pkg/libs/libx.so"), ("$ORIGIN/libs/../more", "pkg/more/libx.so"),
    ("/opt/lib:$ORIGIN/libs", "pkg/libs/libx.so"), ("$ORIGIN/a:$ORIGIN/b", "pkg/b/libx.so"),
    ("::$ORIGIN", "pkg/libx.so"), ("${ORIGIN}.libs", "pkg.libs/libx.so"), ("${ORIGIN}libs/a", "pkglibs/a/libx.so"),
  ])
  func `a run path leads to a library`(path: String, library: String) throws {
    for isInherited in [false, true] {
      let user = WheelObject(
        "pkg/mod.abi3.so", needs: ["libx.so"], rpath: isInherited ? path : nil, runpath: isInherited ? nil : path)
      let found = try resolutions([user, WheelObject(library)])
      #expect(found[user.path] == ["libx.so: bundled \(library)"])
    }
  }

  /// An entry that is empty or relative stands for the working directory.
  ///
  /// `$ORIGINAL` is no token, and glibc before
  /// 2.28 takes `$ORIGIN` for one only in front of a slash or at the end.
  @Test(arguments: [
    ("", "pkg/libx.so"), (":", "libx.so"), (".", "pkg/libx.so"), ("libs", "pkg/libs/libx.so"), ("/pkg", "pkg/libx.so"),
    ("$ORIGIN/libs", "pkg/libx.so"), ("$ORIGIN", "pkg/libs/libx.so"), ("$ORIGIN/../../libs", "libs/libx.so"),
    ("$ORIGIN/../../../pkg", "pkg/libx.so"), ("$ORIGIN/../../site-packages/pkg", "pkg/libx.so"),
    ("$ORIGINAL", "pkgAL/libx.so"), ("$ORIGIN_libs", "pkg_libs/libx.so"), ("$ORIGIN2/a", "pkg2/a/libx.so"),
    ("$ORIGIN.libs", "pkg.libs/libx.so"),
    ("${ORIGIN", "pkg/libx.so"), ("$LIB", "pkg/libx.so"), ("x/$ORIGIN", "pkg/libx.so"),
  ])
  func `any other run path does not`(path: String, library: String) throws {
    let user = WheelObject("pkg/mod.abi3.so", needs: ["libx.so"], runpath: path)
    let found = try resolutions([user, WheelObject(library)])
    #expect(found[user.path] == ["libx.so: unreachable \(library)"])
  }

  @Test func `what is glued to the top folder's name lies outside the wheel`() throws {
    let user = WheelObject("mod.abi3.so", needs: ["libx.so"], runpath: "${ORIGIN}.libs")
    #expect(try resolutions([user, WheelObject(".libs/libx.so")])[user.path] == ["libx.so: unreachable .libs/libx.so"])
  }

  @Test(arguments: [
    ("demo-1.0.data/platlib/pkg/mod.abi3.so", "pkg.libs/libx.so", true),
    ("pkg/mod.abi3.so", "demo-1.0.data/platlib/pkg.libs/libx.so", true),
    ("pkg/mod.abi3.so", "demo-1.0.data/purelib/pkg.libs/libx.so", true),
    ("demo-1.0.data/scripts/mod.abi3.so", "pkg.libs/libx.so", false),
    ("pkg/mod.abi3.so", "demo-1.0.data/data/pkg.libs/libx.so", false),
    ("demo-1.0.data/data/lib/mod.abi3.so", "demo-1.0.data/data/pkg.libs/libx.so", true),
  ])
  func `libraries are looked for from where things are installed`(
    user: String, library: String, isFound: Bool
  ) throws {
    let found = try resolutions([
      WheelObject(user, needs: ["libx.so"], runpath: "$ORIGIN/../pkg.libs"), WheelObject(library),
    ])
    #expect(found[user] == ["libx.so: \(isFound ? "bundled" : "unreachable") \(library)"])
  }

  @Test func `a needed name with a slash is a path`() throws {
    let user = WheelObject("pkg/mod.abi3.so", needs: ["$ORIGIN/../pkg.libs/libx.so", "/opt/libx.so", "./libx.so"])
    let found = try resolutions([user, WheelObject("pkg.libs/libx.so"), WheelObject("pkg/libx.so")])
    #expect(
      found[user.path] == [
        "$ORIGIN/../pkg.libs/libx.so: bundled pkg.libs/libx.so", "/opt/libx.so: external", "./libx.so: external",
      ])
  }

  @Test func `a library is found by its file name, whatever its soname is`() throws {
    let user = WheelObject("mod.abi3.so", needs: ["libfile.so", "libsoname.so"], runpath: "$ORIGIN")
    let byFile = WheelObject("libfile.so", soname: "libother.so")
    let bySoname = WheelObject("libelse.so", soname: "libsoname.so")
    #expect(
      try resolutions([user, byFile, bySoname])[user.path] == [
        "libfile.so: bundled libfile.so", "libsoname.so: unreachable libelse.so",
      ])
  }

  @Test func `libraries that need each other are found`() throws {
    let objects = [
      WheelObject("liba.so", needs: ["libb.so"], runpath: "$ORIGIN"),
      WheelObject("libb.so", needs: ["liba.so"], runpath: "$ORIGIN"),
    ]
    let found = try resolutions(objects)
    #expect(found["liba.so"] == ["libb.so: bundled libb.so"])
    #expect(found["libb.so"] == ["liba.so: bundled liba.so"])
  }

  @Test(
    arguments: [
      ("libz.so.1", "$ORIGIN", "bundled libz.so.1"), ("libz.so.1", nil, "platform"),
      ("libstdc++.so.6", nil, "platform"), ("ld-linux-x86-64.so.2", nil, "platform"), ("libfoo.so.1", nil, "external"),
      ("libcrypt.so.1", "$ORIGIN", "external"),
    ] as [(String, String?, String)])
  func `what the wheel does not offer is the platform's or nobody's`(
    library: String, runpath: String?, expected: String
  ) throws {
    let user = WheelObject("mod.abi3.so", needs: [library], runpath: runpath)
    let found = try resolutions([user, WheelObject("libz.so.1"), WheelObject("deep/libstdc++.so.6")])
    #expect(found[user.path] == ["\(library): \(expected)"])
  }

  @Test(arguments: [
    ("libcuda.so.1", "libcuda.so.*", true), ("libcuda.so.1", "libcuda*", true), ("libcuda.so.1", "libcuda.so", false),
    ("libcuda.so.1", "libcuda.so.[0-9]", true), ("libcuda.so.1", "lib?uda.so.1", true), ("libcuda.so.1", "*", true),
    ("libcuda.so.1", "cuda", false), ("libcuda.so.1", "LIBCUDA.SO.1", false),
  ])
  func `a pattern of the user's excludes the sonames that it matches`(
    library: String, pattern: String, matches: Bool
  ) throws {
    let user = WheelObject("mod.abi3.so", needs: [library])
    let found = try resolutions([user], exclude: [Exclusion(pattern: pattern, reason: "the driver has it")])
    #expect(found[user.path] == ["\(library): \(matches ? "excluded \(pattern)" : "external")"])
  }
}
