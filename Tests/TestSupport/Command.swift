public import Foundation

/// The built command, run as a user runs it.
public struct Command {
  /// What a run came to.
  public struct Result: Sendable {
    public let status: Int32
    public let output: String
    public let errors: String
  }

  /// The command as the package manager built it beside the tests.
  public static let path = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()

  /// Runs the command in a folder, with some variables added to the environment of the tests, and waits for it.
  public static func run(
    _ arguments: [String], environment: [String: String] = [:], folder: URL = Fixture.project
  ) throws -> Result {
    let process = Process()
    process.executableURL = try executable()
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = folder
    let (output, errors) = (try TemporaryFolder(), Pipe())
    // Standard output goes to a file, so that neither stream can fill up and block while the other is read.
    let file = output.url.appending(path: "stdout")
    try Data().write(to: file)
    process.standardOutput = try FileHandle(forWritingTo: file)
    process.standardError = errors
    try process.run()
    let complaints = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: String(decoding: try Data(contentsOf: file), as: UTF8.self),
      errors: String(decoding: complaints, as: UTF8.self))
  }

  /// The command that was built together with the running tests.
  public static func executable() throws -> URL {
    for folder in Bundle.allBundles.map(\.bundleURL) + [path] {
      let candidate = folder.deletingLastPathComponent().appending(path: "truewheel")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
    }
    throw CommandNotBuilt()
  }
}

/// The command does not lie beside the tests.
public struct CommandNotBuilt: Error {}
