import Testing
import WheelArchive

@Suite struct SHA256Tests {
  /// The examples of FIPS 180-2, appendix B.1 and B.2, and no bytes at all.
  @Test(
    "digests are those of the standard, in however many pieces the bytes come",
    arguments: [
      ([], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      (Array("abc".utf8), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8),
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ], [1, 63, 64])
  func digests(_ example: (bytes: [UInt8], digest: String), _ piece: Int) {
    var sum = SHA256()
    var rest = example.bytes[...]
    while !rest.isEmpty {
      rest.prefix(piece).withUnsafeBytes { sum.update($0) }
      rest = rest.dropFirst(piece)
    }
    #expect(hexadecimal(sum.finish()) == example.digest)
    // What comes after the digest is of another sum.
    Array("abc".utf8).withUnsafeBytes { sum.update($0) }
    #expect(hexadecimal(sum.finish()) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
