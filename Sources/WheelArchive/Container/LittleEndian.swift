import Glibc

/// Numbers and signatures of zip's records (APPNOTE.TXT 4.3), all of which are little-endian.
extension [UInt8] {
  /// The unsigned number of some bytes; nil when they are not all there or it has no Int.
  func number(at offset: Int, size: Int) -> Int? {
    guard offset >= 0, offset <= count - size else { return nil }
    var value: UInt64 = 0
    for place in 1...size { value = value << 8 | UInt64(self[offset + size - place]) }
    return Int(exactly: value)
  }

  func holds(_ signature: [UInt8], at offset: Int) -> Bool {
    offset >= 0 && offset <= count && self[offset...].starts(with: signature)
  }

  /// Where a signature stands, each time.
  func places(of signature: [UInt8]) -> [Int] {
    guard let first = signature.first else { return [] }
    return withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return [] }
      var places: [Int] = []
      var place = 0
      while let found = memchr(base + place, Int32(first), bytes.count - place) {
        let start = UnsafeRawPointer(found) - base
        if bytes.count - start >= signature.count, memcmp(found, signature, signature.count) == 0 {
          places.append(start)
        }
        place = start + 1
      }
      return places
    }
  }
}
