/// Code page 437, which a name is in unless a flag says that it is UTF-8 (APPNOTE.TXT, appendix D).
public enum CodePage437 {
  /// The characters of the bytes from 0x80 on.
  private static let upperHalf = Array(
    ("ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
      + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}").unicodeScalars)

  /// A name in UTF-8, as installers make it that go by the flag.
  ///
  /// - Parameter name: the bytes of the name in the archive.
  /// - Returns: the bytes of the name in UTF-8.
  public static func utf8(_ name: ArraySlice<UInt8>) -> [UInt8] {
    var scalars = String.UnicodeScalarView()
    for byte in name { scalars.append(byte < 0x80 ? Unicode.Scalar(byte) : upperHalf[Int(byte) - 0x80]) }
    return Array(String(scalars).utf8)
  }
}

extension ArraySlice<UInt8> {
  /// Whether no byte is above 0x7f, as in nearly all names: looks at eight at a time.
  var isASCII: Bool {
    withUnsafeBytes { bytes in
      let wordSize = MemoryLayout<UInt64>.size
      let whole = bytes.count / wordSize * wordSize
      for place in stride(from: 0, to: whole, by: wordSize)
      where bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 { return false }
      return bytes[whole...].allSatisfy { $0 < 0x80 }
    }
  }
}
