import AuditSettings
import Testing
import WheelAudit

/// Limits and times as people write them.
@Suite struct LimitValueTests {
  private static let sizes: [(text: String, bytes: Int)] = [
    ("1", 1), ("007", 7), ("65536", 65536), ("10B", 10), ("1k", 1 << 10), ("1KiB", 1 << 10), ("3 MiB", 3 << 20),
    ("1M", 1 << 20), ("1gib", 1 << 30), ("2G", 2 << 30), ("1TiB", 1 << 40), ("1024TiB", 1 << 50),
    ("1125899906842624", 1 << 50),
  ]

  @Test(arguments: sizes) func `a size has a unit, or is in bytes`(text: String, bytes: Int) throws {
    #expect(try LimitValue("member-size", text).value == bytes)
  }

  private static let wrong: [(name: String, text: String, words: String)] = [
    ("member-size", "", "'' is no value of member-size: it is a number of bytes, or of KiB"),
    ("member-size", "-1", "'-1' is no value of member-size"), ("member-size", "1.5GiB", "'1.5GiB' is no value"),
    ("member-size", "GiB", "'GiB' is no value"), ("member-size", "1 XiB", "'1 XiB' is no value"),
    ("member-size", "٣", "'٣' is no value"), ("member-size", "0x10", "'0x10' is no value"),
    ("member-size", "0", "member-size is at least 1"), ("member-size", "1025TiB", "member-size is at most"),
    ("member-size", "1125899906842625", "member-size is at most 1125899906842624"),
    ("member-size", "99999999999999999999", "member-size is at most"),
    ("member-size", "9223372036854775807T", "member-size is at most"),
    ("findings", "1KiB", "'1KiB' is no value of findings: it is a whole number, such as 1000"),
    ("ratio", "3:1", "'3:1' is no value of ratio"), ("steps", "0", "steps is at least 1"),
    ("membersize", "1", "'membersize' is no limit; did you mean 'member-size'?"),
    ("MEMBERS", "1", "did you mean 'members'?"),
    ("", "1", "'' is no limit"), ("qqqqqqqqqqqq", "1", "the limits are directory-size, members, "),
  ]

  @Test(arguments: wrong) func `what is wrong is said with what would be right`(
    name: String, text: String, words: String
  ) throws {
    let problem = try #require(throws: LimitValue.Problem.self) { try LimitValue(name, text) }
    #expect(problem.description.contains(words), "\(problem.description)")
    #expect(problem.sentence.hasSuffix("?") || problem.sentence.hasSuffix("."))
  }

  @Test(arguments: AuditLimit.allCases) func `every limit has a smallest and a largest value`(limit: AuditLimit) throws
  {
    for value in [limit.smallest, AuditLimit.largest] {
      #expect(try LimitValue(limit.name, value).value == value)
      #expect(try LimitValue(limit.name, "\(value)").value == value)
    }
    for value in [limit.smallest - 1, AuditLimit.largest + 1, .min, .max] {
      #expect(throws: LimitValue.Problem.self) { try LimitValue(limit.name, value) }
    }
  }

  @Test(arguments: [
    ("30", 30_000_000), ("0.5", 500_000), ("0.001", 1000), ("1000000", 1_000_000_000_000), (".25", 250_000),
  ])
  func `a time is a number of seconds`(text: String, microseconds: Int) {
    #expect(Seconds(text)?.duration == .microseconds(microseconds))
  }

  @Test(arguments: ["", "0", "0.0009", "-1", "+1", "1e3", "nan", "inf", "1000001", "30s", "1,5", "0x1", "1.5.2", " 1"])
  func `what is no time is refused`(text: String) {
    #expect(Seconds(text) == nil)
  }
}
