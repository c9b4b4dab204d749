/// A name as a code span; an empty name is nothing.
///
/// Nothing works within a code span but its own end, a run of as many backticks as it begins with (CommonMark, "Code
/// spans").
func markdownCode(_ text: String) -> String {
  let code = printable(text)
  guard !code.isEmpty else { return "" }
  let scalars = code.unicodeScalars
  var run = 0
  var longest = 0
  for scalar in scalars {
    run = scalar == "`" ? run + 1 : 0
    longest = max(longest, run)
  }
  let fence = String(repeating: "`", count: longest + 1)
  // One space at both ends is taken away again, unless there is nothing else.
  let isBlank = scalars.allSatisfy { $0 == " " }
  let ends = [scalars.first, scalars.last].compactMap { $0 }
  let space = !isBlank && ends.contains { $0 == "`" || $0 == " " } ? " " : ""
  return fence + space + code + space + fence
}

/// Markdown as it stands in the cell of a table, where a pipe outside and within code wants a backslash (GFM, "Tables").
///
/// That backslash must not be taken for one that another backslash escapes, so a pipe behind a backslash is shown by its
/// number. Pipes are in code only.
func markdownCell(_ markdown: String) -> String {
  var cell = ""
  var previous: Unicode.Scalar?
  for scalar in markdown.unicodeScalars {
    if scalar == "|" {
      cell += previous == "\\" ? #"\u{7c}"# : #"\|"#
    } else {
      cell.unicodeScalars.append(scalar)
    }
    previous = scalar
  }
  return cell
}

/// A sentence in which every word that Markdown could take for more than a word stands as code, and a symbol of it as
/// people read it.
func markdownSentence(_ text: String, symbol: String? = nil) -> String {
  let words = printable(text).split(separator: " ", omittingEmptySubsequences: false)
  return words.enumerated().map { position, word in
    // The marks at the end of a word belong to the sentence.
    let marks = word.reversed().prefix { ",.;:".contains($0) }.count
    let body = word.dropLast(marks)
    let isPlain = isPlain(body, isFirst: position == 0)
    return isPlain ? String(word) : markdownCode(replacingSymbol(symbol, in: String(body))) + word.suffix(marks)
  }.joined(separator: " ")
}

/// True for what is a word or a number and nothing else, wherever it stands.
///
/// A number at the beginning could be that of a list. Scalars are looked at one by one, since a letter can hide a sign
/// that it forms one character with.
private func isPlain(_ word: Substring, isFirst: Bool) -> Bool {
  func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic }
  func isNumber(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.numericType != nil }
  let scalars = word.unicodeScalars
  guard let first = scalars.first else { return true }
  guard isLetter(first) || first == "(" || first == "'" || (isNumber(first) && !isFirst) else { return false }
  guard !word.lowercased().contains("www.") else { return false }
  return scalars.allSatisfy { isLetter($0) || isNumber($0) || ".,;()'-/+=%?".unicodeScalars.contains($0) }
}
