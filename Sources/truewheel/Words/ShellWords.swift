import AuditReports

/// Words as a shell reads them (POSIX, "Quoting"), so that a call can be copied as it stands.
func shellWords(_ words: [String]) -> String {
  words.map { word in
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "@%+=:,./_-".utf8.contains(byte)
        }
      }
    return isPlain ? word : "'" + printable(word.replacing("'", with: #"'\''"#)) + "'"
  }.joined(separator: " ")
}
