/// A name as a code span; an empty name is nothing.
///
/// Nothing works within a code span but its own end, a run of as many backticks as it begins with (CommonMark, "Code
/// spans").
func markdownCode(_ text: String) -> String {
  let code = printable(text)
  guard !code.isEmpty else { return "" }
  let scalars = code.unicodeScalars
  let fence = markdownFence(for: code, atLeast: 1)
  // One space at both ends is taken away again, unless there is nothing else.
  let isBlank = scalars.allSatisfy { $0 == " " }
  let ends = [scalars.first, scalars.last].compactMap { $0 }
  let space = !isBlank && ends.contains { $0 == "`" || $0 == " " } ? " " : ""
  return fence + space + code + space + fence
}

/// As many backticks as end no code in which a text stands: more than it has together, and no fewer than a number.
func markdownFence(for text: String, atLeast count: Int) -> String {
  var run = 0
  var longest = 0
  for scalar in text.unicodeScalars {
    run = scalar == "`" ? run + 1 : 0
    longest = max(longest, run)
  }
  return String(repeating: "`", count: max(longest + 1, count))
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

/// The first of some names as code, and how many more there are; nothing for none.
func markdownNames(_ names: [String], showing count: Int = 1) -> String {
  let shown = names.prefix(count).map(markdownCode).filter { !$0.isEmpty }.joined(separator: ", ")
  return names.count > count ? "\(shown) and \(names.count - count) more" : shown
}
