import ELFReading

extension ELFObject {
  /// Reads a whole file, in pieces and passes as a member of a wheel is read; every symbol is of interest.
  static func reading(_ bytes: [UInt8]) throws(ELFError) -> ELFObject {
    let everything = SymbolInterest(names: [], prefixes: [""])
    var reader = try ELFStreamReader(size: bytes.count, interest: everything, memory: ELFImageMemory())
    while true {
      var position = 0
      while reader.needsMore {
        let buffer = reader.buffer()
        let count = min(buffer.count, bytes.count - position)
        buffer.copyBytes(from: bytes[position..<position + count])
        reader.filled(count)
        position += count
        if count == 0 { break }
      }
      if let object = try reader.finishPass() { return object }
    }
  }
}
