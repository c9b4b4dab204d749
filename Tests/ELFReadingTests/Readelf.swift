import Foundation
import TestSupport
import Testing

/// What `readelf` of binutils says of a fixture object, line by line.
///
/// It reads section headers where this project reads what the loader reads, so that the two agree by the facts alone.
struct Readelf {
  private let lines: [String]

  /// Runs `readelf` over `Fixtures/objects/PATH`; it must have nothing to warn of.
  init(_ path: String, _ options: String...) throws {
    let file = Fixture.folder.appending(path: "objects/\(path)").path
    let run = try Program.run("/usr/bin/readelf", ["--wide"] + options + [file], environment: ["LC_ALL": "C"])
    try #require(run.status == 0)
    try #require(run.errors == "")
    lines = run.output.split(separator: "\n").map(String.init)
  }

  /// What follows `LABEL:` on the first line that has it.
  func value(_ label: String) throws -> String {
    let line = try #require(lines.first { $0.trimmingPrefix { $0 == " " }.hasPrefix(label + ":") })
    return line.drop { $0 != ":" }.dropFirst().trimmingCharacters(in: .whitespaces)
  }

  /// What stands in brackets on the lines with these words, in their order.
  func bracketed(_ words: String) -> [String] {
    lines.filter { $0.contains(words) }.compactMap { line in
      line.split(separator: "[", maxSplits: 1).last.flatMap { $0.split(separator: "]").first }.map(String.init)
    }
  }

  func says(_ words: String) -> Bool { lines.contains { $0.contains(words) } }

  /// The interpreter of PT_INTERP.
  var interpreter: String? {
    let label = "[Requesting program interpreter: "
    return lines.compactMap { line in
      line.firstRange(of: label).map { String(line[$0.upperBound...].dropLast()) }
    }.first
  }

  /// The letters under `Flg` of a program header: `R E`.
  func flags(ofSegment type: String) -> String? {
    guard let line = lines.first(where: { $0.hasPrefix("  \(type) ") }) else { return nil }
    return String(line.split(separator: " ").dropFirst(6).dropLast().joined(separator: " "))
  }
}

extension Readelf {
  /// One line under "Version needs section".
  struct Need: Hashable {
    let library: String
    let version: String
    let isWeak: Bool
    /// What the symbols of this version carry.
    let index: Int
  }

  /// The version needs in the order of the file.
  func versionNeeds() throws -> [Need] {
    var library = ""
    var needs: [Need] = []
    for line in lines {
      if let match = line.firstMatch(of: /Version: 1  File: (\S+)  Cnt: \d+/) { library = String(match.1) }
      if let match = line.firstMatch(of: /Name: (\S+)  Flags: (.+?)  Version: (\d+)/) {
        needs.append(
          Need(
            library: library, version: String(match.1), isWeak: match.2.contains("WEAK"),
            index: try #require(Int(match.3))))
      }
    }
    return needs
  }

  /// The names under "Version definition section", the base version left out.
  func versionDefinitions() -> [String] {
    lines.compactMap { line in
      guard let match = line.firstMatch(of: /Rev: 1  Flags: (.+?)  Index: \d+  Cnt: \d+  Name: (\S+)/),
        !match.1.contains("BASE")
      else { return nil }
      return String(match.2)
    }
  }

  /// One line of the dynamic symbol table.
  struct Symbol: Hashable {
    let name: String
    /// The number in parentheses behind the name of an undefined symbol that has a version.
    let version: Int?
    let isWeak: Bool
    let isUndefined: Bool
  }

  /// The global and weak symbols in the order of the file.
  func symbols() throws -> [Symbol] {
    try lines.compactMap { line in
      let pattern =
        /^ *\d+: [0-9a-f]+ +\S+ \S+ +(GLOBAL|WEAK) +\S+ (?:\[.*\] )?+ *(\S+) ([^ @]+)(?:@\S+)?(?: \((\d+)\))?$/
      guard let match = line.firstMatch(of: pattern) else { return nil }
      return Symbol(
        name: String(match.3), version: try match.4.map { try #require(Int($0)) }, isWeak: match.1 == "WEAK",
        isUndefined: match.2 == "UND")
    }
  }

  /// The names of the symbols that relocations refer to, as far as they are not cut.
  func referredSymbols() -> Set<String> {
    Set(
      lines.compactMap { line in
        line.firstMatch(of: /^[0-9a-f]+ +[0-9a-f]+ +R_\S+ +[0-9a-f]+ +([^ @+]+)/).map { String($0.1) }
      })
  }

  /// The types of all relocations that tables state one by one, by name.
  func relocationTypes() -> Set<String> {
    Set(lines.compactMap { line in line.firstMatch(of: /^[0-9a-f]+ +[0-9a-f]+ +(R_\S+)/).map { String($0.1) } })
  }
}
