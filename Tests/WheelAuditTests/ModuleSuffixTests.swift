import Testing
import WheelTags

@testable import WheelAudit

/// Which interpreters import a file by its name: `importlib.machinery.EXTENSION_SUFFIXES` of CPython 3.4 to 3.15, with
/// a lock and without, on both libcs, and of PyPy.
@Suite struct ModuleSuffixTests {
  /// Each row: a suffix, tags of the wheel, and whether some interpreter of them imports it.
  @Test(
    arguments: [
      (".cpython-39-x86_64-linux-gnu.so", "cp39-cp39-manylinux_2_17_x86_64", true),
      (".cpython-38-x86_64-linux-gnu.so", "cp39-cp39-manylinux_2_17_x86_64", false),
      (".cpython-39-aarch64-linux-gnu.so", "cp39-cp39-manylinux_2_17_x86_64", false),
      (".cpython-39-x86_64-linux-musl.so", "cp39-cp39-manylinux_2_17_x86_64", false),
      (".cpython-37m-x86_64-linux-gnu.so", "cp37-cp37m-manylinux_2_17_x86_64", true),
      (".cpython-37m.so", "cp37-cp37m-manylinux_2_17_x86_64", false),
      (".cpython-34m.so", "cp34-cp34m-manylinux_2_5_x86_64", true),
      (".cpython-37m-i386-linux-gnu.so", "cp37-cp37m-manylinux_2_5_i686", true),
      (".cpython-311-arm-linux-gnueabihf.so", "cp311-cp311-manylinux_2_31_armv7l", true),
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
      (".abi3t.so", "cp315-abi3t-manylinux_2_17_x86_64", true),
      (".abi3.so", "cp315-abi3t-manylinux_2_17_x86_64", false),
      (".abi3t-x86_64-linux-gnu.so", "cp315-cp315t-manylinux_2_17_x86_64", true),
      (".abi3t.so", "cp314-cp314t-manylinux_2_17_x86_64", false),
      (".pypy39-pp73-x86_64-linux-gnu.so", "pp39-pypy39_pp73-manylinux_2_17_x86_64", true),
      (".pypy310-pp73-x86_64-linux-gnu.so", "pp39-pypy39_pp73-manylinux_2_17_x86_64", false),
      (".abi3.so", "pp39-pypy39_pp73-manylinux_2_17_x86_64", false),
      (".cpython-312-x86_64-linux-gnu.so", "py3-none-manylinux_2_17_x86_64", true),
      (".cpython-310-x86_64-linux-gnu.so", "cp39.cp310-cp39.cp310-manylinux_2_17_x86_64", true),
      (".cpython-311-x86_64-linux-gnu.so", "cp39.cp310-cp39.cp310-manylinux_2_17_x86_64", false),
    ] as [(String, String, Bool)])
  func `an interpreter imports the names that it looks for`(suffix: String, tags: String, isImported: Bool) throws {
    let filename = try WheelFilename("demo-1.0-\(tags).whl")
    let tag = try #require(filename.platformTags.first)
    let parsed = try #require(ModuleSuffix(fileName: "mod\(suffix)"))
    let (architecture, libc) = (try #require(tag.architecture), try #require(tag.libc))
    #expect(filename.interpreters.contains { $0.imports(parsed, on: architecture, libc) } == isImported)
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
      ([".cpython-313t-x86_64-linux-gnu"], []),
    ] as [([String], [String])])
  func `a build without a lock needs a file of its own`(files: [String], severities: [String]) throws {
    let report = try audit("") { wheel in
      wheel.name = "demo-1.0-cp39.cp313-abi3.cp313t-manylinux_2_17_x86_64.whl"
      for file in files { try wheel.add("demo/baseline\(file).so", object: "baseline.abi3.so") }
    }
    #expect(report.findings.filter { $0.rule == .pythonABI }.map(\.severity.rawValue) == severities)
    #expect(report.claims == [severities.isEmpty ? "+manylinux_2_17_x86_64" : "-manylinux_2_17_x86_64"])
  }

  /// Each row: the name of a file that defines `PyInit_baseline`, and whether an import of it finds that.
  @Test(arguments: [("baseline.abi3.so", true), ("other.abi3.so", false), ("other.so", true), ("libother.so.1", true)])
  func `a module defines the initialization of its name`(file: String, isFine: Bool) throws {
    let report = try audit("manylinux_2_17_x86_64", [file: "baseline.abi3.so"])
    #expect(report.said(.pythonABI) == (isFine ? [] : ["warning python-abi \(file)"]))
    #expect(report.claims == ["+manylinux_2_17_x86_64"])
  }
}
