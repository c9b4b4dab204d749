import CNettle

/// The SHA-256 of bytes that come in pieces (FIPS 180-4).
public struct SHA256: Sendable {
  private var state = sha256_ctx()

  public init() {
    nettle_sha256_init(&state)
  }

  /// Takes the next bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    nettle_sha256_update(&state, bytes.count, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
  }

  /// The 32 bytes of the digest of all that was taken; the next bytes begin a new one.
  public mutating func finish() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_SIZE)) { digest, count in
      nettle_sha256_digest(&state, digest.count, digest.baseAddress)
      count = digest.count
    }
  }
}
