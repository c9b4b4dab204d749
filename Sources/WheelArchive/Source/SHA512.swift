import CNettle

/// The SHA-512 or SHA-384 of bytes that come in pieces (FIPS 180-4).
public struct SHA512: Sendable {
  private var state = sha512_ctx()
  private let isShort: Bool

  /// - Parameter isShort: true for SHA-384, which is the same with another beginning, and cut off.
  public init(isShort: Bool = false) {
    self.isShort = isShort
    if isShort { nettle_sha384_init(&state) } else { nettle_sha512_init(&state) }
  }

  /// Takes the next bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    nettle_sha512_update(&state, bytes.count, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
  }

  /// The 64 or 48 bytes of the digest of all that was taken; the next bytes begin a new one.
  public mutating func finish() -> [UInt8] {
    let size = Int(isShort ? SHA384_DIGEST_SIZE : SHA512_DIGEST_SIZE)
    return [UInt8](unsafeUninitializedCapacity: size) { digest, count in
      if isShort {
        nettle_sha384_digest(&state, digest.count, digest.baseAddress)
      } else {
        nettle_sha512_digest(&state, digest.count, digest.baseAddress)
      }
      count = digest.count
    }
  }
}
