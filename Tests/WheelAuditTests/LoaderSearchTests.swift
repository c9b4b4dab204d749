import ELFReading
import Testing
import WheelAudit
import WheelTags

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
    ("/$ORIGIN/libs", "pkg/libs/libx.so"), ("//$ORIGIN", "pkg/libx.so"), ("/..$ORIGIN", "pkg/libx.so"),
    ("/.$ORIGIN", "pkg/libx.so"),
  ])
  func `a run path leads to a library`(path: String, library: String) throws {
    for (isInherited, libc) in [(false, Libc.glibc), (true, .glibc), (false, .musl), (true, .musl)] {
      let user = WheelObject(
        "pkg/mod.abi3.so", needs: ["libx.so"], rpath: isInherited ? path : nil, runpath: isInherited ? nil : path)
      let found = try resolutions([user, WheelObject(library)], libc: libc)
      #expect(found[user.path] == ["libx.so: bundled \(library)"])
    }
  }

  /// An entry that is empty or relative stands for the working directory, or for nothing.
  @Test(arguments: [
    ("", "pkg/libx.so"), (":", "libx.so"), (".", "pkg/libx.so"), ("libs", "pkg/libs/libx.so"), ("/pkg", "pkg/libx.so"),
    ("$ORIGIN/libs", "pkg/libx.so"), ("$ORIGIN", "pkg/libs/libx.so"), ("$ORIGIN/../../libs", "libs/libx.so"),
    ("$ORIGIN/../../../pkg", "pkg/libx.so"), ("$ORIGIN/../../site-packages/pkg", "pkg/libx.so"),
    ("${ORIGIN", "pkg/libx.so"), ("$LIB", "pkg/libx.so"), ("x/$ORIGIN", "pkg/libx.so"),
    ("$ORIGIN/$LIB", "pkg/$LIB/libx.so"), ("$ORIGIN/$LIB", "pkg/lib/libx.so"), ("$ORIGIN/${PLATFORM}", "pkg/libx.so"),
    ("$ORIGIN$ORIGIN", "pkg/libx.so"), ("$ORIGIN/$ORIGIN", "pkg/libx.so"), ("$ORIGIN;/opt", "pkg/libx.so"),
    (" $ORIGIN", "pkg/libx.so"), ("${ORIGINAL}", "pkgAL/libx.so"), ("/x$ORIGIN", "pkg/libx.so"),
  ])
  func `any other run path does not`(path: String, library: String) throws {
    let user = WheelObject("pkg/mod.abi3.so", needs: ["libx.so"], runpath: path)
    for libc in [Libc.glibc, .musl] {
      let found = try resolutions([user, WheelObject(library)], libc: libc)
      #expect(found[user.path] == ["libx.so: unreachable \(library)"])
    }
  }

  /// Each row: a run path of `pkg/mod.abi3.so`, where `libx.so` lies, and whose loader finds it there.
  @Test(
    arguments: [
      ("$ORIGINAL", "pkgAL/libx.so", [.musl]), ("$ORIGIN_libs", "pkg_libs/libx.so", [.musl]),
      ("$ORIGIN2/a", "pkg2/a/libx.so", [.musl]), ("$ORIGIN\n", "pkg/libx.so", [.musl]),
      ("/opt\n$ORIGIN", "pkg/libx.so", [.musl]), ("$ORIGIN\n", "pkg\n/libx.so", []),
      // Before 2.28 glibc takes the token for one only in front of a slash or at the end.
      ("$ORIGIN.libs", "pkg.libs/libx.so", [.musl]),
      ("$ORIGIN/$FOO", "pkg/$FOO/libx.so", [.glibc]), ("$ORIGIN/$", "pkg/$/libx.so", [.glibc]),
      ("$ORIGIN/$FOO:$ORIGIN", "pkg/libx.so", [.glibc]), ("$ORIGIN/$LIB:$ORIGIN", "pkg/libx.so", [.glibc]),
      ("$ORIGIN:$ORIGIN/${PLATFORM}", "pkg/libx.so", [.glibc]), ("$ORIGIN:$LIBS", "pkg/libx.so", [.glibc]),
      ("$ORIGIN:$ORIGIN$ORIGIN", "pkg/libx.so", [.glibc, .musl]),
    ] as [(String, String, [Libc])])
  func `tokens and separators are each loader's own`(path: String, library: String, libcs: [Libc]) throws {
    let user = WheelObject("pkg/mod.abi3.so", needs: ["libx.so"], runpath: path)
    for libc in [Libc.glibc, .musl] {
      let found = try resolutions([user, WheelObject(library)], libc: libc)
      #expect(found[user.path] == ["libx.so: \(libcs.contains(libc) ? "bundled" : "unreachable") \(library)"])
    }
  }

  /// File names are bytes: one letter in two spellings makes two names, which Swift's strings do not tell apart.
  @Test(arguments: [("lib\u{e9}.so", "lib\u{e9}.so", "bundled"), ("lib\u{e9}.so", "libe\u{301}.so", "external")])
  func `names are compared byte for byte`(needed: String, file: String, expected: String) throws {
    let user = WheelObject("mod.abi3.so", needs: [needed], runpath: "$ORIGIN")
    let found = try #require(try resolutions([user, WheelObject(file)])[user.path]?.first)
    #expect(found.hasPrefix("\(needed): \(expected)"))
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

  /// glibc replaces tokens in a needed name and opens it, musl opens it as it stands.
  @Test(
    arguments: [
      ("$ORIGIN/libs/libx.so", [.glibc]), ("${ORIGIN}/../pkg/libs/libx.so", [.glibc]),
      ("$ORIGIN/libs//libx.so", [.glibc]), ("/$ORIGIN/libs/libx.so", [.glibc]), ("./libs/libx.so", []),
      ("libs/libx.so", []), ("/opt/libx.so", []), ("$LIB/libx.so", []), ("$ORIGIN/$LIB/libx.so", []),
      ("$ORIGINAL/libx.so", []), ("$FOO/libx.so", []), ("$ORIGIN", []), ("lib$ORIGIN.so", []),
      ("lib$PLATFORM.so", []),
    ] as [(String, [Libc])])
  func `a needed name with a slash is a path`(name: String, libcs: [Libc]) throws {
    let user = WheelObject("pkg/mod.abi3.so", needs: [name], runpath: "$ORIGIN/libs")
    let others = [WheelObject("pkg/libs/libx.so"), WheelObject("pkg/libs/lib$PLATFORM.so")]
    for libc in [Libc.glibc, .musl] where !(libc == .musl && name == "lib$PLATFORM.so") {
      let found = try resolutions([user] + others, libc: libc)
      #expect(found[user.path] == ["\(name): \(libcs.contains(libc) ? "bundled pkg/libs/libx.so" : "external")"])
    }
  }

  @Test func `a path is another one for each object that it is seen from`() throws {
    let found = try resolutions([
      WheelObject("pkg/mod.abi3.so", needs: ["$ORIGIN/libx.so", "liby.so"], runpath: "$ORIGIN/libs"),
      WheelObject("pkg/libx.so"), WheelObject("pkg/libs/liby.so", needs: ["$ORIGIN/libx.so"]),
      WheelObject("pkg/libs/libx.so"),
    ])
    #expect(found["pkg/mod.abi3.so"]?.first == "$ORIGIN/libx.so: bundled pkg/libx.so")
    #expect(found["pkg/libs/liby.so"] == ["$ORIGIN/libx.so: bundled pkg/libs/libx.so"])
  }

  /// NAME_MAX is 255, and a system without `$PLATFORM` has no token in musl.
  @Test(arguments: [(255, true), (256, false)])
  func `musl takes no name for one that is longer than a name can be`(length: Int, isFound: Bool) throws {
    let name = String(repeating: "l", count: length)
    let user = WheelObject("mod.abi3.so", needs: [name], runpath: "$ORIGIN")
    let found = try resolutions([user, WheelObject(name)], libc: .musl)
    #expect(found[user.path] == ["\(name): \(isFound ? "bundled \(name)" : "external")"])
  }

  @Test(arguments: [(Libc.glibc, "platform"), (.musl, "external")])
  func `the empty name is the program's own for glibc, and none for musl`(libc: Libc, expected: String) throws {
    let user = WheelObject("mod.abi3.so", needs: [""], runpath: "$ORIGIN")
    #expect(try resolutions([user], libc: libc)[user.path] == [": \(expected)"])
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
