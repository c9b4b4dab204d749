import Testing
import WheelTags

@testable import WheelAudit

/// Which interpreters import a file by its name: `importlib.machinery.EXTENSION_SUFFIXES` of CPython 3.4 to 3.15, with
/// a lock and without, for debugging, on both libcs, of PyPy and of GraalPy.
@Suite struct ModuleSuffixTests {
  /// Each row: a suffix, tags of the wheel, and whether some interpreter of them imports it.
  @Test(
    arguments: [
      (".cpython-39-x86_64-linux-gnu.so", "cp39-cp39-manylinux_2_17_x86_64", true),
      (".cpython-38-x86_64-linux-gnu.so", "cp39-cp39-manylinux_2_17_x86_64", false),
      (".cpython-39-aarch64-linux-gnu.so", "cp39-cp39-manylinux_2_17_x86_64", false),
      (".cpython-39-x86_64-linux-gnux32.so", "cp39-cp39-manylinux_2_17_x86_64", false),
      (".cpython-39-x86_64-linux-musl.so", "cp39-cp39-manylinux_2_17_x86_64", false),
      (".cpython-37m-x86_64-linux-gnu.so", "cp37-cp37m-manylinux_2_17_x86_64", true),
      (".cpython-37-x86_64-linux-gnu.so", "cp37-cp37m-manylinux_2_17_x86_64", false),
      (".cpython-37m.so", "cp37-cp37m-manylinux_2_17_x86_64", false),
      (".cpython-34m.so", "cp34-cp34m-manylinux_2_5_x86_64", true),
      (".cpython-32mu.so", "cp32-cp32mu-manylinux_2_5_x86_64", true),
      (".cpython-37m-i386-linux-gnu.so", "cp37-cp37m-manylinux_2_5_i686", true),
      (".cpython-311-arm-linux-gnueabihf.so", "cp311-cp311-manylinux_2_31_armv7l", true),
      (".cpython-311-arm-linux-gnueabi.so", "cp311-cp311-manylinux_2_31_armv7l", false),
      (".cpython-311-arm-linux-musleabihf.so", "cp311-cp311-musllinux_1_2_armv7l", true),
      (".cpython-311-x86_64-linux-gnu.so", "cp311-cp311-musllinux_1_2_x86_64", false),
      (".cpython-310-x86_64-linux-gnu.so", "cp310-cp310-musllinux_1_2_x86_64", true),
      (".cpython-310-x86_64-linux-musl.so", "cp310-cp310-musllinux_1_2_x86_64", true),
      (".abi3.so", "cp39-abi3-manylinux_2_17_x86_64", true), (".so", "cp39-cp39-manylinux_2_17_x86_64", true),
      (".abi3.so", "cp39-cp39-manylinux_2_17_x86_64", true),
      (".cpython-311-x86_64-linux-gnu.so", "cp39-abi3-manylinux_2_17_x86_64", true),
      (".cpython-38-x86_64-linux-gnu.so", "cp39-abi3-manylinux_2_17_x86_64", false),
      (".abi3.so", "cp313-cp313t-manylinux_2_17_x86_64", false),
      (".cpython-313-x86_64-linux-gnu.so", "cp313-cp313t-manylinux_2_17_x86_64", false),
      (".cpython-313t-x86_64-linux-gnu.so", "cp313-cp313t-manylinux_2_17_x86_64", true),
      (".cpython-313t-x86_64-linux-gnu.so", "cp313-cp313-manylinux_2_17_x86_64", false),
      (".cpython-39d-x86_64-linux-gnu.so", "cp39-cp39-manylinux_2_17_x86_64", false),
      (".cpython-39d-x86_64-linux-gnu.so", "cp39-cp39d-manylinux_2_17_x86_64", true),
      (".cpython-39-x86_64-linux-gnu.so", "cp39-cp39d-manylinux_2_17_x86_64", true),
      (".cpython-37m-x86_64-linux-gnu.so", "cp37-cp37dm-manylinux_2_17_x86_64", false),
      (".cpython-314td-x86_64-linux-gnu.so", "cp314-cp314td-manylinux_2_17_x86_64", true),
      (".abi3t.so", "cp315-abi3t-manylinux_2_17_x86_64", true),
      (".abi3t.so", "cp315-abi3.abi3t-manylinux_2_17_x86_64", true),
      (".abi3t.so", "cp315-abi3-manylinux_2_17_x86_64", true),
      (".abi3t.so", "cp39-abi3-manylinux_2_17_x86_64", true),
      (".abi3.so", "cp315-abi3t-manylinux_2_17_x86_64", false),
      (".abi3t-x86_64-linux-gnu.so", "cp315-cp315t-manylinux_2_17_x86_64", true),
      (".abi3t-x86_64-linux-gnu.so", "cp315-cp315-manylinux_2_17_x86_64", true),
      (".abi3-x86_64-linux-gnu.so", "cp315-abi3-manylinux_2_17_x86_64", true),
      (".abi3-aarch64-linux-gnu.so", "cp315-abi3-manylinux_2_17_x86_64", false),
      (".abi3-x86_64-linux-musl.so", "cp315-abi3-manylinux_2_17_x86_64", false),
      (".abi3-x86_64-linux-gnu.so", "cp314-cp314-manylinux_2_17_x86_64", false),
      (".abi3t.so", "cp314-cp314t-manylinux_2_17_x86_64", false),
      (".pypy39-pp73-x86_64-linux-gnu.so", "pp39-pypy39_pp73-manylinux_2_17_x86_64", true),
      (".pypy310-pp73-x86_64-linux-gnu.so", "pp39-pypy39_pp73-manylinux_2_17_x86_64", false),
      (".pypy39-pp73-aarch64-linux-gnu.so", "pp39-pypy39_pp73-manylinux_2_17_x86_64", false),
      (".abi3.so", "pp39-pypy39_pp73-manylinux_2_17_x86_64", false),
      (".so", "pp39-pypy39_pp73-manylinux_2_17_x86_64", false),
      (".graalpy242-311-native-x86_64-linux.so", "graalpy311-graalpy242_311_native-manylinux_2_17_x86_64", true),
      (".graalpy242-311-native-aarch64-linux.so", "graalpy311-graalpy242_311_native-manylinux_2_17_x86_64", false),
      (".graalpy230-310-native-x86_64-linux.so", "graalpy311-graalpy242_311_native-manylinux_2_17_x86_64", false),
      (".cpython-311-x86_64-linux-gnu.so", "graalpy311-graalpy242_311_native-manylinux_2_17_x86_64", false),
      (".cpython-312-x86_64-linux-gnu.so", "py3-none-manylinux_2_17_x86_64", true),
      (".cpython-310-x86_64-linux-gnu.so", "cp39.cp310-cp39.cp310-manylinux_2_17_x86_64", true),
      (".cpython-311-x86_64-linux-gnu.so", "cp39.cp310-cp39.cp310-manylinux_2_17_x86_64", false),
    ] as [(String, String, Bool)])
  func `an interpreter imports the names that it looks for`(suffix: String, tags: String, isImported: Bool) throws {
    let filename = try WheelFilename("demo-1.0-\(tags).whl")
    let tag = try #require(filename.platformTags.first)
    let parsed = try #require(ModuleSuffix(fileName: "mod\(suffix)"))
    let (architecture, libc) = (try #require(tag.architecture), try #require(tag.libc))
    let promised = PromisedInterpreters(filename, newest: 15)
    #expect(promised.all.keys.contains { $0.imports(parsed, on: architecture, libc) } == isImported)
  }

  /// Each row: tags, and every interpreter that they stand for, where 3.15 is the newest.
  @Test(
    arguments: [
      ("cp312-abi3", "CPython 3.12 to 3.15"), ("cp315-abi3.abi3t", "CPython 3.15 and 3.15t"),
      ("cp314-abi3t", "CPython 3.14t to 3.15t"), ("cp39-abi3t", "CPython 3.13t to 3.15t"),
      ("cp316-abi3", "CPython 3.16"),
      ("cp39.cp313-abi3.cp313t", "CPython 3.9 to 3.15 and 3.13t"), ("cp310.cp312-cp310.cp312", "CPython 3.10 and 3.12"),
      ("pp39-pypy39_pp73", "the PyPy of pypy39_pp73"),
      ("graalpy311-graalpy242_311_native", "the GraalPy of graalpy242_311_native"),
      ("py3-none", ""), ("py3-abi3", ""), ("cp3999999999999999999-abi3", ""), ("cp3-abi3", ""),
    ] as [(String, String)])
  func `tags stand for interpreters`(tags: String, words: String) throws {
    let filename = try WheelFilename("demo-1.0-\(tags)-any.whl")
    #expect(PromisedInterpreters(filename, newest: 15).all.keys.inWords == words)
  }

  @Test(arguments: ["mod", "mod.py", "mod.so.1", "libz.so.1.2", "a.b.so", "mod.cpython-x.so", "mod.cpython-39q.so", ""])
  func `other files are no modules`(name: String) {
    #expect(ModuleSuffix(fileName: name)?.isOfOneABI != true)
  }

  @Test(arguments: [
    ("mod.cpython-312-darwin.so", false), ("mod.cpython-312-x86_64-linux-gnu.so", true), ("a.so", true),
  ])
  func `modules of other systems are known`(name: String, isForLinux: Bool) {
    #expect(ModuleSuffix(fileName: name)?.isForLinux == isForLinux)
  }

  /// Each row: the files of a module, and what is said of them.
  @Test(
    arguments: [
      ([".cpython-313-x86_64-linux-gnu"], ["error"]), ([".cpython-313t-x86_64-linux-gnu"], []), ([""], []),
      ([".cpython-313-x86_64-linux-gnu", ".cpython-313t-x86_64-linux-gnu"], ["warning"]), (["", ".abi3"], ["warning"]),
    ] as [([String], [String])])
  func `a module needs one file that an interpreter imports`(files: [String], severities: [String]) throws {
    let report = try audit("") { wheel in
      wheel.name = "demo-1.0-cp313-cp313t-manylinux_2_17_x86_64.whl"
      for file in files { try wheel.add("demo/baseline\(file).so", object: "baseline.abi3.so") }
    }
    #expect(report.findings.filter { $0.rule == .pythonABI }.map(\.severity.rawValue) == severities)
    #expect(report.claims == [severities == ["error"] ? "-" : "+"].map { "\($0)manylinux_2_17_x86_64" })
  }

  /// Each row: the files of a module in a wheel for the stable ABI and for a build without a lock, whose stable ABI is
  /// another one (PEP 803), and what is said of them.
  @Test(
    arguments: [
      ([".abi3"], ["error"]), ([".abi3", ".cpython-313t-x86_64-linux-gnu"], []), ([""], []), ([".abi3", ""], []),
      ([".cpython-313t-x86_64-linux-gnu"], ["error"]),
    ] as [([String], [String])])
  func `a build without a lock needs a file of its own`(files: [String], severities: [String]) throws {
    let report = try audit("") { wheel in
      wheel.name = "demo-1.0-cp39.cp313-abi3.cp313t-manylinux_2_17_x86_64.whl"
      for file in files { try wheel.add("demo/baseline\(file).so", object: "baseline.abi3.so") }
    }
    #expect(report.findings.filter { $0.rule == .pythonABI }.map(\.severity.rawValue) == severities)
    #expect(report.claims == [severities.isEmpty ? "+manylinux_2_17_x86_64" : "-manylinux_2_17_x86_64"])
  }

  /// Each row: tags, the files of a module, and for which interpreters there is none, with what it is called.
  @Test(
    arguments: [
      ("cp39-abi3", [".cpython-39-x86_64-linux-gnu"], "error CPython 3.10 to 3.15"), ("cp39-abi3", [""], nil),
      ("cp39-abi3", [".abi3"], nil), ("cp39-abi3", [".abi3t"], "error CPython 3.9 to 3.14"),
      ("cp39-abi3", [".abi3", ".abi3t"], nil), ("cp314-abi3", [".abi3-x86_64-linux-gnu"], "error CPython 3.14"),
      ("cp315-abi3.abi3t", [".abi3t"], nil), ("cp315-abi3.abi3t", [".abi3"], "error CPython 3.15t"),
      ("cp314-abi3.abi3t", [".abi3t"], "error CPython 3.14 and 3.14t"),
      ("cp39.cp310-cp39.cp310", [".cpython-39-x86_64-linux-gnu"], "warning CPython 3.10"),
      ("cp310.pp39-cp310.pypy39_pp73", [".cpython-310-x86_64-linux-gnu"], "warning the PyPy of pypy39_pp73"),
    ] as [(String, [String], String?)])
  func `a module has a file for every interpreter of the tags`(tags: String, files: [String], said: String?) throws {
    let report = try audit("") { wheel in
      wheel.name = "demo-1.0-\(tags)-manylinux_2_17_x86_64.whl"
      for file in files { try wheel.add("demo/modexport\(file).so", object: "modexport.abi3.so") }
    }
    let found = report.findings.filter { $0.rule == .pythonABI }
    let beginning = "the module has no file for "
    let own: [String] = found.map { finding in
      let rest = finding.message.dropFirst(beginning.count).prefix { $0 != "," }
      return "\(finding.severity.rawValue) \(rest)"
    }
    #expect(found.allSatisfy { $0.message.hasPrefix(beginning) && $0.message.contains(", which \(tags) stands for") })
    #expect(own == [said].compactMap { $0 })
  }

  /// Each row: the name of a file that defines `PyInit_baseline`, and whether an import of it finds that.
  @Test(arguments: [("baseline.abi3.so", true), ("other.abi3.so", false), ("other.so", true), ("libother.so.1", true)])
  func `a module defines the initialization of its name`(file: String, isFine: Bool) throws {
    let report = try audit("manylinux_2_17_x86_64", [file: "baseline.abi3.so"])
    #expect(report.said(.pythonABI) == (isFine ? [] : ["warning python-abi \(file)"]))
    #expect(report.claims == ["+manylinux_2_17_x86_64"])
  }
}
