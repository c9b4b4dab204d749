import WheelTags

/// A line of a table, and how its words are read.
struct TableRecord: Sendable {
  let table: String
  let line: Int
  let text: Substring

  /// The words of the record; with a count the last of so many is the rest of the record, unsplit.
  func words(atMost count: Int = .max) -> [Substring] { text.words(atMost: count) }

  func error(_ problem: String) -> TableError {
    TableError(table: table, line: line, problem: problem)
  }

  /// The record is of a known kind and has too few or too many words.
  func malformed(_ form: String) -> TableError {
    error("'\(text.prefix(60))' does not read '\(form)'")
  }

  /// The record is of no known kind.
  func unknown(_ kinds: String...) -> TableError {
    error("'\(text.prefix(60))' begins with none of \(kinds.joined(separator: ", "))")
  }

  func version(_ word: Substring) throws(TableError) -> LibcVersion {
    guard let version = LibcVersion(word) else {
      throw error("'\(word)' is no version of a libc, such as 2.17 or 1.2.4")
    }
    return version
  }

  /// A version, or `none` for what no profile provides.
  func floor(_ word: Substring) throws(TableError) -> Floor {
    word == "none" ? .noProfile : .libc(try version(word))
  }

  func architecture(_ word: Substring) throws(TableError) -> Architecture {
    var bytes = word
    guard !word.isEmpty, bytes.withUTF8({ $0.allSatisfy(Self.isOfArchitecture) }) else {
      throw error("'\(word)' is no architecture, such as x86_64 or aarch64")
    }
    return Architecture(rawValue: String(word))
  }

  /// Architectures parted by commas; an empty word is none.
  func architectures(_ word: Substring) throws(TableError) -> [Architecture] {
    try word.items.map { (item) throws(TableError) in try architecture(item) }
  }

  /// Names that stand in order, so that they can be searched.
  func sorted(_ names: Substring) throws(TableError) -> [Substring] {
    let names = names.words()
    for (name, next) in zip(names, names.dropFirst()) where name >= next {
      throw error("'\(next)' stands behind '\(name)', and names stand in order")
    }
    return names
  }

  private static func isOfArchitecture(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
    default: false
    }
  }
}
