/// A text as it stands between the tags and within the quotation marks of HTML and XML: harmless as `printable` makes it,
/// and neither a tag, an entity nor the end of an attribute, nor a command to a runner (`withoutCommands`).
///
/// What XML cannot hold even as a reference (XML 1.0, 2.2) is shown by its number too.
func markupText(_ text: String) -> String {
  var result = ""
  for scalar in printable(text).unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\u{fffe}", "\u{ffff}": result += "\\u{\(String(scalar.value, radix: 16))}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return escapingCommands(in: result) { "&#\($0);" }
}
