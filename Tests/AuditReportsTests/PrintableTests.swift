import AuditReports
import Testing

@Suite struct PrintableTests {
  @Test(arguments: [("a\nb", "a\\u{a}b"), ("\u{1b}[31m", "\\u{1b}[31m"), ("\u{202e}x", "\\u{202e}x"), ("ä", "ä")])
  func `nothing that moves a cursor gets through`(text: String, shown: String) {
    #expect(printable(text) == shown)
  }
}
