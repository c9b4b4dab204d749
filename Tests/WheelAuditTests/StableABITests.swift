import TestSupport
import Testing

@testable import WheelAudit

/// What an abi3 tag promises of Python: the symbols that the stable ABI had in the Python of the tag (PEP 384, PEP 652).
@Suite struct StableABITests {
  private static let claim = "manylinux_2_17_x86_64"

  /// Each row: the name of the file, the tags of the wheel, and which of the symbols that it needs are none of the ABI's.
  @Test(arguments: [
    ("unstable.abi3.so", "cp39-abi3", ["PyBuffer_Release", "PyUnicode_New"]),
    ("unstable.abi3.so", "cp311-abi3", ["PyUnicode_New"]),
    ("unstable.abi3.so", "cp39.cp311-abi3", ["PyBuffer_Release", "PyUnicode_New"]),
    ("unstable.so", "cp39-abi3", ["PyBuffer_Release", "PyUnicode_New"]),
    ("libunstable.so.1", "cp311-abi3", ["PyUnicode_New"]),
    ("unstable.abi3.so", "cp39-cp39", []), ("unstable.so", "cp39.cp310-abi3.cp310", []),
    ("unstable.so", "py3-none", []),
    ("unstable.cpython-39-x86_64-linux-gnu.so", "cp39-abi3", []),
  ])
  func `an abi3 tag promises no more of Python than its stable ABI`(
    file: String, tags: String, symbols: [String]
  ) throws {
    let report = try audit("", ["demo/\(file)": "unstable.abi3.so"]) { $0.name = "demo-1.0-\(tags)-\(Self.claim).whl" }
    #expect(report.said == symbols.map { "error python-abi demo/\(file) \($0)" })
    #expect(report.claims == [symbols.isEmpty ? "+\(Self.claim)" : "-\(Self.claim)"])
    #expect(report.minimalTag == "manylinux_2_5_x86_64")
  }

  @Test func `the release that took a symbol in is named`() throws {
    let report = try audit(Self.claim, ["demo/unstable.abi3.so": "unstable.abi3.so"])
    let finding = try #require(report.findings.first { $0.symbol == "PyBuffer_Release" })
    #expect(finding.message.contains("since Python 3.11") && finding.message.contains("cp39-abi3"))
    #expect(finding.help?.contains("cp311-abi3") == true)
  }

  @Test func `what a library of the wheel defines is none of Python's`() throws {
    let objects: KeyValuePairs = [
      "demo/unstable.abi3.so": "unstable.abi3.so", "demo/libcompat.so.1": "libcompat.so.1",
    ]
    let report = try audit(Self.claim, objects)
    #expect(report.said == ["error python-abi demo/unstable.abi3.so PyBuffer_Release"])
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
