import Testing

@testable import WheelAudit

/// Traces of a Python that platform tags do not promise (PEP 513), and what makes an object a Python extension.
@Suite struct PythonABITests {
  private static let claim = "manylinux_2_5_x86_64"

  @Test func `symbols of fpectl leave no tag`() throws {
    let report = try audit(Self.claim, ["demo/pyfpe.abi3.so": "pyfpe.abi3.so"])
    #expect(report.requirements(.pythonABI) == ["pythonABI fpectl PyFPE_jbuf ≥ none"])
    #expect(report.said == ["error python-abi demo/pyfpe.abi3.so PyFPE_jbuf@fpectl \(Self.claim)"])
    #expect(report.minimalTag == "linux_x86_64")
  }

  @Test(arguments: ["PyFPE_jbuf", "PyFPE_counter", "PyFPE_dummy"])
  func `each symbol of fpectl counts`(symbol: String) throws {
    let user = WheelObject("mod.abi3.so") { $0.undefinedSymbols = [symbol] }
    #expect(try requirements(of: [user]).map(\.line) == ["pythonABI fpectl \(symbol) ≥ none"])
  }

  @Test(arguments: [
    ("ucs2.so", "cp27", "cp27m", false), ("ucs2.so", "cp27", "cp27dm", false), ("ucs2.so", "cp27", "cp27mu", true),
    ("ucs2.so", "cp27", "cp27m.cp27mu", true), ("ucs2.so", "cp27", "none", true), ("ucs2.so", "cp39", "abi3", true),
    ("ucs2_py3.abi3.so", "cp39", "cp39", false),
  ])
  func `narrow Unicode strings count in an extension for Python 2 unless its ABI tag says so`(
    object: String, python: String, abi: String, counts: Bool
  ) throws {
    let report = try audit(Self.claim, ["demo/\(object)": object]) {
      $0.name = "demo-1.0-\(python)-\(abi)-\(Self.claim).whl"
    }
    #expect(
      report.requirements(.pythonABI) == (counts ? ["pythonABI ucs2 PyUnicodeUCS2_FromString ≥ none"] : []))
    #expect(report.audit?.claims.map(\.isSatisfied) == [!counts])
  }

  @Test func `an extension must not need libpython`() throws {
    let report = try audit(Self.claim, ["demo/a.so": "links_libpython.abi3.so"])
    #expect(report.requirements(.pythonABI) == ["pythonABI libpython3.9.so.1.0 ≥ none"])
    #expect(report.said == ["error libpython demo/a.so libpython3.9.so.1.0 \(Self.claim)"])
    #expect(report.minimalTag == "linux_x86_64")
  }

  @Test(arguments: [
    ("libpython3.9.so.1.0", true), ("libpython3.so", true), ("libpython3.13t.so.1.0", true),
    ("libpython2.7.so.1.0", true), ("libpythonic.so.1", false), ("libpython3", false), ("mylibpython3.9.so", false),
  ])
  func `libpython is known by its soname`(soname: String, isLibpython: Bool) {
    #expect(PythonABI.isLibpython(soname) == isLibpython)
  }

  /// PEP 489 and PEP 793 name the functions; a module's name is its file name up to the first dot.
  @Test(
    arguments: [
      ("mod.abi3.so", "PyInit_mod", 3), ("mod.cpython-313-x86_64-linux-gnu.so", "PyInit_mod", 3),
      ("mod.so", "PyModExport_mod", 3), ("münze.so", "PyInitU_mnze_kva", 3), ("mod.so", "initmod", 2),
      ("mod.pypy39-pp73-x86_64-linux-gnu.so", "_cffi_pypyinit_mod", 2), ("mod.so", "PyInit_other", nil),
      ("mod.so", "initialize", nil), ("libmod.so", "PyInit_mod", nil),
    ] as [(String, String, Int?)])
  func `an extension defines the initialization function of its name`(file: String, symbol: String, major: Int?) {
    let object = WheelObject("demo/\(file)") { $0.definedSymbols = [symbol] }
    #expect(object.pythonMajor == major)
    #expect(object.isPythonExtension == (major != nil))
  }
}
