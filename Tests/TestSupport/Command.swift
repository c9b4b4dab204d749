public import Foundation

/// The built command, run as a user runs it.
public enum Command {
  /// Where the package manager put it: beside the program that runs the tests.
  public static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "truewheel").path

  /// Runs the command and waits for it.
  ///
  /// `environment` is added to that of the tests; `folder` is the working directory.
  public static func run(
    _ arguments: [String], environment: [String: String] = [:], folder: URL = Fixture.project
  ) throws -> Program.Result {
    try Program.run(path, arguments, environment: environment, folder: folder)
  }
}
