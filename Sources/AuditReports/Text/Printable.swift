/// Text from a file on its way to a terminal or a log: one line, and no character that moves the cursor or reorders.
public func printable(_ text: some StringProtocol) -> String {
  escapingHarm(in: text) { "\\u{\(String($0, radix: 16))}" }
}

/// The text with every harmful scalar replaced by what `escape` makes of its number.
func escapingHarm(
  in text: some StringProtocol, except allowed: Unicode.Scalar? = nil, as escape: (UInt32) -> String
) -> String {
  let isEscaped = { scalar in scalar != allowed && isHarmful(scalar) }
  // Nearly every text stays as it is, and most are plain to see.
  let lineFeed: UInt8? = allowed == "\n" ? UInt8(ascii: "\n") : nil
  let isPlain = text.utf8.withContiguousStorageIfAvailable { bytes in
    bytes.allSatisfy { 0x20..<0x7f ~= $0 || $0 == lineFeed }
  }
  if isPlain == true { return String(text) }
  guard text.unicodeScalars.contains(where: isEscaped) else { return String(text) }
  var result = ""
  for scalar in text.unicodeScalars {
    if isEscaped(scalar) {
      result += escape(scalar.value)
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Control characters, line and paragraph separators, and those that change the direction of text.
private func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7f }
  return switch scalar.properties.generalCategory {
  case .control, .lineSeparator, .paragraphSeparator: true
  case .format: scalar.properties.isBidiControl
  default: false
  }
}
