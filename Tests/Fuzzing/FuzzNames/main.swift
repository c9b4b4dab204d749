import AuditReports
import FuzzDriver

/// Reads each line of the input as the name of a symbol, and requires that people get one short line of it or what they
/// would get of any name.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzNames(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: start, count: count)
  for line in bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 64) {
    let name = String(decoding: line, as: UTF8.self)
    let text = shown(symbol: name)
    precondition(text == printable(name) || text.unicodeScalars.count <= 160 && text == printable(text), "flooded")
  }
  return 0
}

fuzz(fuzzNames)
