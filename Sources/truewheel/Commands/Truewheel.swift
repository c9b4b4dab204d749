import ArgumentParser
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
      CheckCommand.self, ShowCommand.self, ExplainCommand.self, TreeCommand.self, ProfilesCommand.self,
    ])

  static func main() {
    // libzip makes a local time of every member's date, and the C library looks up the zone each time unless TZ is set.
    // Nothing shows a date of a member.
    setenv("TZ", "UTC0", 1)
    main(nil)
  }

  /// The version of this build.
  static let toolVersion = "0.1.0"
}
