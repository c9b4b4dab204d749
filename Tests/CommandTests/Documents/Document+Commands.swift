import Foundation

extension Document {
  /// The commands of this program, and of others that a reader is told to run, in lines and in sentences; those in `sh`
  /// blocks are run whole.
  var commands: [String] {
    let lines = indented.map { String($0.prefix(upTo: $0.firstRange(of: "  ")?.lowerBound ?? $0.endIndex)) }
    let jobs = blocks("yaml").flatMap {
      $0.matches(of: /(?m)^ *(?:- |- run: |run: |entry: )(.+)$/).map { String($0.1) }
    }
    return (lines + spans + jobs).filter { line in
      ["truewheel", "uvx", "pipx", "pip", "python", "twine"].contains { line.hasPrefix("\($0) ") }
    }
  }

  /// What is said of `make`: verbs, with variables.
  var verbs: [String] {
    let lines = indented.map { String($0.prefix(upTo: $0.firstRange(of: "  ")?.lowerBound ?? $0.endIndex)) }
    return (lines + spans).filter { $0.hasPrefix("make ") }
  }

  /// Options in sentences, with an argument or without.
  var options: [String] { spans.filter { $0.hasPrefix("-") } }

  /// What a form stands for: `check [--strict] WHEEL|FOLDER…` for four commands.
  static func commands(of form: String) -> [String] {
    let form = form.replacing("…", with: "")
    if let optional = form.firstMatch(of: /\[([^\[\]]*)\]/) {
      let choices = optional.1.components(separatedBy: " | ") + [""]
      return choices.flatMap { commands(of: form.replacingCharacters(in: optional.range, with: $0)) }
    }
    if let names = form.firstMatch(of: /\b[A-Z]+(?:\|[A-Z]+)+\b/.wordBoundaryKind(.simple)) {
      return names.0.split(separator: "|").flatMap {
        commands(of: form.replacingCharacters(in: names.range, with: String($0)))
      }
    }
    // What follows a bar stands in place of the last word before it.
    let choices = form.components(separatedBy: " | ")
    let stem = choices[0].split(separator: " ").dropLast().joined(separator: " ")
    return [choices[0]] + choices.dropFirst().map { "\(stem) \($0)" }
  }

  /// A command with something in place of the names that stand for anything.
  static func filledIn(_ command: String) -> String {
    let files = [
      "--baseline FILE": "--baseline known.json", "--config FILE": "--config own.toml",
      "--cache FOLDER": "--cache known-objects", "--files-from FILE": "--files-from names.txt",
      "--resume FILE": "--resume earlier.jsonl",
    ]
    let named = files.reduce(command) { $0.replacing($1.key, with: $1.value) }
    let isTree = named.contains(/truewheel (?:tree|lddtree)\b/)
    let filled = named.replacing(/\b[A-Z]+\b(?!_)/.wordBoundaryKind(.simple)) { match in
      switch match.0 {
      case "WHEEL": "dist/*.whl"
      case "FOLDER": "dist"
      case "ELF": "module.abi3.so"
      case "FILE": isTree ? "module.abi3.so" : "out"
      case "FORMAT": "json"
      case "TAG": "manylinux_2_28"
      case "SUBJECT": "memcpy"
      case "RULE": "symbol-version"
      case "PATTERN", "REASON": match.0.lowercased()
      case "NAME", "A": "manylinux_2_17"
      case "B": "manylinux_2_28"
      case "N": "2"
      case "SECONDS": "30"
      case "LIMIT": "findings"
      case "VALUE": "5000"
      default: String(match.0)
      }
    }
    // Sentences leave out the wheels that everything is about.
    let isComplete =
      !filled.contains(/truewheel (?:check|show|lddtree)\b/)
      || filled.contains(/(?:dist\/\*.whl|dist\/?|wheel\S*"?|module.abi3.so) *$/)
    return isComplete ? filled : "\(filled) dist/*.whl"
  }
}
