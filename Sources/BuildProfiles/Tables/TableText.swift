import Glibc

/// The text of a table: one record a line, its words separated by spaces.
///
/// Split as bytes, which the C library looks for: to compare characters, or bytes one by one, would take many times as
/// long, at every start of the program.
struct TableText: Sendable {
  let name: String
  let text: String

  init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
  }

  var records: [TableRecord] {
    text[...].parts(separatedBy: "\n").enumerated().map { TableRecord(table: name, line: $0 + 1, text: $1) }
  }

  /// What is wrong with the table as a whole.
  func error(_ problem: String) -> TableError {
    TableError(table: name, line: nil, problem: problem)
  }
}

extension Substring {
  /// The words of a record; with a count the last of so many is the rest of the record, unsplit.
  func words(atMost count: Int = .max) -> [Substring] {
    parts(separatedBy: " ", atMost: count)
  }

  /// What a list in one word consists of: `aarch64,x86_64`.
  var items: [Substring] { parts(separatedBy: ",") }

  /// The parts between separators, empty ones left out; with a count the last of so many is the rest.
  func parts(separatedBy separator: Unicode.Scalar, atMost count: Int = .max) -> [Substring] {
    var text = self
    let ranges = text.withUTF8 { bytes in
      var ranges: [Range<Int>] = []
      ranges.reserveCapacity(Swift.min(count, 8))
      var start = 0
      while start < bytes.count {
        let rest = bytes[start...]
        let part = start..<((ranges.count + 1 < count ? rest.position(of: separator) : nil) ?? rest.endIndex)
        if !part.isEmpty { ranges.append(part) }
        start = part.upperBound + 1
      }
      return ranges
    }
    return ranges.map { range in
      let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
      return Substring(text.utf8[start..<text.utf8.index(start, offsetBy: range.count)])
    }
  }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
  /// Where a byte first stands.
  fileprivate func position(of byte: Unicode.Scalar) -> Int? {
    guard let start = UnsafeRawPointer(base.baseAddress) else { return nil }
    return memchr(start + startIndex, Int32(byte.value), count).map { UnsafeRawPointer($0) - start }
  }
}
