import BuildProfiles
import ELFReading
import Testing
import WheelTags

@testable import WheelAudit

/// Which version needs count, and what they cost (LSB Core, "Symbol Versioning"; PEP 600).
@Suite struct SymbolVersionTests {
  private static let claim = "manylinux_2_17_x86_64"

  @Test func `every version need is tied to its library and its symbols`() throws {
    let report = try audit(Self.claim, ["demo/a.so": "several_versions.abi3.so"])
    #expect(
      report.requirements(.symbolVersion) == [
        "symbolVersion libc.so.6 GLIBC_2.34 pthread_create ≥ 2.34",
        "symbolVersion libstdc++.so.6 GLIBCXX_3.4.29 _ZSt28__throw_bad_array_new_lengthv ≥ 2.34",
        "symbolVersion libm.so.6 GLIBC_2.29 exp ≥ 2.29",
        "symbolVersion libc.so.6 GLIBC_2.28 fcntl64 ≥ 2.28",
        "symbolVersion libc.so.6 GLIBC_2.25 getrandom ≥ 2.25",
        "symbolVersion libgcc_s.so.1 GCC_3.0 _Unwind_Resume ≥ 2.5",
        "symbolVersion libstdc++.so.6 CXXABI_1.3 __cxa_throw ≥ 2.5",
        "symbolVersion libstdc++.so.6 GLIBCXX_3.4 _ZSt4cout ≥ 2.5",
        "symbolVersion libc.so.6 GLIBC_2.2.5 memcpy ≥ 2.2.5",
      ])
    #expect(report.libcFloor == "2.34")
  }

  @Test func `each version above the claim is an error with its symbol`() throws {
    let report = try audit(Self.claim, ["demo/a.so": "several_versions.abi3.so"])
    #expect(
      report.said == [
        "error symbol-version demo/a.so libc.so.6 getrandom@GLIBC_2.25 \(Self.claim)",
        "error symbol-version demo/a.so libc.so.6 fcntl64@GLIBC_2.28 \(Self.claim)",
        "error symbol-version demo/a.so libc.so.6 pthread_create@GLIBC_2.34 \(Self.claim)",
        "error symbol-version demo/a.so libm.so.6 exp@GLIBC_2.29 \(Self.claim)",
        "error symbol-version demo/a.so libstdc++.so.6 _ZSt28__throw_bad_array_new_lengthv@GLIBCXX_3.4.29 \(Self.claim)",
      ])
  }

  @Test func `objects that need the same are named under one requirement`() throws {
    let report = try audit(Self.claim, ["demo/b.so": "modern.abi3.so", "demo/a.so": "modern.abi3.so"])
    let requirement = try #require(report.audit?.requirements.first)
    #expect(requirement.version == "GLIBC_2.34")
    #expect(requirement.demands.map(\.object) == ["demo/a.so", "demo/b.so"])
    #expect(report.said(.symbolVersion).count == 2)
  }

  @Test func `versions of a bundled library do not count`() throws {
    let user: KeyValuePairs = ["demo/a.so": "uses_bundled_stdcxx.abi3.so"]
    let alone = try audit(Self.claim, user)
    #expect(alone.libcFloor == "2.34")
    let together = try audit(Self.claim, user) {
      try $0.add("demo.libs/libstdc++.so.6", object: "bundled/libstdc++.so.6")
    }
    #expect(together.requirements(.symbolVersion) == ["symbolVersion libc.so.6 GLIBC_2.2.5 memcpy ≥ 2.2.5"])
    #expect(together.claims == ["+\(Self.claim)"])
  }

  @Test func `versions of a library that the user excludes do not count`() throws {
    let report = try audit(
      Self.claim, ["demo/a.so": "uses_bundled_stdcxx.abi3.so"], options: .init(exclude: ["libstdc++.so.*"]))
    #expect(report.libcFloor == "2.5")
  }

  @Test func `a need flagged weak is a note and no requirement`() throws {
    let report = try audit("manylinux_2_5_x86_64", ["demo/a.so": "weak_version.abi3.so"])
    #expect(report.said == ["note weak-version demo/a.so libc.so.6 GLIBC_2.34"])
    #expect(report.libcFloor == "2.5")
    #expect(report.status == .clean)
  }

  /// The check of versions passes over it, and the symbol is looked up all the same.
  @Test func `a strong symbol of a weak need counts`() throws {
    let report = try audit(Self.claim, ["demo/a.so": "weak_version_strong.abi3.so"])
    #expect(report.said == ["error symbol-version demo/a.so libc.so.6 pthread_create@GLIBC_2.34 \(Self.claim)"])
    #expect(report.minimalTag == "manylinux_2_34_x86_64")
  }

  /// The loader is known by its path too, and so is any library.
  @Test(arguments: ["/lib64/ld-linux-x86-64.so.2", "/lib/x86_64-linux-gnu/libc.so.6"])
  func `a need of a path is one of the library there`(path: String) throws {
    let user = WheelObject("demo/a.so", needs: ["libc.so.6"]) {
      $0.versionNeeds = [VersionNeed(library: path, version: "GLIBC_2.34", isWeak: false)]
    }
    let found = try requirements(of: [user]).filter { $0.kind == .symbolVersion }
    #expect(found.map(\.version) == ["GLIBC_2.34"])
  }

  /// Each row: whether the bundled library defines the symbol, without a version.
  @Test(arguments: [true, false])
  func `a version of a bundled library that does not define it is the system's`(isDefined: Bool) throws {
    let user = WheelObject("demo/a.so", needs: ["libq.so", "libc.so.6"], runpath: "$ORIGIN") {
      $0.versionNeeds = [VersionNeed(library: "libq.so", version: "GLIBC_2.36", isWeak: false)]
      $0.versionNeeds[0].symbols = ["arc4random"]
    }
    let library = WheelObject("demo/libq.so") { if isDefined { $0.definitions = ["arc4random"] } }
    let found = try requirements(of: [user, library]).filter { $0.kind == .symbolVersion }
    #expect(found.map(\.version) == (isDefined ? [] : ["GLIBC_2.36"]))
  }

  /// As every glibc of the lab says: "undefined symbol: gone, version VERSIONED_1.0".
  @Test func `a bundled library may define the version and not the symbol`() throws {
    let report = try audit(
      Self.claim,
      ["demo/missing_symbol.abi3.so": "missing_symbol.abi3.so", "demo/libversioned.so.1": "libversioned.so.1"])
    #expect(
      report.said(.symbolVersion) == [
        "error symbol-version demo/missing_symbol.abi3.so libversioned.so.1 gone@VERSIONED_1.0 \(Self.claim)"
      ])
    #expect(report.minimalTag == "linux_x86_64")
  }

  /// Each row: what else the object needs, and the floor of a symbol of the C++ runtime that its bundled copy lacks.
  ///
  /// A library of the platform that comes along may have it; a copy of the same soname takes its place.
  @Test(arguments: [
    ([], Floor.noProfile), (["libplain.so"], .noProfile), (["libruntime.so"], .libc(LibcVersion(2, 5))),
  ])
  func `what a copy of a library lacks is the system's where that is loaded`(needs: [String], floor: Floor) throws {
    let user = WheelObject("a.abi3.so", needs: ["libstdc++-0a1b2c3d.so.6"] + needs, runpath: "$ORIGIN") {
      $0.versionNeeds = [VersionNeed(library: "libstdc++-0a1b2c3d.so.6", version: "GLIBCXX_3.4", isWeak: false)]
      $0.versionNeeds[0].symbols = ["_ZSt9terminatev"]
    }
    let copy = WheelObject("libstdc++-0a1b2c3d.so.6", soname: "libstdc++-0a1b2c3d.so.6") {
      $0.versionDefinitions = ["GLIBCXX_3.4"]
    }
    let others = [
      WheelObject("libplain.so", needs: ["libc.so.6"], soname: "libplain.so"),
      WheelObject("libruntime.so", needs: ["libstdc++.so.6"], soname: "libruntime.so"),
    ]
    let found = try requirements(of: [user, copy] + others).filter { $0.kind == .symbolVersion }
    #expect(found.map(\.floor) == [floor])
    #expect(found.map(\.symbols) == [["_ZSt9terminatev"]])
  }

  /// A root may have what its library lacks.
  @Test(arguments: [true, false]) func `a version may be found in the object that is opened`(isDefined: Bool) throws {
    let library = WheelObject("libq.so", needs: ["libr.so"], soname: "libq.so", runpath: "$ORIGIN") {
      $0.versionNeeds = [VersionNeed(library: "libr.so", version: "V_1", isWeak: false)]
      $0.versionNeeds[0].symbols = ["f"]
    }
    let root = WheelObject("a.abi3.so", needs: ["libq.so"], runpath: "$ORIGIN") {
      if isDefined { $0.definitions.insert("f", version: "V_1") }
    }
    let other = WheelObject("libr.so", soname: "libr.so") { $0.versionDefinitions = ["V_1"] }
    let found = try requirements(of: [root, library, other]).filter { $0.kind == .symbolVersion }
    #expect(found.map(\.floor) == (isDefined ? [] : [.noProfile]))
  }

  @Test func `a weak symbol does not make its version weak`() throws {
    let report = try audit(Self.claim, ["demo/a.so": "weak_symbol.abi3.so"])
    #expect(report.said == ["error symbol-version demo/a.so libc.so.6 pthread_create@GLIBC_2.34 \(Self.claim)"])
    #expect(report.minimalTag == "manylinux_2_34_x86_64")
  }

  @Test func `versions recorded at the dynamic loader count`() throws {
    let report = try audit("manylinux_2_34_x86_64", ["demo/a.so": "loader_version.abi3.so"])
    #expect(
      report.said == [
        "error symbol-version demo/a.so ld-linux-x86-64.so.2 __rseq_offset@GLIBC_2.35 manylinux_2_34_x86_64"
      ])
    #expect(report.minimalTag == "manylinux_2_35_x86_64")
    #expect(report.requirements(.library) == ["library libc.so.6 ≥ 2.5"])
  }

  /// Each row: the object, the library and version, and a word of the reason.
  @Test(arguments: [
    ("private_version", "libc.so.6", "GLIBC_PRIVATE", "private"),
    ("future_version", "libc.so.6", "GLIBC_2.99", "newer"),
    ("zlib_ng", "libz.so.1", "ZLIB_NG_2.0", "no profile lists it"),
    ("ldbl", "libstdc++.so.6", "CXXABI_LDBL_1.3", "no profile lists it for x86_64"),
  ])
  func `a version that no profile lists leaves no tag, and the reason is said`(
    name: String, library: String, version: String, reason: String
  ) throws {
    let report = try audit("manylinux_2_44_x86_64", ["demo/a.so": "\(name).abi3.so"])
    let requirement = try #require(report.audit?.requirements.first)
    #expect(requirement.library == library)
    #expect(requirement.version == version)
    #expect(requirement.floor == .noProfile)
    #expect(requirement.reason?.contains(reason) == true)
    #expect(report.minimalTag == "linux_x86_64")
    #expect(report.claims == ["-manylinux_2_44_x86_64"])
    #expect(report.findings.first?.message.contains(reason) == true)
  }

  @Test func `the same version may be in the profiles of another architecture`() throws {
    let report = try audit("manylinux_2_17_ppc64le", ["demo/a.so": "ldbl.abi3.so"], from: "ppc64le")
    #expect(report.claims == ["+manylinux_2_17_ppc64le"])
  }

  /// A linker may record versions of a library that the object itself does not need.
  @Test(arguments: [(false, "2.9"), (true, nil)] as [(Bool, String?)])
  func `versions of a library that only another object needs are its provider's`(
    isBundled: Bool, expected: String?
  ) throws {
    var objects = [
      WheelObject("mod.abi3.so", needs: ["liba.so"], runpath: "$ORIGIN") {
        $0.versionNeeds = [VersionNeed(library: "libresolv.so.2", version: "GLIBC_2.9", isWeak: false)]
      },
      WheelObject("liba.so", needs: ["libresolv.so.2"], runpath: "$ORIGIN"),
    ]
    if isBundled { objects.append(WheelObject("libresolv.so.2")) }
    let found = try requirements(of: objects).filter { $0.kind == .symbolVersion }
    #expect(found.first?.floor.version?.description == expected)
  }

  @Test(
    arguments: [("ld-linux-x86-64.so.2", "2.35"), ("libc.so.6", "2.35"), ("libfoo.so.1", nil)] as [(String, String?)])
  func `versions of a library that nothing needs count when the platform has it`(
    library: String, expected: String?
  ) throws {
    let user = WheelObject("mod.abi3.so") {
      $0.versionNeeds = [VersionNeed(library: library, version: "GLIBC_2.35", isWeak: false)]
    }
    #expect(try requirements(of: [user]).first?.floor.version?.description == expected)
  }
}
