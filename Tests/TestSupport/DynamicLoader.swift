public import Foundation

/// glibc's dynamic loader of this machine, where it has one for x86-64: the judge of how libraries are found.
public enum DynamicLoader {
  /// What the loader would do with one object.
  public struct Trace: Sendable {
    /// The paths of the libraries found, by the names they are needed under.
    public var found: [String: URL] = [:]
    /// The names of the libraries not found.
    public var missing: Set<String> = []
    /// The versions that a library was found not to define.
    public var missingVersions: Set<String> = []
  }

  /// The place that the x86-64 psABI gives the loader.
  private static let path = "/lib64/ld-linux-x86-64.so.2"

  public static let isHere: Bool = {
    #if arch(x86_64) && os(Linux)
      FileManager.default.isExecutableFile(atPath: path)
    #else
      false
    #endif
  }()

  /// Asks the loader what it would load, which runs nothing of the object (ld.so(8), `LD_TRACE_LOADED_OBJECTS`).
  public static func trace(_ object: URL) throws -> Trace {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = [object.path]
    process.environment = ["LD_TRACE_LOADED_OBJECTS": "1", "LC_ALL": "C"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text.split(separator: "\n").reduce(into: Trace()) { $0.read($1) }
  }
}

extension DynamicLoader.Trace {
  /// Reads `NAME => PATH (ADDRESS)`, `NAME => not found`, or the complaint that a version was not found.
  fileprivate mutating func read(_ line: Substring) {
    let words = line.split { $0 == " " || $0 == "\t" }.map(String.init)
    if let position = words.firstIndex(of: "version"), words.dropFirst(position + 2).starts(with: ["not", "found"]) {
      missingVersions.insert(words[position + 1].trimmingCharacters(in: CharacterSet(charactersIn: "`'")))
    } else if words.count > 2, words[1] == "=>" {
      if words[2] == "not" { missing.insert(words[0]) } else { found[words[0]] = URL(filePath: words[2]).standardized }
    }
  }
}
