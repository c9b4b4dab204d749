import WheelAudit

extension FindingKey {
  /// A name by which a service knows the finding again in the next run: 32 hexadecimal digits.
  ///
  /// It is made from what the finding is about, so it outlives another wording, another order and another folder of
  /// the wheel. Whatever changes it takes a new version of the name under which it is published.
  var fingerprint: String {
    var hash = FNV1a128()
    for field in fields { hash.combine(field) }
    return hash.digits
  }
}

/// The hash function FNV-1a with 128 bits (draft-eastlake-fnv).
///
/// It keeps different things apart by accident only, not against someone who wants them to meet.
struct FNV1a128 {
  private var state: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d

  private static let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013b

  /// Takes in a field; its end is marked, and its absence differs from an empty text, by bytes that UTF-8 does not have.
  mutating func combine(_ field: String?) {
    if let field {
      combine(field.utf8)
    } else {
      combine(CollectionOfOne(0xfe))
    }
    combine(CollectionOfOne(0xff))
  }

  mutating func combine(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      state ^= UInt128(byte)
      state &*= Self.prime
    }
  }

  /// The hash so far, in 32 hexadecimal digits.
  var digits: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }
}
