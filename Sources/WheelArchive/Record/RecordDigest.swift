/// What RECORD says of the contents of a member: a digest, `sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU`.
public struct RecordDigest: Hashable, Sendable {
  /// The algorithms that a RECORD may use (binary distribution format, "Signed wheel files": SHA-256 or better) and that
  /// are read here.
  public enum Algorithm: String, Hashable, Sendable {
    case sha256
    case sha384
    case sha512
  }

  public let algorithm: Algorithm
  /// As it stands there: URL-safe Base64 without its padding (RFC 4648, 5).
  public let text: String

  /// Reads the second field of a row; nil for another algorithm and for what is no digest.
  init?(_ field: ArraySlice<UInt8>) {
    let parts = field.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let algorithm = Algorithm(rawValue: String(decoding: parts[0], as: UTF8.self)) else {
      return nil
    }
    self.algorithm = algorithm
    text = String(decoding: parts[1], as: UTF8.self)
  }

  /// The digest of what was taken.
  init(_ algorithm: Algorithm, _ bytes: [UInt8]) {
    self.algorithm = algorithm
    text = Self.base64(bytes)
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  private static func base64(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let value = (0..<3).reduce(0) { $0 << 8 | ($1 < group.count ? Int(group[start + $1]) : 0) }
      for place in 0...group.count { text.append(alphabet[value >> (18 - 6 * place) & 63]) }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// The digest of bytes that come in pieces, by whichever algorithm RECORD uses.
struct RunningDigest {
  private enum State {
    case sha256(SHA256)
    case sha512(SHA512)
  }

  let algorithm: RecordDigest.Algorithm
  private var state: State

  init(_ algorithm: RecordDigest.Algorithm) {
    self.algorithm = algorithm
    state =
      switch algorithm {
      case .sha256: .sha256(SHA256())
      case .sha384: .sha512(SHA512(isShort: true))
      case .sha512: .sha512(SHA512())
      }
  }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    switch state {
    case .sha256(var digest):
      digest.update(bytes)
      state = .sha256(digest)
    case .sha512(var digest):
      digest.update(bytes)
      state = .sha512(digest)
    }
  }

  mutating func finish() -> RecordDigest {
    switch state {
    case .sha256(var digest): RecordDigest(algorithm, digest.finish())
    case .sha512(var digest): RecordDigest(algorithm, digest.finish())
    }
  }
}
