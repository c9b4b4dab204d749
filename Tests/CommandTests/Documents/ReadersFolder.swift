import Foundation
import TestSupport

/// A folder as a reader of the documents has it, with wheels in `dist` and `incoming`, in which commands are run as a step
/// of a job would run them.
struct ReadersFolder {
  let folder: TemporaryFolder

  /// The summary of the job; nil when nothing wrote one.
  var summary: String? {
    try? String(contentsOf: folder.url.appending(path: "summary.md"), encoding: .utf8)
  }

  init(wheel: String = "honest") throws {
    folder = try TemporaryFolder()
    let path = URL(filePath: try Fixture.wheel(wheel))
    for place in ["dist", "incoming"] {
      _ = try folder.write([UInt8](Data(contentsOf: path)), to: "\(place)/\(path.lastPathComponent)")
    }
    _ = try folder.write(try Fixture.object("baseline.abi3.so"), to: "module.abi3.so")
    _ = try folder.write(Array("{\"schemaVersion\": 2, \"findings\": []}".utf8), to: "known.json")
    _ = try folder.write([], to: "own.toml")
    _ = try folder.write([], to: "earlier.jsonl")
    _ = try folder.write(Array("dist/\(path.lastPathComponent)\n".utf8), to: "names.txt")
    _ = try folder.write(Array("ImportError: /x/mod.so: undefined symbol: foo\n".utf8), to: "log.txt")
  }

  /// Runs a script with the command that is tested in place of what `uvx` and `pipx` would install.
  ///
  /// An upload is none of its business: it writes `uploaded`.
  func run(_ script: String) throws -> Program.Result {
    let preamble = """
      PATH="\(URL(filePath: Command.path).deletingLastPathComponent().path):$PATH"
      uvx() { if [ "$1" = --from ]; then shift 2; fi; "$@"; }
      pipx() { test "$1" = run; shift; "$@"; }
      twine() { test "$1" = upload; touch uploaded; }
      wheel=(dist/*.whl)

      """
    return try Program.run(
      "/bin/bash", ["-eo", "pipefail", "-c", preamble + script],
      environment: ["GITHUB_STEP_SUMMARY": folder.url.appending(path: "summary.md").path], folder: folder.url)
  }

  func has(_ file: String) -> Bool { FileManager.default.fileExists(atPath: folder.url.appending(path: file).path) }
}
