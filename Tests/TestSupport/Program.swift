public import Foundation

/// Any program, run to its end.
public enum Program {
  /// What a run came to.
  public struct Result: Sendable {
    public let status: Int32
    public let output: String
    public let errors: String
  }

  /// Runs the program at a path and waits for it.
  ///
  /// `environment` is added to that of the tests; `folder` is the working directory.
  public static func run(
    _ program: String, _ arguments: [String], environment: [String: String] = [:], folder: URL = Fixture.project
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = folder
    // Both streams go to files, so that neither can fill up and block while the other is read.
    let written = try TemporaryFolder()
    let (output, errors) = (written.url.appending(path: "output"), written.url.appending(path: "errors"))
    for file in [output, errors] { try Data().write(to: file) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }
}
