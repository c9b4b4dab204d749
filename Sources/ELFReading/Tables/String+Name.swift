extension String {
  /// A name from a file, as text from which its bytes can be told, so that different names stay different.
  ///
  /// A byte that is not UTF-8 becomes U+FFFD and its two hexadecimal digits. So do the bytes of U+FFFD itself where a
  /// name has it, which then stands for nothing else.
  init(name bytes: some RandomAccessCollection<UInt8>) {
    // Nearly every name is ASCII: to go through the bytes together is by far the fastest way to see that.
    let isASCII = bytes.withContiguousStorageIfAvailable { bytes in bytes.reduce(0, |) < 0x80 } ?? false
    let text = String(decoding: bytes, as: UTF8.self)
    guard !isASCII, text.hasReplacement else {
      self = text
      return
    }
    self.init()
    var parser = Unicode.UTF8.ForwardParser()
    var input = bytes.makeIterator()
    var place = bytes.startIndex
    while true {
      switch parser.parseScalar(from: &input) {
      case .emptyInput: return
      case .valid(let encoded):
        let scalar = Unicode.UTF8.decode(encoded)
        let end = bytes.index(place, offsetBy: encoded.count)
        if scalar == Self.replacement { tell(bytes[place..<end]) } else { unicodeScalars.append(scalar) }
        place = end
      case .error(let length):
        let end = bytes.index(place, offsetBy: length)
        tell(bytes[place..<end])
        place = end
      }
    }
  }

  private static let replacement: Unicode.Scalar = "\u{fffd}"

  private var hasReplacement: Bool { unicodeScalars.contains(Self.replacement) }

  private mutating func tell(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      unicodeScalars.append(Self.replacement)
      self += (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
    }
  }
}
