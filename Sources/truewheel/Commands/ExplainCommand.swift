import ArgumentParser
import AuditReports
import AuditSettings
import BuildProfiles
import WheelAudit

/// What a report talks about, in more words.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration.subcommand(
    "explain",
    abstract: "Explain a rule, a platform tag, a symbol, a symbol version, a library, or what a loader refuses.")

  @Argument(help: "What to explain: external-library, manylinux2014, memcpy, GLIBC_2.34, libcrypt.so.1.")
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
    let texts = try subject.map { subject in
      guard let text = try explainer.explanation(of: subject) else {
        let near = nearest(to: subject, among: Rule.allCases.map(\.rawValue)).map { " Did you mean \($0)?" } ?? ""
        throw ValidationError(
          "'\(printable(subject.prefix(80)))' is no rule, platform tag, library, symbol version or symbol that is known.\(near)"
        )
      }
      return text
    }
    try Output.write(texts.joined(separator: "\n"), to: nil)
  }
}
