import ArgumentParser

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
      CheckCommand.self, ShowCommand.self, ExplainCommand.self, TreeCommand.self, ProfilesCommand.self,
    ])

  /// The version of this build.
  static let toolVersion = "0.1.0"
}
