import TestSupport
import Testing

@testable import WheelAudit

/// What an abi3 tag promises of Python: the symbols that the stable ABI had in the Python of the tag (PEP 384, PEP 652).
@Suite struct StableABITests {
  private static let claim = "manylinux_2_17_x86_64"

  /// Each row: the name of the file, the tags of the wheel, and which of the symbols that it needs are none of the ABI's.
  ///
  /// `PyBuffer_Release` is in it since 3.11, and Python 3.9 exports it; `PyUnicode_New` never was.
  @Test(
    arguments: [
      ("unstable.abi3.so", "cp39-abi3", ["error PyUnicode_New", "warning PyBuffer_Release"]),
      ("unstable.abi3.so", "cp311-abi3", ["error PyUnicode_New"]),
      ("unstable.abi3.so", "cp39.cp311-abi3", ["error PyUnicode_New", "warning PyBuffer_Release"]),
      ("unstable.abi3.so", "cp36-abi3", ["error PyBuffer_Release", "error PyUnicode_New"]),
      ("unstable.so", "cp39-abi3", ["error PyUnicode_New", "warning PyBuffer_Release"]),
      ("libunstable.so.1", "cp311-abi3", ["error PyUnicode_New"]),
      ("unstable.abi3.so", "cp39-cp39", ["warning PyBuffer_Release", "warning PyUnicode_New"]),
      ("unstable.abi3.so", "cp311-cp311", ["warning PyUnicode_New"]),
      ("unstable.abi3.so", "py3-none", ["warning PyUnicode_New"]),
      ("unstable.so", "cp39.cp310-abi3.cp310", []), ("unstable.so", "cp39-cp39", []), ("unstable.so", "py3-none", []),
      ("unstable.so", "cp315-abi3t", ["error PyUnicode_New"]),
      ("unstable.abi3t.so", "cp315-abi3t", ["error PyUnicode_New"]),
      ("unstable.abi3t.so", "cp315-abi3.abi3t", ["error PyUnicode_New"]),
      ("unstable.abi3t.so", "cp315-cp315t", ["warning PyUnicode_New"]),
    ] as [(String, String, [String])])
  func `a tag promises no more of Python than its stable ABI`(
    file: String, tags: String, symbols: [String]
  ) throws {
    let report = try audit("", ["demo/\(file)": "unstable.abi3.so"]) { $0.name = "demo-1.0-\(tags)-\(Self.claim).whl" }
    let said = report.findings.map { "\($0.severity.rawValue) \($0.symbol ?? $0.message)" }
    #expect(said == symbols)
    #expect(report.findings.allSatisfy { $0.rule == .pythonABI && $0.object == "demo/\(file)" })
    let isBroken = symbols.contains { $0.hasPrefix("error") }
    #expect(report.claims == [isBroken ? "-\(Self.claim)" : "+\(Self.claim)"])
    #expect(report.minimalTag == "manylinux_2_5_x86_64")
  }

  /// Each row: the tag, a symbol, and what is said of when it came and who exports it.
  @Test(
    arguments: [
      ("cp39", "PyBuffer_Release", ["since Python 3.11", "cp39-abi3 promises 3.9", "export it all the same"]),
      ("cp36", "PyBuffer_Release", ["since Python 3.11", "cp36-abi3 promises 3.6"]),
      ("cp39", "PyUnicode_New", ["not in the stable ABI", "cp39-abi3", "a later Python may lack or change it"]),
    ] as [(String, String, [String])])
  func `what Pythons export is said`(python: String, symbol: String, words: [String]) throws {
    let report = try audit("", ["demo/unstable.abi3.so": "unstable.abi3.so"]) {
      $0.name = "demo-1.0-\(python)-abi3-\(Self.claim).whl"
    }
    let finding = try #require(report.findings.first { $0.symbol == symbol })
    #expect(words.allSatisfy(finding.message.contains))
    #expect(finding.help?.contains("Py_LIMITED_API") == true)
  }

  @Test func `what a library of the wheel defines is none of Python's`() throws {
    let objects: KeyValuePairs = [
      "demo/unstable.abi3.so": "unstable.abi3.so", "demo/libcompat.so.1": "libcompat.so.1",
    ]
    let report = try audit(Self.claim, objects)
    #expect(report.said == ["warning python-abi demo/unstable.abi3.so PyBuffer_Release"])
  }

  /// Each row: the object, the name of its file, the tags, and whether a build without a lock refuses it, as it does what
  /// is defined by a PyModuleDef (PEP 803).
  @Test(
    arguments: [
      ("moduledef", ".abi3t.so", "cp315-abi3.abi3t", "error"), ("moduledef", ".so", "cp315-abi3.abi3t", "error"),
      ("moduledef", ".abi3t.so", "cp315-cp315", "warning"), ("moduledef", ".abi3.so", "cp315-abi3", nil),
      ("moduledef", ".abi3t.so", "cp315-abi3", nil), ("bothways", ".abi3t.so", "cp315-abi3.abi3t", nil),
      ("modexport", ".abi3t.so", "cp315-abi3.abi3t", nil), ("moduledef", ".abi3.so", "cp39-abi3", nil),
    ] as [(String, String, String, String?)])
  func `a module for builds without a lock has no PyModuleDef`(
    object: String, suffix: String, tags: String, severity: String?
  ) throws {
    let file = "demo/\(object)\(suffix)"
    let report = try audit("", [file: "\(object).abi3.so"]) { $0.name = "demo-1.0-\(tags)-\(Self.claim).whl" }
    let said: [String] = severity.map { ["\($0) python-abi \(file) PyModuleDef_Init"] } ?? []
    #expect(report.said == said)
  }

  @Test func `a library from elsewhere may have the symbol`() throws {
    let objects: KeyValuePairs = ["demo/unstable_elsewhere.abi3.so": "unstable_elsewhere.abi3.so"]
    let report = try audit(
      Self.claim, objects, options: Auditor.Options(exclude: ["libelsewhere.so.1"]))
    #expect(
      report.said(.pythonABI) == ["note python-abi demo/unstable_elsewhere.abi3.so PyUnicode_New"])
    #expect(report.claims == ["+\(Self.claim)"])
    #expect(report.findings.first { $0.rule == .pythonABI }?.message.contains("libelsewhere.so.1") == true)
  }
}
