/// What `entry_points.txt` in `.dist-info` says (entry points specification), as far as installers and PyPI refuse a
/// wheel for it.
public struct EntryPoints: Hashable, Sendable {
  /// The names of the scripts to make: those in `console_scripts` and `gui_scripts`.
  public private(set) var scripts: [String] = []
  /// The line, from 1 on, that is neither a section nor a name with a value, or says again what one before it said; nil
  /// where there is none.
  public private(set) var faultyLine: Int?

  public init(_ text: String) {
    self.init(Array(text.utf8))
  }

  /// Reads the lines as CPython's configparser does with `=` as the only delimiter: a line that is indented goes on with
  /// the value before.
  init(_ text: [UInt8]) {
    guard let text = String(validating: text, as: UTF8.self) else {
      faultyLine = 1
      return
    }
    var section: Substring?
    // Sections by their names, and the names in the section of now: together no more than the text.
    var (sections, known): (Set<Substring>, Set<String>) = ([], [])
    var hasValue = false
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let words = line.drop(while: \.isWhitespace)
      guard let first = words.first, first != "#", first != ";" else { continue }
      if hasValue, line.first?.isWhitespace == true { continue }
      if first == "[", let end = words.firstIndex(of: "]"), end > words.index(after: words.startIndex) {
        let name = words[words.index(after: words.startIndex)..<end]
        (section, hasValue, known) = (name, false, [])
        if sections.insert(name).inserted { continue }
      } else if let section, let mark = words.firstIndex(of: "="), mark > words.startIndex {
        let name = String(words[..<mark].reversed().drop(while: \.isWhitespace).reversed())
        hasValue = true
        if known.insert(name).inserted {
          if Self.scriptSections.contains(section) { scripts.append(name) }
          continue
        }
      }
      faultyLine = index + 1
      return
    }
  }

  private static let scriptSections: [Substring] = ["console_scripts", "gui_scripts"]
}
