import Glibc

/// Names that stand in order, one a line, each with the numbers of the lines of another text that speak of it.
///
/// A name is found by halving the text: to read it whole, for the few names that somebody asks for, would take as long
/// as auditing a small wheel.
struct NameIndex: Sendable {
  private let text: String

  init(_ text: TableText) {
    self.text = text.text
  }

  /// The numbers behind a name, from 1; none when the name is not there.
  func lines(of name: String) -> [Int] {
    var (text, name) = (text, name)
    return text.withUTF8 { text in
      name.withUTF8 { name in
        Self.lines(of: UnsafeRawBufferPointer(name), in: UnsafeRawBufferPointer(text))
      }
    }
  }

  private static func lines(of name: UnsafeRawBufferPointer, in text: UnsafeRawBufferPointer) -> [Int] {
    // Both are where lines begin.
    var (low, high) = (0, text.count)
    while low < high {
      let start = text[low..<(low + (high - low) / 2)].lastIndex(of: newline).map { $0 + 1 } ?? low
      let end = first(newline, in: text, start..<high) ?? high
      let word = start..<(first(space, in: text, start..<end) ?? end)
      let order = compare(name, UnsafeRawBufferPointer(rebasing: text[word]))
      if order == 0 { return numbers(text[word.upperBound..<end]) }
      if order > 0 { low = min(end + 1, high) } else { high = start }
    }
    return []
  }

  private static func numbers(_ words: Slice<UnsafeRawBufferPointer>) -> [Int] {
    words.split(separator: space).compactMap { Int(String(decoding: $0, as: UTF8.self)) }
  }

  private static func compare(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
    guard let one = left.baseAddress, let other = right.baseAddress else { return left.count - right.count }
    let order = Int(memcmp(one, other, min(left.count, right.count)))
    return order == 0 ? left.count - right.count : order
  }

  private static func first(_ byte: UInt8, in text: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    guard let base = text.baseAddress else { return nil }
    return memchr(base + range.lowerBound, Int32(byte), range.count).map { UnsafeRawPointer($0) - base }
  }

  private static let newline = UInt8(ascii: "\n")
  private static let space = UInt8(ascii: " ")
}
