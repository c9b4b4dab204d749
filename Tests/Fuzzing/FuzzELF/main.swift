import ELFReading
import FuzzDriver
import FuzzMutation

/// Reads the input as an ELF file, in pieces and passes as a member of a wheel is read.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzELF(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  _ = try? read(UnsafeRawBufferPointer(start: start, count: count))
  return 0
}

/// Changes the tables of an object rather than any bytes.
@_cdecl("LLVMFuzzerCustomMutator")
func mutateELF(_ start: UnsafeMutablePointer<UInt8>?, _ count: Int, _ limit: Int, _ seed: CUnsignedInt) -> Int {
  mutate_elf(start, count, limit, seed)
}

private func read(_ input: UnsafeRawBufferPointer) throws(ELFError) -> ELFObject {
  let everything = SymbolInterest(prefixes: [""])
  var reader = try ELFStreamReader(
    size: input.count, interest: everything, memory: ELFImageMemory(),
    limit: ReadingWork(names: 1_000_000, facts: 100_000, factBytes: 16 << 20, tableBytes: 64 << 20))
  while true {
    var position = 0
    while reader.needsMore {
      let buffer = reader.buffer()
      let piece = UnsafeRawBufferPointer(rebasing: input[position..<min(position + buffer.count, input.count)])
      buffer.copyMemory(from: piece)
      reader.filled(piece.count)
      position += piece.count
      if piece.isEmpty { break }
    }
    if let object = try reader.finishPass() { return object }
  }
}

fuzz(fuzzELF)
