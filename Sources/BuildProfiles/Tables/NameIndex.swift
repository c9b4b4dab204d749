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
      let start = lineStart(in: text, around: low + (high - low) / 2, from: low)
      let end = first(newline, in: text, start..<high) ?? high
      let word = start..<(first(space, in: text, start..<end) ?? end)
      let order = compare(name, UnsafeRawBufferPointer(rebasing: text[word]))
      if order == 0 { return numbers(text[word.upperBound..<end]) }
      if order > 0 { low = min(end + 1, high) } else { high = start }
    }
    return []
  }

  /// Numbers that follow a space each.
  private static func numbers(_ digits: Slice<UnsafeRawBufferPointer>) -> [Int] {
    digits.reduce(into: []) { numbers, byte in
      if byte == space {
        numbers.append(0)
      } else if let last = numbers.last {
        numbers[numbers.count - 1] = last &* 10 &+ Int(byte &- UInt8(ascii: "0"))
      }
    }
  }

  private static func lineStart(in text: UnsafeRawBufferPointer, around middle: Int, from low: Int) -> Int {
    var start = middle
    while start > low, text[start - 1] != newline { start -= 1 }
    return start
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
