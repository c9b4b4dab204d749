import Glibc

/// What a message of a loader is like: its words, and holes for the names in it.
///
/// `{object}: undefined symbol: {symbol}, version {version}`. A hole takes one word; that at the beginning may be
/// missing, and so may what stands behind a `|`. Letters count without their case, quotes of any kind not at all.
struct MessagePattern: Sendable {
  enum Hole: String, CaseIterable, Sendable {
    case object, library, symbol, version, type, module
  }

  private enum Part: Sendable {
    case words([UInt8])
    case hole(Hole)
  }

  private let text: String
  /// What stands before the first words and a colon, where something does.
  private let first: Hole?
  private let parts: [Part]
  /// What may follow.
  private let tail: [Part]

  init(_ text: String) {
    let pieces = text.split(separator: "|", maxSplits: 1)
    self.text = String(pieces.first ?? "")
    var parts = Self.parts(of: pieces.first ?? "")
    var first: Hole?
    if case .hole(let hole) = parts.first, parts.count > 1, case .words(let words) = parts[1] {
      first = hole
      parts = [.words(Array(words.drop { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: " ") }))] + parts.dropFirst(2)
    }
    (self.first, self.parts) = (first, parts)
    tail = pieces.count > 1 ? Self.parts(of: pieces[1]) : []
  }

  private static func parts(of text: Substring) -> [Part] {
    text.split { $0 == "{" || $0 == "}" }.map { word in
      if let hole = Hole(rawValue: String(word)) { return .hole(hole) }
      let line = MessageLine(String(word), isTrimmed: false)
      return .words(line.folded)
    }
  }

  /// The message with names in its holes.
  func filled(with names: [Hole: String]) -> String {
    let isWhole = first.map { names[$0] != nil } ?? true
    let text = isWhole ? text[...] : text[(text.firstRange(of: ": ")?.upperBound ?? text.startIndex)...]
    return text.split { $0 == "{" || $0 == "}" }.map { part in
      Hole(rawValue: String(part)).map { names[$0] ?? "…" } ?? String(part)
    }.joined()
  }

  /// The names in the first place of a line that is like this; nil where none is.
  func names(in line: MessageLine) -> [Hole: String]? {
    guard case .words(let words) = parts.first else { return nil }
    var start = 0
    while let place = line.position(of: words, from: start) {
      if var found = names(of: parts.dropFirst(), in: line, from: place + words.count) {
        if let first, let word = line.word(before: place) { found.names[first] = word }
        if let more = names(of: tail[...], in: line, from: found.end) {
          found.names.merge(more.names) { own, _ in own }
        }
        return found.names
      }
      start = place + 1
    }
    return nil
  }

  private func names(
    of parts: ArraySlice<Part>, in line: MessageLine, from start: Int
  ) -> (names: [Hole: String], end: Int)? {
    var names: [Hole: String] = [:]
    var position = start
    var open: Hole?
    for part in parts {
      switch part {
      case .hole(let hole): open = hole
      case .words(let words):
        guard let place = line.position(of: words, from: position) else { return nil }
        if let hole = open {
          guard let word = line.word(position..<place) else { return nil }
          names[hole] = word
        } else if place != position {
          return nil
        }
        (position, open) = (place + words.count, nil)
      }
    }
    if let hole = open {
      guard let end = line.endOfWord(from: position), let word = line.word(position..<end) else { return nil }
      (names[hole], position) = (word, end)
    }
    return (names, position)
  }
}
