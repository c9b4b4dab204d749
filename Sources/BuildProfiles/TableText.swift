/// The text of an embedded table: one record a line, its words separated by spaces.
///
/// Split as UTF-8: to compare characters would take many times as long, at every start of the program.
struct TableText {
  let records: [Substring]

  init(_ text: StaticString) {
    self.init(text.description)
  }

  init(_ text: String) {
    records = text.utf8.split(separator: UInt8(ascii: "\n")).map { Substring($0) }
  }
}

extension Substring {
  func begins(with prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }

  /// The words of a record; with a count the last of so many is the rest of the record, unsplit.
  func words(atMost count: Int = .max) -> [Substring] {
    utf8.split(separator: UInt8(ascii: " "), maxSplits: count - 1).map { Substring($0) }
  }
}
