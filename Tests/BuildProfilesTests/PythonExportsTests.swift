import Testing

@testable import BuildProfiles

/// What real Pythons export beside the stable ABI; 3.9, 3.11, 3.13, 3.14 and 3.15 were looked at.
@Suite struct PythonExportsTests {
  private let exports = Facts().pythonExports

  @Test(
    arguments: [
      ("PyUnicode_New", 9, []), ("PyArena_New", 9, [11, 13, 14, 15]), ("PyArena_New", 14, [14, 15]),
      ("PyArena_New", 16, []), ("Py_NoSuchName", 3, [9, 11, 13, 14, 15]), ("", 15, [15]),
    ] as [(String, Int, [Int])])
  func `the Pythons that lack a symbol are known`(symbol: String, oldest: Int, lacking: [Int]) {
    #expect(exports.lacking(symbol, from: oldest) == lacking)
  }

  /// Each row: a symbol, a range of versions, and whether all of them are known to export it.
  @Test(
    arguments: [
      ("PyBuffer_Release", 9, 11, true), ("PyBuffer_Release", 10, 11, true), ("PyBuffer_Release", 8, 11, false),
      ("PyCriticalSection_Begin", 13, 15, true), ("PyCriticalSection_Begin", 12, 15, false),
      ("PyUnicode_New", 9, 16, true), ("PyUnicode_New", 9, 17, false), ("Py_NoSuchName", 9, 11, false),
    ])
  func `a range of versions exports a symbol or not`(symbol: String, oldest: Int, next: Int, isExported: Bool) {
    #expect(exports.isExported(symbol, from: oldest, before: next) == isExported)
  }

  @Test func `every line of the table is found and names versions that were looked at`() {
    let lines = PythonSymbolsText.text.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(lines.count > 1000 && exports.known == [9, 11, 13, 14, 15])
    #expect(
      lines.allSatisfy { line in
        let minors = line.dropFirst().compactMap { Int($0) }
        return !minors.isEmpty && minors.allSatisfy(exports.known.contains)
          && exports.lacking(String(line[0]), from: 0) == exports.known.filter { !minors.contains($0) }
      })
  }

  /// What the stable ABI has had since before the oldest of them needs no line.
  @Test func `the table has nothing that the stable ABI always had`() {
    let stable = Facts().stableABI
    let names = PythonSymbolsText.text.split(separator: "\n").compactMap { $0.split(separator: " ").first }
    #expect(names.allSatisfy { stable.minor(of: String($0)).map { $0 > 9 } ?? true })
  }
}
