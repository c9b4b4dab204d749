import ArgumentParser
import AuditReports
import Glibc

/// The command: reads the arguments and hands over to a subcommand.
@main
struct Truewheel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "truewheel",
    abstract: "Checks that the platform tags of Python wheels tell the truth.",
    discussion: """
      Exit status: 0 when every wheel keeps its claims, 1 when at least one does not, 2 when at least one could not be \
      audited, 64 when the arguments are wrong.
      """,
    version: toolVersion,
    subcommands: [
      CheckCommand.self, ShowCommand.self, ExplainCommand.self, TreeCommand.self, LddtreeCommand.self,
      ProfilesCommand.self,
    ])

  /// Runs the command that the arguments name, and ends with its exit status.
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      if let name = arguments.first, RepairCall.isMeant(by: name) {
        Output.writeToError(RepairCall(Array(arguments.dropFirst())).description)
        throw ExitCode.validationFailure
      }
      // To describe every command only to be asked this would take longer.
      if arguments == ["--version"] { return try Output.write(VersionText().description, to: nil) }
      var command = try named(by: arguments) ?? parseAsRoot(arguments)
      try command.run()
    } catch {
      end(with: error, arguments)
    }
  }

  /// Parses with the subcommand that the first argument names, alone.
  ///
  /// ArgumentParser describes each command that it parses with by reflection, and looks first for its own requests for
  /// completions: with the whole tree an eighth of the instructions of a small wheel more.
  ///
  /// - Returns: the subcommand; nil where help is asked for, or another word than a subcommand with its right arguments
  ///   was given: only the whole tree knows what to say then.
  private static func named(by arguments: [String]) -> (any ParsableCommand)? {
    guard let name = arguments.first, !arguments.contains(where: { $0 == "--help" || $0 == "-h" }),
      let subcommand = configuration.subcommands.first(where: { $0.configuration.commandName == name }),
      subcommand.configuration.subcommands.isEmpty,
      let command = try? subcommand.parseAsRoot(Array(arguments.dropFirst())), type(of: command) == subcommand
    else { return nil }
    return command
  }

  /// Says what ended the run, and ends with its status.
  ///
  /// Arguments may be names of files, so what is said of them is escaped.
  private static func end(with error: any Error, _ arguments: [String]) -> Never {
    let status = exitCode(for: error)
    let message = fullMessage(for: error)
    if status.isSuccess {
      let isVersion = message == toolVersion
      let text = isVersion ? (try? VersionText().description) ?? message + "\n" : message + "\n"
      // Completions are for shells.
      if !message.isEmpty { try? Output.write(text, to: nil, isForPrograms: true) }
    } else if !message.isEmpty {
      let isOfArguments = status == .validationFailure
      let said = (isOfArguments ? Suggestion(for: arguments) : nil).map { "Error: \($0)" } ?? message
      let lines = said.split(separator: "\n", omittingEmptySubsequences: false)
      Output.writeToError(lines.map { printable($0) + "\n" }.joined())
    }
    Glibc.exit(status.rawValue)
  }

  /// The version of this build; packages take it from this line.
  static let toolVersion = "0.1.0"
}

extension CommandConfiguration {
  /// A command below `truewheel` that can be parsed without it.
  static func subcommand(_ name: String, abstract: String, discussion: String = "") -> Self {
    var configuration = Self(commandName: name, abstract: abstract, discussion: discussion)
    configuration._superCommandName = Truewheel.configuration.commandName
    return configuration
  }
}
