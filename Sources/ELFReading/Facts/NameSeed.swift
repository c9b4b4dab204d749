/// The secret by which names are hashed to 64 bits: who does not know it cannot choose names of the same hash
/// (SipHash-1-3; Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012).
///
/// Hashes of one seed alone can be compared, so one run has one.
public struct NameSeed: Hashable, Sendable {
  private let first: UInt64
  private let second: UInt64

  public init(_ first: UInt64, _ second: UInt64) {
    (self.first, self.second) = (first, second)
  }

  /// Another in each process, and the same for all of it.
  public static var ofProcess: NameSeed {
    func number(_ position: Int) -> UInt64 {
      var hasher = Hasher()
      hasher.combine(position)
      return UInt64(bitPattern: Int64(hasher.finalize()))
    }
    return NameSeed(number(1), number(2))
  }

  /// The hash of a name.
  public func hash(_ name: UnsafeRawBufferPointer) -> UInt64 {
    var state = State(first, second)
    let whole = name.count & ~7
    for place in stride(from: 0, to: whole, by: 8) {
      state.take(UInt64(littleEndian: name.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
    }
    var last = UInt64(truncatingIfNeeded: name.count) << 56
    for place in whole..<name.count { last |= UInt64(name[place]) << UInt64(8 * (place - whole)) }
    state.take(last)
    return state.finish()
  }

  private struct State {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64

    init(_ first: UInt64, _ second: UInt64) {
      v0 = first ^ 0x736f_6d65_7073_6575
      v1 = second ^ 0x646f_7261_6e64_6f6d
      v2 = first ^ 0x6c79_6765_6e65_7261
      v3 = second ^ 0x7465_6462_7974_6573
    }

    @inline(__always) mutating func take(_ word: UInt64) {
      v3 ^= word
      round()
      v0 ^= word
    }

    mutating func finish() -> UInt64 {
      v2 ^= 0xff
      for _ in 0..<3 { round() }
      return v0 ^ v1 ^ v2 ^ v3
    }

    @inline(__always) private mutating func round() {
      v0 &+= v1
      v1 = (v1 << 13 | v1 >> 51) ^ v0
      v0 = v0 << 32 | v0 >> 32
      v2 &+= v3
      v3 = (v3 << 16 | v3 >> 48) ^ v2
      v0 &+= v3
      v3 = (v3 << 21 | v3 >> 43) ^ v0
      v2 &+= v1
      v1 = (v1 << 17 | v1 >> 47) ^ v2
      v2 = v2 << 32 | v2 >> 32
    }
  }
}
