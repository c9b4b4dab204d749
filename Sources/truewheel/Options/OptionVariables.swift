import ArgumentParser
import AuditReports
import AuditSettings
import Glibc

/// The variables `TRUEWHEEL_…` of the environment, which stand for options that the arguments do not name.
///
/// A variable that is empty counts as not set.
struct OptionVariables {
  /// The values by the names of the options, without dashes in front: `fail-on`.
  private let values: [String: String]

  static let prefix = "TRUEWHEEL_"

  /// The options that have a variable.
  static let options = [
    "baseline", "cache", "cache-size", "color", "config", "date", "debug", "exclude", "exit-zero", "extend-select",
    "fail-on", "files-from", "format", "ignore", "isolated", "jobs", "limit", "no-recurse", "null", "output", "quiet",
    "resume", "select", "statistics", "strict", "summary", "target", "timeout", "verbose", "write-baseline",
  ]

  /// None, as for a run that is isolated.
  static let none = OptionVariables(values: [:])

  private init(values: [String: String]) {
    self.values = values
  }

  /// Those of the environment of this process, which is gone through once.
  ///
  /// A name that stands for no option and looks like one that does is warned of: a gate must not be open for a letter.
  init() {
    var values: [String: String] = [:]
    var unknown: [String] = []
    var entry = environ
    while let text = entry.pointee {
      entry += 1
      guard strncmp(text, Self.prefix, Self.prefix.utf8.count) == 0 else { continue }
      let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[1].isEmpty else { continue }
      let suffix = String(parts[0].dropFirst(Self.prefix.count))
      if let option = Self.options.first(where: { Self.suffix($0) == suffix }) {
        values[option] = String(parts[1])
      } else {
        unknown.append(suffix)
      }
    }
    self.values = values
    for suffix in unknown.sorted() {
      guard let near = nearest(to: suffix, among: Self.options.map(Self.suffix)) else { continue }
      Output.complain(
        "warning: \(Self.prefix)\(printable(suffix)) stands for no option; did you mean \(Self.prefix)\(near)?")
    }
  }

  /// True where the variable of an option is set.
  static func has(_ option: String) -> Bool {
    getenv(prefix + suffix(option)).map { $0.pointee != 0 } ?? false
  }

  var isEmpty: Bool { values.isEmpty }

  /// The value for an option as it is; nil where the variable is not set.
  func text(_ option: String) -> String? { values[option] }

  /// The lines of a value that can have several, each of them what an option of its own would have.
  func lines(_ option: String) -> [String] {
    (values[option] ?? "").split(whereSeparator: \.isNewline).map(String.init)
  }

  /// True or false for a flag; nil where the variable is not set.
  ///
  /// - Throws: the status of wrong arguments, after it was said what is wrong.
  func flag(_ option: String) throws -> Bool? {
    guard let value = values[option] else { return nil }
    switch value.lowercased() {
    case "1", "true", "yes", "on": return true
    case "0", "false", "no", "off": return false
    default: throw Self.refusal(option, "'\(value)' is neither true nor false; write 1 or 0")
    }
  }

  /// One of a few words; nil where the variable is not set.
  ///
  /// - Throws: the status of wrong arguments, after it was said what is wrong.
  func word<Word: ArgumentWord>(_ option: String) throws -> Word? {
    guard let value = values[option] else { return nil }
    guard let word = Word(rawValue: value) else {
      throw Self.refusal(option, "'\(value)' is none of \(Word.allValueStrings.joined(separator: ", "))")
    }
    return word
  }

  /// What `read` makes of a value; nil where the variable is not set.
  ///
  /// - Throws: the status of wrong arguments, after it was said what is wrong.
  func value<Value>(_ option: String, _ read: (String) throws -> Value) throws -> Value? {
    try values[option].map { try Self.reading(option, $0, read) }
  }

  /// What `read` makes of each line of a value.
  ///
  /// - Throws: the status of wrong arguments, after it was said what is wrong.
  func values<Value>(_ option: String, _ read: (String) throws -> Value) throws -> [Value] {
    try lines(option).map { try Self.reading(option, $0, read) }
  }

  private static func reading<Value>(
    _ option: String, _ text: String, _ read: (String) throws -> Value
  ) throws -> Value {
    do {
      return try read(text)
    } catch let error as ValidationError {
      throw refusal(option, error.message)
    }
  }

  /// Says what is wrong with a variable; how to write arguments is no help here.
  static func refusal(_ option: String, _ problem: String) -> ExitCode {
    Output.complain("\(prefix)\(suffix(option)): \(printable(problem))")
    return ExitCode.validationFailure
  }

  private static func suffix(_ option: String) -> String {
    option.uppercased().replacing("-", with: "_")
  }
}
