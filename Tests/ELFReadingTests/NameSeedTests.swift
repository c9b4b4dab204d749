import ELFReading
import Testing

@Suite struct NameSeedTests {
  /// What CPython 3.11, whose hash of bytes is SipHash-1-3, says with PYTHONHASHSEED=0, which makes its key 0:
  /// `hash(bytes(range(n)))` modulo 2^64.
  private static let known: [(length: Int, hash: UInt64)] = [
    (1, 0x68a9_1412_8e01_e473), (7, 0x2f09_8ab0_c751_325a), (8, 0xead4_11e6_7ebe_2eea),
    (9, 0x7592_7f9d_9512_4362), (15, 0xf30e_b725_bb91_c9ea), (16, 0x8972_1884_33a5_c5b7),
    (31, 0x1697_3944_3111_d49b), (64, 0x75e0_5fd5_bbc8_70c6), (200, 0x7176_378e_fd9e_8a23),
  ]

  @Test(arguments: known) func `hashes are SipHash-1-3`(length: Int, hash: UInt64) {
    let name = (0..<length).map { UInt8($0) }
    #expect(name.withUnsafeBytes { NameSeed(0, 0).hash($0) } == hash)
  }

  @Test func `the hash depends on both halves of the seed`() {
    let name = Array("PyInit_demo".utf8)
    let seeds = [NameSeed(1, 2), NameSeed(1, 3), NameSeed(2, 2), NameSeed(0, 0)]
    #expect(Set(seeds.map { seed in name.withUnsafeBytes { seed.hash($0) } }).count == seeds.count)
  }
}
