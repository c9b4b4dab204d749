import ArgumentParser
import AuditReports
import AuditSettings
import BuildProfiles
import WheelAudit

/// What a report talks about, in more words.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration.subcommand(
    "explain", abstract: "Explain a rule, a platform tag, a symbol, a symbol version or a library.")

  @Argument(help: "What to explain: external-library, manylinux2014, memcpy, GLIBC_2.34, libcrypt.so.1.")
  var subject: [String] = []

  @Flag(help: "Explain every rule.")
  var all = false

  @Option(
    help: ArgumentHelp(
      "Say for this day which releases are supported; for today, if not given.", valueName: "yyyy-mm-dd"),
    transform: Today.day)
  var date: CalendarDate?

  func validate() throws {
    if all, !subject.isEmpty { throw ValidationError("--all explains every rule: name none besides.") }
    guard all || !subject.isEmpty else {
      let rules = Rule.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(
        "Name a rule, a platform tag, a symbol, a symbol version or a library. The rules are \(rules).")
    }
  }

  func run() throws {
    Output.ignoreClosedPipes()
    let explainer = try Explainer(Facts(), date: date ?? Today.date, width: Terminal.width ?? 100)
    let rules = all ? Rule.allCases.map { explainer.explanation(of: $0) } : []
    let texts =
      try rules
      + subject.map { subject in
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
