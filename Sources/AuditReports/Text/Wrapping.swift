/// A line as the lines that fit into so many columns, broken at spaces only: no name is ever cut, so one that is longer
/// stands out.
///
/// What goes on stands under the last column of the line's table where it has one and the word fits there, else two
/// columns in.
func wrapped(_ line: String, to width: Int?) -> [String] {
  if line.first == verbatimMark { return [String(line.dropFirst())] }
  guard let width, shownLength(line) > width else { return [line] }
  let hang = hangingIndent(of: line, width)
  let indent = line.prefix { $0 == " " }
  var lines: [String] = []
  var current = String(indent)
  var isEmpty = true
  for word in line.dropFirst(indent.count).split(separator: " ", omittingEmptySubsequences: false) {
    if !isEmpty, !word.isEmpty, shownLength(current) + 1 + shownLength(word) > width {
      lines.append(withoutSpacesAtEnd(current))
      let room = hang + shownLength(word) <= width ? hang : indent.count + 2
      current = String(repeating: " ", count: room) + word
    } else {
      current += (isEmpty ? "" : " ") + word
    }
    isEmpty = false
  }
  return lines + [withoutSpacesAtEnd(current)]
}

/// A line that stays as it is, however wide the screen: it is to be pasted.
///
/// The mark before it is a character that no text from a file keeps (`printable`).
func verbatim(_ line: String) -> String { "\(verbatimMark)\(line)" }

private let verbatimMark: Character = "\u{2}"

/// Spaces between columns do not end a line.
private func withoutSpacesAtEnd(_ line: String) -> String {
  String(line[..<(line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex)])
}

/// Where the last column of a line begins, if that leaves half the width; else two columns behind its beginning.
private func hangingIndent(of line: String, _ width: Int) -> Int {
  let indent = line.prefix { $0 == " " }.count
  guard let gap = line.dropFirst(indent).lastRange(of: "  ") else { return indent + 2 }
  let text = line[gap.upperBound...].firstIndex { $0 != " " } ?? gap.upperBound
  let column = shownLength(line[..<text])
  return column <= width / 2 ? column : indent + 2
}

/// The columns that a text takes in a terminal: sequences that set colours take none (ECMA-48, SGR).
///
/// Characters count as one column each, so a line in a wide script may come out longer.
private func shownLength(_ text: some StringProtocol) -> Int {
  var length = 0
  var isInSequence = false
  for character in text {
    if isInSequence {
      // A mark that combines with the end of a sequence does not hide it.
      isInSequence = character.unicodeScalars.first != "m"
    } else if character == "\u{1b}" {
      isInSequence = true
    } else {
      length += 1
    }
  }
  return length
}

extension StringProtocol {
  fileprivate func lastRange(of part: String) -> Range<Index>? {
    ranges(of: part).last
  }
}
