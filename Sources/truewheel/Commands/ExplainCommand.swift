import ArgumentParser
import AuditReports
import AuditSettings
import BuildProfiles
import WheelAudit

/// What a report talks about, in more words.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration.subcommand(
    "explain",
    abstract:
      "Explain a rule, a platform tag, a symbol, a symbol version, a library, what a loader refuses, or what it says.",
    discussion: """
      An error of a loader is explained as it is pasted, with the names in it: 'undefined symbol: foo'. Where a shell \
      would read its quotes, let the lines come through standard input: truewheel explain - < log.txt.
      """)

  @Argument(
    help: """
      What to explain: external-library, manylinux2014, memcpy, GLIBC_2.34, libcrypt.so.1, 'undefined symbol: foo'; - for \
      the errors in standard input.
      """)
  var subject: [String] = []

  @Flag(help: "List every rule.")
  var all = false

  @Option(
    help: ArgumentHelp(
      "Say for this day which releases are supported; for today, if not given.", valueName: "yyyy-mm-dd"),
    transform: Today.day)
  var date: CalendarDate?

  func validate() throws {
    if all, !subject.isEmpty { throw ValidationError("--all lists every rule: name nothing besides.") }
    guard all || !subject.isEmpty else {
      let rules = Rule.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(
        "Name a rule, a platform tag, a symbol, a symbol version or a library. The rules are \(rules).")
    }
  }

  func run() throws {
    Output.ignoreClosedPipes()
    let explainer = try Explainer(Facts(), date: date ?? Today.date, width: Terminal.width ?? 100)
    if all { return try Output.write(explainer.rules(), to: nil) }
    try Output.write(try text(explainer), to: nil)
  }

  private func text(_ explainer: Explainer) throws -> String {
    if subject == ["-"] {
      let text = try StandardInput.text()
      if let explained = try explainer.explanation(ofMessagesIn: text) { return explained }
      let words = text.split(whereSeparator: \.isWhitespace)
      if words.count == 1, let explained = try explainer.explanation(of: String(words[0])) { return explained }
      throw ValidationError("No line of standard input is a message of a loader that is known.")
    }
    // A message may come as words, without quotes around it.
    if subject.count > 1, let text = try explainer.explanation(ofMessagesIn: subject.joined(separator: " ")) {
      return text
    }
    return try subject.map { subject in
      guard let text = try explainer.explanation(of: subject) else {
        let near = nearest(to: subject, among: Rule.selectableNames).map { " Did you mean \($0)?" } ?? ""
        throw ValidationError(
          "'\(printable(subject.prefix(80)))' is no rule, platform tag, library, symbol version, symbol or message of a "
            + "loader that is known.\(near)")
      }
      return text
    }.joined(separator: "\n")
  }
}
