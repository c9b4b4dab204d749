import Testing

@testable import ELFReading

/// Names are bytes; the text that is made of them tells which.
@Suite struct NameTests {
  private static let names: [(bytes: [UInt8], text: String)] = [
    ([], ""), (Array("libc.so.6".utf8), "libc.so.6"), (Array("é€😀".utf8), "é€😀"),
    ([0xff], "\u{fffd}ff"), ([0x61, 0x80, 0x62], "a\u{fffd}80b"), ([0x0a, 0xc3], "\n\u{fffd}c3"),
    // Cut off, too long for what it says, a half of a surrogate pair (Unicode, table 3-7).
    ([0xe2, 0x82, 0x61], "\u{fffd}e2\u{fffd}82a"), ([0xc0, 0x80], "\u{fffd}c0\u{fffd}80"),
    ([0xed, 0xa0, 0x80], "\u{fffd}ed\u{fffd}a0\u{fffd}80"),
    // The sign itself, and a letter that begins with the same byte.
    (Array("\u{fffd}".utf8), "\u{fffd}ef\u{fffd}bf\u{fffd}bd"), (Array("\u{ff21}".utf8), "\u{ff21}"),
    (Array("\u{fffd}ff".utf8), "\u{fffd}ef\u{fffd}bf\u{fffd}bdff"),
  ]

  @Test(arguments: names) func `a byte that is no text is told by its number`(bytes: [UInt8], text: String) {
    #expect(Array(String(name: bytes).unicodeScalars) == Array(text.unicodeScalars))
  }

  @Test func `different names are different texts`() {
    let bytes: [UInt8] = [0x61, 0x66, 0x80, 0xbf, 0xc3, 0xef, 0xbd, 0xff]
    let names = bytes.flatMap { one in bytes.flatMap { two in bytes.map { [one, two, $0] } } }
    let texts = Set(names.map { Array(String(name: $0).utf8) })
    #expect(texts.count == 512 && names.count == 512)
  }
}
