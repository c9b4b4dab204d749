public import BuildProfiles
import WheelAudit

extension Explainer {
  /// What is known of the messages of loaders in a text: a line of an error, a traceback, a log.
  ///
  /// - Parameter text: any text, of which each line is looked at by itself; the last million bytes of it.
  /// - Returns: for each message its rule, the names in it and what can be done, in the order of the text, each once; nil
  ///   where no line is a message.
  /// - Throws: `TableError` where a table of facts is damaged.
  public func explanation(ofMessagesIn text: String) throws(TableError) -> String? {
    var seen: Set<[String]> = []
    var explained: [[String]] = []
    var others = 0
    for line in text.utf8.suffix(Self.longestText).split(whereSeparator: { $0 == 10 || $0 == 13 }) {
      guard let said = SaidMessage(String(decoding: line, as: UTF8.self)), seen.insert(said.lines).inserted else {
        continue
      }
      if explained.count < Self.mostMessages { explained.append(try lines(on: said)) } else { others += 1 }
    }
    guard !explained.isEmpty else { return nil }
    if others > 0 { explained.append(["\(others) more messages are left out."]) }
    return self.text(Array(explained.joined(separator: [""])))
  }

  private static let longestText = 1 << 20
  private static let mostMessages = 20

  /// A message, the names in it, what it is about and what can be done.
  private func lines(on said: SaidMessage) throws(TableError) -> [String] {
    let causes = causes(of: said)
    var lines = said.lines
    if causes.count > 1 { lines += ["", "  It is one of these:"] }
    for cause in causes {
      lines += [""]
      switch cause {
      case .rule(let rule):
        let definition = rule.definition
        lines += columns(
          [
            ["rule", "\(rule.rawValue): \(definition.title)"], ["what", definition.what], ["why", definition.why],
            ["what to do", definition.remedy], ["page", rule.url],
          ], indent: 2)
      case .demand(let demand):
        lines += columns(
          [
            ["rule", "\(Rule.notLoadable.rawValue): \(demand.rawValue)"], ["what", demand.meaning],
            ["what to do", demand.remedy], ["page", Rule.notLoadable.url],
          ], indent: 2)
      case .unseen(let words): lines += columns([["what", words], ["rule", "none: no file shows it"]], indent: 2)
      }
    }
    let pages = said.message.rows.map { "\(Documentation.base)loader.md#\($0.lowercased())" }
    lines += columns([["more", pages.first ?? ""]], indent: 2)
    return try lines + known(of: said)
  }

  /// What the names in a message leave of its causes.
  func causes(of said: SaidMessage) -> [LoaderMessage.Cause] {
    let all = said.message.causes
    if let symbol = said.names[.symbol], said.names[.version] == nil, PythonABI.isInterpreters(symbol),
      all.contains(.rule(.unversionedSymbol)) || all.contains(.rule(.muslSymbol))
    {
      return [.rule(.pythonABI)]
    }
    guard let library = said.library else { return all }
    if PythonABI.isLibpython(library), all.contains(.rule(.externalLibrary)) { return [.rule(.libpython)] }
    let isPlatforms = profiles.libraries[library] != nil || profiles.isLoader(library)
    if isPlatforms, all.contains(.rule(.externalLibrary)) { return [.rule(.platformLibrary)] }
    if all == [.rule(.symbolVersion), .rule(.missingVersion)] {
      return [isPlatforms ? .rule(.symbolVersion) : .rule(.missingVersion)]
    }
    return all
  }

  /// What is known of the version, the symbol and the library of a message.
  private func known(of said: SaidMessage) throws(TableError) -> [String] {
    var found: [String]?
    if let symbol = said.names[.symbol] {
      let name = said.names[.version].map { "\(symbol)@\($0)" } ?? symbol
      found = try self.symbol(name)
      if found == nil { found = try mangled(name) }
      if found == nil { found = try versioned(name) }
    } else if let version = said.names[.version] {
      found = self.version(version)
    } else if let library = said.library, said.message.causes.contains(.rule(.externalLibrary)),
      !PythonABI.isLibpython(library)
    {
      found = try self.library(library)
    }
    return found.map { [""] + $0 } ?? []
  }
}

/// A line that is like a message, with the names in it.
struct SaidMessage {
  let message: LoaderMessage
  let names: [MessagePattern.Hole: String]

  /// Nil for a line that is like none.
  init?(_ text: String) {
    let line = MessageLine(text)
    for message in LoaderMessage.all {
      guard let names = message.pattern.names(in: line) else { continue }
      self.message = message
      self.names = names
      return
    }
    return nil
  }

  /// The soname in the message: the last part of the path.
  var library: String? { names[.library].map { String($0.split(separator: "/").last ?? "") } }

  /// The message with the names in it.
  var lines: [String] {
    let shown = MessagePattern.Hole.allCases.compactMap { hole in
      names[hole].map { [hole.rawValue, printable($0)] }
    }
    return ["\(printable(message.pattern.filled(with: names))): said by \(message.speaker.rawValue)"]
      + (shown.isEmpty ? [] : [""])
      + columns(shown, indent: 2)
  }
}
