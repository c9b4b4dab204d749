/// A name as a code span, in a table or elsewhere; an empty name is nothing.
///
/// Nothing works within a code span but its own end (CommonMark, "Code spans"), and a pipe, which ends the cell of a
/// table unless a backslash stands before it (GFM, "Tables"). That backslash must not be taken for one of the name, so
/// a pipe behind a backslash is shown by its number.
func markdownCode(_ text: String) -> String {
  var code = ""
  var run = 0
  var runs: Set<Int> = []
  var previous: Unicode.Scalar?
  for scalar in printable(text).unicodeScalars {
    switch scalar {
    case "|": code += previous == "\\" ? #"\u{7c}"# : #"\|"#
    default: code.unicodeScalars.append(scalar)
    }
    run = scalar == "`" ? run + 1 : 0
    if run > 0 { runs.insert(run) }
    previous = scalar
  }
  guard !code.isEmpty else { return "" }
  // A span ends at a run of as many backticks as it begins with.
  let fence = String(repeating: "`", count: (runs.max() ?? 0) + 1)
  let isPadded = code.hasPrefix("`") || code.hasSuffix("`") || code.hasPrefix(" ") || code.hasSuffix(" ")
  let isBlank = code.allSatisfy { $0 == " " }
  let padding = isPadded && !isBlank ? " " : ""
  return fence + padding + code + padding + fence
}

/// A sentence in which every word that Markdown could take for more than a word stands as code.
func markdownSentence(_ text: String) -> String {
  let words = printable(text).split(separator: " ", omittingEmptySubsequences: false)
  return words.enumerated().map { position, word in
    // The marks at the end of a word belong to the sentence.
    let marks = word.reversed().prefix { ",.;:".contains($0) }.count
    let body = word.dropLast(marks)
    let isPlain = isPlain(body, isFirst: position == 0)
    return isPlain ? String(word) : markdownCode(String(body)) + word.suffix(marks)
  }.joined(separator: " ")
}

/// True for what is a word or a number and nothing else, wherever it stands.
///
/// A number at the beginning could be that of a list.
private func isPlain(_ word: Substring, isFirst: Bool) -> Bool {
  guard let first = word.first else { return true }
  guard first.isLetter || "('".contains(first) || (first.isNumber && !isFirst) else { return false }
  guard !word.lowercased().contains("www.") else { return false }
  return word.allSatisfy { $0.isLetter || $0.isNumber || ".,;()'-/+=%?".contains($0) }
}
