import Testing

@testable import BuildProfiles

@Suite struct StableABITableTests {
  /// Facts of CPython's Misc/stable_abi.toml, and of what Linux never has.
  @Test(
    arguments: [
      ("PyList_New", 2), ("PyBuffer_Release", 11), ("PyUnicode_AsUTF8AndSize", 10), ("PyABIInfo_Check", 15),
      ("PyOS_AfterFork_Child", 7), ("PyUnicode_New", nil), ("PyErr_SetFromWindowsErr", nil), ("_Py_RefTotal", nil),
      ("PyList_Ne", nil), ("PyList_NewX", nil), ("", nil), ("2", nil), ("\n", nil),
    ] as [(String, Int?)])
  func `the table says since when a symbol is stable`(symbol: String, minor: Int?) {
    #expect(Facts().stableABI.minor(of: symbol) == minor)
  }

  /// The first and the last line of the table are found as those between.
  @Test func `every line of the table is found`() {
    let lines = StableABIText.text.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(lines.count > 900)
    let table = Facts().stableABI
    #expect(lines.allSatisfy { $0.count == 2 && table.minor(of: String($0[0])) == Int($0[1]) })
  }
}
