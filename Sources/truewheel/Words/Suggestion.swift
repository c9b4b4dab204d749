import ArgumentParser
import AuditReports
import AuditSettings

/// What to say of arguments that are wrong since they have another tool's words: the words here, and the call with them.
struct Suggestion: CustomStringConvertible {
  let problem: String
  /// The arguments that say here what was meant.
  let arguments: [String]

  var description: String {
    "\(problem)\n    \(shellWords(["truewheel"] + arguments))"
  }

  /// Looks for words that mean something here; nil where none is known.
  ///
  /// - Parameter arguments: what stands behind the program's name, which it did not understand.
  init?(for arguments: [String]) {
    guard let name = arguments.first else { return nil }
    var problems: [String] = []
    var said: [String] = []
    let command = Self.subcommand(name)
    if command != name {
      problems.append("There is no '\(name)' here. Did you mean '\(command)'?")
      said.append(command)
    }
    // Someone may leave the subcommand out.
    if command == name || name.hasSuffix(".whl") { said.append(name) }
    var isOption = true
    var isValueToLeave = false
    for argument in arguments.dropFirst() {
      // Behind it there are no options.
      if argument == "--" { isOption = false }
      if isValueToLeave, !argument.hasPrefix("-") {
        isValueToLeave = false
        continue
      }
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard isOption, let option = parts.first, option.hasPrefix("-"),
        let answer = OtherWords.option(option, of: command)
      else {
        said.append(argument)
        continue
      }
      switch answer {
      case .say(let words):
        problems.append("Unknown option '\(option)'. Did you mean '\(words.joined(separator: " "))'?")
        if parts.count == 2, words.count == 1 {
          said.append("\(words[0])=\(parts[1])")
        } else {
          said += words + parts.dropFirst()
        }
      case .leaveOut(let reason, let hasValue):
        problems.append("Unknown option '\(option)'. Leave it out: \(reason).")
        isValueToLeave = hasValue && parts.count == 1
      }
    }
    guard !problems.isEmpty else { return nil }
    self.arguments = said
    problem = problems.map { printable($0) }.reduce(into: []) { list, problem in
      if !list.contains(problem) { list.append(problem) }
    }.joined(separator: "\n")
  }

  /// The subcommand that a first word stands for; the word itself where none is known.
  private static func subcommand(_ name: String) -> String {
    let names = Truewheel.configuration.subcommands.compactMap { $0.configuration.commandName }
    if names.contains(name) || name.hasPrefix("-") { return name }
    if name.hasSuffix(".whl") { return "check" }
    return OtherWords.subcommand(name) ?? nearest(to: name, among: names) ?? name
  }
}
