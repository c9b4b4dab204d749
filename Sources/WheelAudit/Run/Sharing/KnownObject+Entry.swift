import ELFReading

/// An object as an entry of a cache: the seal, what reading it took, and its facts.
extension KnownObject {
  private static let sealSize = 32
  private static let workSize = 6 * MemoryLayout<Int>.size

  /// The bytes of the entry; nil where the facts are too many.
  func entry(under name: String, _ secret: CacheSecret) -> [UInt8]? {
    guard let facts = try? file.encoded() else { return nil }
    let reading = work.reading
    let numbers = [
      work.passes, work.inflatedBytes, reading.names, reading.facts, reading.factBytes, reading.tableBytes,
    ]
    let body = numbers.withUnsafeBytes { Array($0) } + facts
    return body.withUnsafeBytes { secret.seal($0, under: name) } + body
  }

  /// Reads an entry; nil where it is not one of that name, made with that secret.
  init?(entry: [UInt8], _ name: String, _ secret: CacheSecret) {
    guard entry.count >= Self.sealSize + Self.workSize else { return nil }
    let known = entry.withUnsafeBytes { entry -> KnownObject? in
      let body = UnsafeRawBufferPointer(rebasing: entry[Self.sealSize...])
      guard secret.seal(body, under: name).elementsEqual(entry[..<Self.sealSize]) else { return nil }
      func number(_ position: Int) -> Int {
        body.loadUnaligned(fromByteOffset: position * MemoryLayout<Int>.size, as: Int.self)
      }
      let reading = ReadingWork(names: number(2), facts: number(3), factBytes: number(4), tableBytes: number(5))
      let work = MemberWork(passes: number(0), inflatedBytes: number(1), reading: reading)
      let facts = UnsafeRawBufferPointer(rebasing: body[Self.workSize...])
      guard let file = try? ELFObject(encoded: facts, seed: secret.seed) else { return nil }
      return KnownObject(file: file, work: work)
    }
    guard let known else { return nil }
    self = known
  }
}
