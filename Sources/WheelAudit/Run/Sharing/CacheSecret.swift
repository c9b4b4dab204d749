import ELFReading
import WheelArchive

/// What the entries of a cache are made with: the seed of their hashes, and a key without which none can be made.
///
/// Entries that were made with another are damaged: what they say of names would be wrong.
struct CacheSecret: Sendable {
  let bytes: [UInt8]

  static let size = 48
  private static let seedSize = 16

  /// One that nobody knows.
  init() {
    bytes = (0..<Self.size).map { _ in UInt8.random(in: 0 ... .max) }
  }

  /// One that was written down; nil where these are not the bytes of one.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.size else { return nil }
    self.bytes = bytes
  }

  var seed: NameSeed {
    func number(_ place: Int) -> UInt64 { bytes[place..<(place + 8)].reduce(0) { $0 << 8 | UInt64($1) } }
    return NameSeed(number(0), number(8))
  }

  /// What shows that an entry is whole, has its own name, and was made with this secret.
  func seal(_ body: UnsafeRawBufferPointer, under name: String) -> [UInt8] {
    var hash = SHA256()
    bytes[Self.seedSize...].withUnsafeBytes { hash.update($0) }
    var name = name
    name.withUTF8 { hash.update(UnsafeRawBufferPointer($0)) }
    hash.update(body)
    return hash.finish()
  }
}
